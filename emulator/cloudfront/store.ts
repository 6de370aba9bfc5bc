import type { XmlElement } from "../../local/services/s3/xml";
import { AwsError } from "../../local/kernel/aws-service";
import { cloudFrontId } from "../identifiers";

/** One thing that CloudFront keeps, its configuration as it was sent. */
export interface Entity {
  readonly id: string;
  /** `cache-policy`, `distribution`, ... */
  readonly kind: string;
  config: XmlElement;
  etag: string;
  modified: Date;
}

/** All that CloudFront keeps of one account, whatever the kind: what is in use is known here alone. */
export class CloudFrontStore {
  private readonly entities = new Map<string, Entity>();

  add(kind: string, id: string, config: XmlElement): Entity {
    const entity = { id, kind, config, etag: cloudFrontId("E"), modified: new Date() };
    this.entities.set(key(kind, id), entity);
    return entity;
  }

  find(kind: string, id: string): Entity | undefined {
    return this.entities.get(key(kind, id));
  }

  /** @throws {AwsError} with the kind's own code when there is none. */
  get(kind: string, id: string, missing: string): Entity {
    const found = this.find(kind, id);
    if (found) return found;
    throw new AwsError(missing, `The specified ${kind} does not exist: ${id}`, 404);
  }

  all(kind: string): Entity[] {
    return [...this.entities.values()].filter((entity) => entity.kind === kind);
  }

  replace(entity: Entity, config: XmlElement): void {
    entity.config = config;
    entity.etag = cloudFrontId("E");
    entity.modified = new Date();
  }

  remove({ kind, id }: Entity): void {
    this.entities.delete(key(kind, id));
  }

  /** `<kind>/<id>` of everything there is. */
  names(): string[] {
    return [...this.entities.keys()].sort();
  }
}

/** Whoever changes or deletes must name the state it has seen. */
export function requireMatch(entity: Entity, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === "") {
    throw new AwsError("InvalidIfMatchVersion", "The If-Match version is missing or not valid for the resource.", 400);
  }
  if (ifMatch !== entity.etag) {
    throw new AwsError(
      "PreconditionFailed",
      "The precondition in one or more of the request fields evaluated to false.",
      412,
    );
  }
}

const key = (kind: string, id: string): string => `${kind}/${id}`;
