import { attacks } from "./attacks";
import { entitlementAtWork } from "./entitlement-at-work";
import { theWholeWay } from "./the-whole-way";

describe("one title in topology mediapackage", () =>
  theWholeWay("mediapackage", ["hls", "dash", "cmaf"], entitlementAtWork, attacks));
