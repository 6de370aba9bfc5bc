import { blocks } from "../terraform/deployment";
import { number, text, type Values } from "./values";

/** A `custom_error_response` of the distribution. */
export interface ErrorResponse {
  readonly code: number;
  /** Seconds. */
  readonly cachingMinTtl: number;
  readonly pagePath?: string;
  readonly responseCode?: number;
}

export type ErrorResponses = ReadonlyMap<number, ErrorResponse>;

/** {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html} */
export const DEFAULT_ERROR_TTL_SECONDS = 10;

export function readErrorResponses(distribution: Values): ErrorResponses {
  const read = blocks(distribution, "custom_error_response").map((values): [number, ErrorResponse] => {
    const code = number(values, "error_code") ?? 0;
    return [
      code,
      {
        code,
        cachingMinTtl: number(values, "error_caching_min_ttl") ?? DEFAULT_ERROR_TTL_SECONDS,
        pagePath: text(values, "response_page_path"),
        responseCode: number(values, "response_code"),
      },
    ];
  });
  return new Map(read);
}

export function errorMinTtl(responses: ErrorResponses, status: number): number {
  return responses.get(status)?.cachingMinTtl ?? DEFAULT_ERROR_TTL_SECONDS;
}
