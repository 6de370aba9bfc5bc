import type { Rule, Statement } from "@aws-sdk/client-wafv2";
import type { Title } from "../../handlers/shared/title";

/** https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
const LONGEST_EXPRESSION = 512;
/** What a prefix is made of; an expression made of anything else could block other titles. */
const PREFIX = /^[A-Za-z0-9_-]+$/;

/** Everything of a title at the edge, without its priority: no version of it, no poster, no download is served. */
export function takedownRule(title: Title): Omit<Rule, "Priority"> {
  const statements = expressionsOf(title).map((expression): Statement => ({
    RegexMatchStatement: {
      RegexString: expression,
      FieldToMatch: { UriPath: {} },
      // As the edge routes, so that no spelling of the path gets by.
      TextTransformations: [
        { Priority: 0, Type: "URL_DECODE" },
        { Priority: 1, Type: "NORMALIZE_PATH" },
      ],
    },
  }));
  return {
    Name: title.assetId,
    Statement: statements.length === 1 ? statements[0] : { OrStatement: { Statements: statements } },
    Action: { Block: {} },
    VisibilityConfig: {
      SampledRequestsEnabled: false,
      CloudWatchMetricsEnabled: true,
      MetricName: `vod-takedown-${title.assetId}`,
    },
  };
}

/** What the edge is to forget of a title. */
export function takedownPaths(title: Title): string[] {
  const { assetId } = title;
  return [...prefixesOf(title).map((prefix) => `/v1/${prefix}/*`), `/posters/${assetId}/*`, `/downloads/${assetId}*`];
}

function expressionsOf(title: Title): string[] {
  const rest = `(?:posters|downloads)/${title.assetId}[/.-]`;
  const written = (prefixes: readonly string[]): string =>
    prefixes.length === 0 ? `^/${rest}` : `^/(?:v1/(?:${prefixes.join("|")})/|${rest})`;
  const groups: string[][] = [[]];
  for (const prefix of prefixesOf(title)) {
    const last = groups.at(-1) ?? [];
    if (written([...last, prefix]).length <= LONGEST_EXPRESSION) last.push(prefix);
    else groups.push([prefix]);
  }
  return groups.map(written);
}

/** Of every version, not only of the one that plays: a cookie for an older one may be good still. */
function prefixesOf({ assetId, versions }: Title): string[] {
  const prefixes = Object.values(versions).flatMap(({ playback }) => (playback ? [playback.prefix] : []));
  const wrong = prefixes.find((prefix) => !PREFIX.test(prefix));
  if (wrong !== undefined) {
    throw new Error(
      `title ${assetId}: the prefix ${JSON.stringify(wrong)} must be letters, digits, _ and - only; block it in the firewall by hand`,
    );
  }
  return [...new Set(prefixes)].sort();
}
