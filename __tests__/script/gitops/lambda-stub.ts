import { createHash } from "node:crypto";
import { text } from "node:stream/consumers";
import { AwsError, type AwsRequest, type AwsResponse, type AwsService } from "../../../local/kernel/aws-service";

interface Code {
  readonly S3Bucket: string;
  readonly S3Key: string;
}

interface StubFunction {
  readonly configuration: Record<string, unknown>;
  readonly codeSha256: string;
}

export interface LambdaStub extends AwsService {
  /** Makes calls of an operation fail: `PUT code`, `POST`, `DELETE`, ... with AWS's code; undefined lifts it. */
  refuse(operation: string, code: string | undefined): void;
  /** What a function runs becomes something else, as if deployed by hand. */
  deployByHand(name: string, codeSha256: string): void;
}

/** As much of Lambda's control plane as Terraform needs to make a function, read it, change it and delete it. */
export function lambdaStub(readZip: (bucket: string, key: string) => Promise<Buffer>): LambdaStub {
  const functions = new Map<string, StubFunction>();
  const refused = new Map<string, string>();

  const codeSha256 = async ({ S3Bucket, S3Key }: Code): Promise<string> => {
    const zip = await readZip(S3Bucket, S3Key).catch(() => undefined);
    if (!zip) throw new AwsError("InvalidParameterValueException", "Error occurred while GetObject. NoSuchKey");
    return createHash("sha256").update(zip).digest("base64");
  };
  const found = (name: string): StubFunction => {
    const known = functions.get(name);
    if (!known) throw new AwsError("ResourceNotFoundException", `Function not found: ${name}`, 404);
    return known;
  };
  const shown = (name: string): Record<string, unknown> => {
    const { configuration, codeSha256: CodeSha256 } = found(name);
    return { ...configuration, CodeSha256, ...STEADY, FunctionArn: arn(name), Version: "$LATEST" };
  };

  const answer = async (operation: string, name: string, body: Record<string, unknown>): Promise<unknown> => {
    switch (operation) {
      case "POST": {
        const { Code: code, Tags: _tags, ...configuration } = body;
        const created = String(body.FunctionName);
        functions.set(created, { configuration, codeSha256: await codeSha256(code as Code) });
        return shown(created);
      }
      case "GET":
        return { Configuration: shown(name), Code: { RepositoryType: "S3" }, Tags: {} };
      case "GET configuration":
        return shown(name);
      case "GET versions":
        return { Versions: [shown(name)] };
      case "GET code-signing-config":
        return { FunctionName: name };
      case "PUT code":
        functions.set(name, { ...found(name), codeSha256: await codeSha256(body as unknown as Code) });
        return shown(name);
      case "PUT configuration":
        functions.set(name, { ...found(name), configuration: { ...found(name).configuration, ...body } });
        return shown(name);
      case "DELETE":
        functions.delete(name);
        return undefined;
      default:
        throw new AwsError("NotImplemented", `the stub does not know ${operation}`, 501);
    }
  };

  const handle = async (request: AwsRequest): Promise<AwsResponse> => {
    const [, name = "", about] = /\/functions(?:\/([^/]+))?(?:\/([^/]+))?\/?$/.exec(request.path) ?? [];
    const operation = about === undefined ? request.method : `${request.method} ${about}`;
    const sent = await text(request.body);
    const code = refused.get(operation);
    if (code) throw new AwsError(code, `${operation} of ${name} was refused`, 403);
    const result = await answer(operation, name, sent === "" ? {} : (JSON.parse(sent) as Record<string, unknown>));
    if (result === undefined) return { status: 204 };
    return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(result) };
  };

  return {
    name: "lambda",
    handle,
    refuse: (operation, code) => void (code ? refused.set(operation, code) : refused.delete(operation)),
    deployByHand: (name, sha256) => void functions.set(name, { ...found(name), codeSha256: sha256 }),
  };
}

const STEADY = { State: "Active", LastUpdateStatus: "Successful", PackageType: "Zip", RevisionId: "1" };

const arn = (name: string): string => `arn:aws:lambda:eu-west-1:111111111111:function:${name}`;
