import type { Resources } from "../stack-resources";
import type { Edge, Node } from "./graph";
import { grants, type Grant, named, referred, trusted } from "./read-stack";
import type { Part } from "./stages";

const SERVICES = {
  mediaconvert: { label: ["MediaConvert", "the ladder"], frame: "transcode", does: /^mediaconvert:CreateJob$/ },
  mediapackage: {
    label: ["MediaPackage VOD", "just in time"],
    frame: "package",
    does: /^mediapackage-vod:CreateAsset$/,
  },
} as const;
type Service = keyof typeof SERVICES;

/** MediaConvert and MediaPackage: who gives them work, and what their roles let them read and write. */
export function mediaServices(resources: Resources): Part {
  const granted = grants(resources);
  const present = (Object.keys(SERVICES) as Service[]).filter((service) =>
    granted.some(({ action }) => SERVICES[service].does.test(action)),
  );
  return {
    nodes: present.map((id): Node => ({ id, label: SERVICES[id].label, kind: "service", frame: SERVICES[id].frame })),
    edges: present.flatMap((service) => [
      ...granted.filter(({ action }) => SERVICES[service].does.test(action)).map((grant) => work(service, grant)),
      ...named(resources, "aws_iam_role")
        .filter((role) => trusted(resources, role) === service)
        .flatMap((role) => granted.filter((grant) => grant.role === role).flatMap((grant) => carried(service, grant))),
    ]),
  };
}

function work(service: Service, { role, action }: Grant): Edge {
  return { from: `function_${role}`, to: service, label: action.split(":")[1] };
}

/** Objects that a role reads or writes; what lies below which prefix is the arrow's word. */
function carried(service: Service, { action, resource }: Grant): Edge[] {
  const bucket = referred(resource);
  if (bucket?.type !== "aws_s3_bucket") return [];
  const prefix = /\}\/([^/*]+)/.exec(resource)?.[1];
  const id = `bucket_${bucket.name}`;
  if (action === "s3:GetObject") return [{ from: id, to: service }];
  return action === "s3:PutObject" ? [{ from: service, to: id, label: prefix }] : [];
}
