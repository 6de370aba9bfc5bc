/** Value of a metric in one period; undefined where it has none. */
export type Lookup = (id: string) => number | undefined;

type Node = (lookup: Lookup) => number | undefined;
type Operator = (left: number, right: number) => number;

/** From the loosest to the tightest. */
const LEVELS: readonly Readonly<Record<string, Operator>>[] = [
  {
    ">=": (left, right) => Number(left >= right),
    "<=": (left, right) => Number(left <= right),
    "==": (left, right) => Number(left === right),
    "!=": (left, right) => Number(left !== right),
    ">": (left, right) => Number(left > right),
    "<": (left, right) => Number(left < right),
  },
  { "+": (left, right) => left + right, "-": (left, right) => left - right },
  { "*": (left, right) => left * right, "/": (left, right) => left / right },
];

const TOKEN = /\s*(>=|<=|==|!=|[()+\-*/<>,]|\d+(?:\.\d+)?|[A-Za-z]\w*)/y;

/**
 * The part of CloudWatch's metric math that alarms of this stack use: arithmetic, comparisons, `IF` and `FILL`
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html). What a missing value takes
 * part in is missing, save where `FILL` gives one. Throws for what it does not know.
 */
export function compileMath(expression: string): Node {
  const tokens = tokenize(expression);
  let position = 0;
  const next = (): string => tokens[position] ?? "";
  const fail = (): never => {
    throw new Error(`metric math ${JSON.stringify(expression)}: ${JSON.stringify(next())} was not expected here`);
  };
  const take = (token: string): void => {
    if (next() !== token) fail();
    position += 1;
  };

  function level(depth: number): Node {
    const operators = LEVELS[depth];
    if (!operators) return atom();
    let left = level(depth + 1);
    for (let apply = operators[next()]; apply; apply = operators[next()]) {
      position += 1;
      left = both(apply, left, level(depth + 1));
    }
    return left;
  }

  function atom(): Node {
    const token = next();
    position += 1;
    if (token === "(") {
      const inner = level(0);
      take(")");
      return inner;
    }
    if (/^\d/.test(token)) return () => Number(token);
    if (token === "IF" || token === "FILL") return call(token);
    if (!/^[a-z]\w*$/.test(token)) {
      position -= 1;
      return fail();
    }
    return (lookup) => lookup(token);
  }

  function call(name: "IF" | "FILL"): Node {
    take("(");
    const parts = [level(0)];
    while (next() === ",") {
      position += 1;
      parts.push(level(0));
    }
    take(")");
    const [first, second, third] = parts;
    if (name === "FILL" && first && second) return (lookup) => first(lookup) ?? second(lookup);
    if (name === "IF" && first && second && third) return choice(first, second, third);
    return fail();
  }

  const result = level(0);
  return position === tokens.length ? result : fail();
}

function both(apply: Operator, left: Node, right: Node): Node {
  return (lookup) => {
    const [one, other] = [left(lookup), right(lookup)];
    return one === undefined || other === undefined ? undefined : apply(one, other);
  };
}

function choice(condition: Node, yes: Node, no: Node): Node {
  return (lookup) => {
    const met = condition(lookup);
    if (met === undefined) return undefined;
    return met === 0 ? no(lookup) : yes(lookup);
  };
}

function tokenize(expression: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = expression.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const token = TOKEN.exec(expression)?.[1];
    if (token === undefined)
      throw new Error(`metric math ${JSON.stringify(expression)}: cannot be read from ${from} on`);
    tokens.push(token);
  }
  return tokens;
}
