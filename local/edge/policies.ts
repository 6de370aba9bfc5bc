import { block } from "../terraform/deployment";
import { readSelection, type Selection } from "./selection";
import { flag, number, type Values } from "./values";

/** `aws_cloudfront_cache_policy`. Times in seconds. */
export interface CachePolicy {
  readonly minTtl: number;
  readonly defaultTtl: number;
  readonly maxTtl: number;
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly queryStrings: Selection;
  readonly gzip: boolean;
  readonly brotli: boolean;
}

/** `aws_cloudfront_origin_request_policy`. */
export interface OriginRequestPolicy {
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly queryStrings: Selection;
}

/** Defaults as the provider's: a day, and a year. */
export function readCachePolicy(values: Values): CachePolicy {
  const parameters = block(values, "parameters_in_cache_key_and_forwarded_to_origin");
  return {
    minTtl: number(values, "min_ttl") ?? 0,
    defaultTtl: number(values, "default_ttl") ?? 86_400,
    maxTtl: number(values, "max_ttl") ?? 31_536_000,
    headers: readSelection(parameters, "header"),
    cookies: readSelection(parameters, "cookie"),
    queryStrings: readSelection(parameters, "query_string"),
    gzip: flag(parameters, "enable_accept_encoding_gzip"),
    brotli: flag(parameters, "enable_accept_encoding_brotli"),
  };
}

export function readOriginRequestPolicy(values: Values): OriginRequestPolicy {
  return {
    headers: readSelection(values, "header"),
    cookies: readSelection(values, "cookie"),
    queryStrings: readSelection(values, "query_string"),
  };
}
