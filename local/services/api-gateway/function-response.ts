import type { AwsResponse } from "../../kernel/aws-service";
import { isObject } from "../json-protocol";

/**
 * The HTTP answer in a function's result, by payload format 2.0: an object with `statusCode` is an answer, anything
 * else the body of a 200
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html). Undefined
 * for an answer that API Gateway would not take.
 */
export function functionResponse(payload: string): AwsResponse | undefined {
  const result: unknown = JSON.parse(payload);
  if (!isObject(result) || !("statusCode" in result)) return inferred(result);
  const { statusCode, headers = {}, cookies = [], body = "", isBase64Encoded = false } = result;
  const status = Number(statusCode);
  const isValid =
    Number.isInteger(status) && status >= 100 && status <= 599 && isObject(headers) && typeof body === "string";
  if (!isValid || !Array.isArray(cookies)) return undefined;
  return {
    status,
    headers: {
      "content-type": "text/plain;charset=UTF-8",
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
      ...(cookies.length > 0 && { "set-cookie": cookies.map(String) }),
    },
    body: isBase64Encoded === true ? Buffer.from(body, "base64") : body,
  };
}

function inferred(result: unknown): AwsResponse {
  const body = typeof result === "string" ? result : JSON.stringify(result);
  return { status: 200, headers: { "content-type": "application/json" }, body };
}
