import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { Construct } from "constructs";
import type { CheckPlaybackEnv } from "../../handlers/check-playback/contract";
import { EventRoute } from "../shared/event-route";
import { type FunctionContext, HandlerFunction } from "../shared/handler-function";
import { allow } from "../shared/policy";
import type { StorageKey } from "../shared/storage-key";

export interface CheckProps {
  readonly context: FunctionContext;
  readonly secretsKey: StorageKey;
  /** `https://<host>` as viewers see it. */
  readonly cdnOrigin: string;
  /** Client of the user pool that takes the check's password. */
  readonly clientId: string;
}

/** Watches each minute as the platform's own viewer, whose name and password an operator puts into the secret. */
export class Check extends Construct {
  constructor(scope: Construct, id: string, { context, secretsKey, cdnOrigin, clientId }: CheckProps) {
    super(scope, id);
    const { environment } = context;
    const secret = new SecretsmanagerSecret(this, "check_viewer", {
      name: `vod/${environment.name}/check/viewer`,
      description: "The check's viewer; its value is set by an operator",
      kmsKeyId: secretsKey.arn,
    });
    const handler = new HandlerFunction<CheckPlaybackEnv>(this, "check-playback", {
      context,
      invokedBy: "events",
      timeoutSeconds: 50,
      variables: { CDN_ORIGIN: cdnOrigin, CLIENT_ID: clientId, VIEWER_SECRET_ARN: secret.arn },
      statements: [
        allow(["secretsmanager:GetSecretValue"], [secret.arn]),
        secretsKey.through("secretsmanager", "Decrypt"),
      ],
    });
    new EventRoute(this, "playback_checked", {
      environment,
      description: "Watch as the platform's own viewer",
      on: { schedule: "rate(1 minute)" },
      to: handler,
    });
  }
}
