import { theWholeWay } from "./the-whole-way";
import { uploadFromThePage } from "./uploads";

describe("one title in topology direct", () => theWholeWay("direct", ["hls", "dash"], uploadFromThePage));
