import { attacks } from "./attacks";
import { entitlementInTheBrowser } from "./entitlement-in-the-browser";
import { theWholeWay } from "./the-whole-way";

describe("one title in topology mediapackage", () =>
  theWholeWay("mediapackage", ["hls", "dash", "cmaf"], entitlementInTheBrowser, attacks));
