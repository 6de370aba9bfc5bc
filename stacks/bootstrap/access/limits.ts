import type { Environment } from "../../../environments/environment";
import { stateKey } from "../../shared/platform-stack";
import type { Statement } from "../../shared/policy";
import { bucketName } from "../../shared/private-bucket";
import { keyAliasArn } from "../../shared/storage-key";
import { boundaryArn } from "../boundary";
import { DEPLOYERS, deployerArn } from "../deployer-role";

/** What no deployer may do, whatever it is allowed: read media, private keys and viewers. */
export function neverRead(environment: Environment): Statement[] {
  const { name, account, region } = environment;
  const objects = (bucket: string): string => `arn:aws:s3:::${bucketName(environment, bucket)}/*`;
  return [
    deny("NoMedia", ["s3:GetObject", "s3:GetObjectVersion"], [objects("source"), objects("packaged")]),
    deny(
      "NoSigningKeys",
      ["secretsmanager:GetSecretValue"],
      [`arn:aws:secretsmanager:${region}:${account}:secret:vod/${name}/*`],
    ),
    deny(
      "NoTitlesAndViewers",
      ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PartiQLSelect", "dynamodb:Query", "dynamodb:Scan"],
      [`arn:aws:dynamodb:${region}:${account}:table/vod-*`],
    ),
  ];
}

/** What apply may not do, so that it stays what the bootstrap made it. */
export function neverChange(environment: Environment, stateKeyArn: string): Statement[] {
  const { name, account } = environment;
  const stores = ["state", "artifacts"].map((bucket) => `arn:aws:s3:::${bucketName(environment, bucket)}`);
  const ownState = `${stores[0]}/${stateKey(environment, `vod-bootstrap-${name}`)}*`;
  return [
    deny(
      "NotTheDeployers",
      ["iam:*"],
      [
        ...DEPLOYERS.map((deployer) => deployerArn(environment, deployer)),
        boundaryArn(environment),
        `arn:aws:iam::${account}:policy/vod-*`,
        `arn:aws:iam::${account}:oidc-provider/*`,
      ],
    ),
    deny("NotTheBoundary", ["iam:DeleteRolePermissionsBoundary"], ["*"]),
    deny(
      "NotTheStores",
      [
        ...["s3:DeleteBucket*", "s3:PutBucket*", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration"],
        ...["s3:PutReplicationConfiguration", "s3:DeleteObjectVersion"],
      ],
      [...stores, ...stores.map((store) => `${store}/*`)],
    ),
    deny("NotTheBootstrapsState", ["s3:GetObject*", "s3:PutObject*", "s3:DeleteObject*"], [ownState]),
    deny(
      "NotTheStatesKey",
      [
        ...["kms:CreateAlias", "kms:CreateGrant", "kms:DeleteAlias", "kms:DisableKey", "kms:DisableKeyRotation"],
        ...["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias"],
      ],
      [stateKeyArn, keyAliasArn(environment, "state")],
    ),
  ];
}

function deny(sid: string, actions: readonly string[], resources: readonly string[]): Statement {
  return { Sid: sid, Effect: "Deny", Action: actions, Resource: resources };
}
