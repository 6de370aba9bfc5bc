import type { Environment } from "../../../environments/environment";
import { stateKey } from "../../shared/platform-stack";
import { allow, type Statement } from "../../shared/policy";
import { bucketName } from "../../shared/private-bucket";

/** The two buckets of the bootstrap, as the flow of `script/gitops` uses them. */
export interface Stores {
  readonly environment: Environment;
  /** ARN of the key of the state bucket. */
  readonly stateKeyArn: string;
}

/** Reads the state without a lock, looks up reviews, and puts a plan where apply finds it. It cannot read that back. */
export function planStores(stores: Stores): Statement[] {
  const { states, artifacts, state, savedPlans, reviews } = places(stores.environment);
  return [
    allow(["s3:ListBucket"], [states, artifacts]),
    allow(["s3:GetObject"], [state, reviews]),
    allow(["s3:PutObject"], [savedPlans]),
    useKey(stores),
  ];
}

/** Adds to the artifacts; reads back what it may have to compare with. */
export function uploadStores({ environment }: Stores): Statement[] {
  const { zips, pages, reviews } = places(environment);
  return [allow(["s3:PutObject"], [zips, pages, reviews]), allow(["s3:GetObject"], [zips, pages])];
}

/** Writes the state under its lock, fetches the approved plan, keeps the record. */
export function applyStores(stores: Stores): Statement[] {
  const { states, artifacts, state, lock, savedPlans, records, reviews } = places(stores.environment);
  return [
    allow(["s3:ListBucket"], [states, artifacts]),
    allow(["s3:GetObject", "s3:PutObject"], [state, lock, savedPlans, records]),
    allow(["s3:DeleteObject"], [lock]),
    allow(["s3:GetObject"], [reviews]),
    useKey(stores),
  ];
}

function useKey({ environment, stateKeyArn }: Stores): Statement {
  return allow(["kms:Decrypt", "kms:GenerateDataKey"], [stateKeyArn], {
    StringEquals: { "kms:ViaService": `s3.${environment.region}.amazonaws.com` },
  });
}

function places(environment: Environment) {
  const { name } = environment;
  const states = `arn:aws:s3:::${bucketName(environment, "state")}`;
  const artifacts = `arn:aws:s3:::${bucketName(environment, "artifacts")}`;
  const state = `${states}/${stateKey(environment, `vod-${name}`)}`;
  return {
    states,
    artifacts,
    state,
    lock: `${state}.tflock`,
    savedPlans: `${states}/plans/${name}/*`,
    records: `${states}/records/${name}/*`,
    zips: `${artifacts}/lambda/*`,
    pages: `${artifacts}/player/*`,
    reviews: `${artifacts}/plans/${name}/*`,
  };
}
