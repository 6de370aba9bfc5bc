import { randomCalls, randomSecrets } from "./random-calls";
import { gate, randomCookies, randomPaths, randomTokens } from "./random-requests";

/** `npm run prove -- random` makes ten times as many. */
const RUNS = 1_000;

test("no random cookie or signed URL opens a title, nor breaks the gate", () => randomCookies(gate(), RUNS), 20_000);
test("no random path leads a request without a cookie to the media origin", () => randomPaths(gate(), RUNS), 20_000);
test("no random token is taken for a viewer's", () => randomTokens(RUNS), 20_000);
test("no random call makes a handler admit or fail", () => randomCalls(RUNS), 20_000);
test("no random secret is taken for the edge's", () => randomSecrets(RUNS), 20_000);
