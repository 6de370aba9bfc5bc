import { randomCalls, randomSecrets } from "../attacks/random-calls";
import { gate, randomCookies, randomPaths, randomTokens } from "../attacks/random-requests";

const RUNS = 10_000;

test(`${RUNS} random cookies and signed URLs: none opens a title`, () => randomCookies(gate(), RUNS), 120_000);
test(`${RUNS} random paths without a cookie: none reaches the media origin`, () => randomPaths(gate(), RUNS), 120_000);
test(`${RUNS} random tokens: none is taken for a viewer's`, () => randomTokens(RUNS), 120_000);
test(`${RUNS} random calls of the API's handlers: none is admitted, none fails`, () => randomCalls(RUNS), 120_000);
test(`${RUNS} random secrets: none is taken for the edge's`, () => randomSecrets(RUNS), 120_000);
