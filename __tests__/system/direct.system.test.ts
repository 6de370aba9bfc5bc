import { theWholeWay } from "./the-whole-way";

describe("one title in topology direct", () => theWholeWay("direct", ["hls", "dash"]));
