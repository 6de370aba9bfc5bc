import type { AwsRequest, AwsService } from "../../local/kernel/aws-service";
import { bodyText } from "../../emulator/body-text";
import { call } from "./calls";

/** A stand-in for a service of moto: what is passed on to it, as text, and an empty document for an answer. */
export function passedOn(name: string): { readonly moto: AwsService; readonly passed: string[] } {
  const passed: string[] = [];
  const handle = async (request: AwsRequest) => {
    passed.push(await bodyText(request));
    return { status: 200, body: "{}" };
  };
  return { passed, moto: { name, handle } };
}

/** An operation of a JSON protocol. @returns the answer's document */
export async function operation(service: AwsService, name: string, given: object = {}): Promise<unknown> {
  const headers = { "x-amz-target": `Service_20200101.${name}` };
  const { body } = await call(service, "POST /", { body: JSON.stringify(given), headers });
  return JSON.parse(body);
}
