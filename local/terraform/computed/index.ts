import type { Value } from "../expression";
import { compute } from "./compute";
import { deliver } from "./deliver";
import { entitle } from "./entitle";
import type { Attributes, Instance } from "./instance";
import { media } from "./media";
import { operate } from "./operate";
import { storage } from "./storage";

const BY_TYPE: Readonly<Record<string, Attributes>> = {
  ...storage,
  ...compute,
  ...media,
  ...entitle,
  ...deliver,
  ...operate,
};

/** All that is known of a type that the tables do not have. */
const UNKNOWN_TYPE: Attributes = { id: (it: Instance): Value => it.hex(20) };

/** The attributes that a resource of this type has beyond its arguments. */
export function computedAttributes(type: string): Attributes {
  return BY_TYPE[type] ?? UNKNOWN_TYPE;
}
