import type { Resources } from "../stack-resources";
import type { Edge, Node } from "./graph";
import { grants, named, referred, spoken, stageOf } from "./read-stack";
import type { Part } from "./stages";

/** The HTTP API, the functions behind it in one box a stage, and the tables that they ask. */
export function apiParts(resources: Resources): Part {
  const routes = named(resources, "aws_apigatewayv2_route").map((route) => ({
    path: String(resources.aws_apigatewayv2_route?.[route]?.route_key).split(" ")[1] ?? "",
    handler: behind(resources, route),
  }));
  const functions = [...new Set(routes.map(({ handler }) => handler))].sort();
  const of = (stage: "ingest" | "entitle") =>
    functions.filter((name) => stageOf(resources, "aws_lambda_function", name) === stage);
  const [uploads, calls] = [of("ingest"), of("entitle")];
  const paths = routes
    .filter(({ handler }) => uploads.includes(handler))
    .map(({ path }) => path.replace(/\/\{.*$/, ""));
  return {
    nodes: [
      box("calls_ingest", uploads, "ingest"),
      box("calls_entitle", calls, "entitle"),
      { id: "api", label: ["HTTP API"], kind: "service", frame: "entitle" },
      ...named(resources, "aws_dynamodb_table").map((name): Node => ({
        id: `table_${name}`,
        label: [spoken(name)],
        kind: "store",
        frame: "entitle",
      })),
    ],
    edges: [
      { from: "producer", to: "calls_ingest", label: [...new Set(paths)].join(", ") },
      { from: "calls_ingest", to: "bucket_source", label: "parts" },
      ...tablesOf(resources, calls).map((table): Edge => ({ from: table, to: "calls_entitle", line: "use" })),
      { from: "calls_entitle", to: "api" },
    ],
  };
}

function box(id: string, functions: readonly string[], frame: string): Node {
  return { id, label: functions.map(spoken), kind: "function", frame };
}

/** Name of the function that a route's integration calls. */
export function behind(resources: Resources, route: string): string {
  const integration = referredIntegration(resources.aws_apigatewayv2_route?.[route]?.target);
  const called = referred(resources.aws_apigatewayv2_integration?.[integration]?.integration_uri);
  if (called?.type !== "aws_lambda_function") throw new Error(`aws_apigatewayv2_route.${route} calls no function`);
  return called.name;
}

const referredIntegration = (target: unknown): string => referred(target)?.name ?? "";

function tablesOf(resources: Resources, functions: readonly string[]): string[] {
  const asked = grants(resources).filter(({ role }) => functions.includes(role));
  const tables = asked
    .map(({ resource }) => referred(resource))
    .filter((found) => found?.type === "aws_dynamodb_table");
  return [...new Set(tables.map((found) => `table_${found?.name}`))].sort();
}
