import { numbersOf } from "../../../local/quality/numbers";
import { qualityOrigin } from "../../../local/quality/quality";
import { qualityPage } from "../../../local/quality/page";
import { awsRequest } from "../services/test-kit";
import { HEARD } from "./beacons";

/** The cells of the row that starts with a name. */
function row(html: string, name: string): string[] {
  const [, cells = ""] = new RegExp(`<tr>(<td>${name}</td>.*?)</tr>`).exec(html) ?? [];
  return [...cells.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell = ""]) => cell);
}

test("the page shows titles, countries, devices, start-up, rebuffering, errors and playbacks", () => {
  const html = qualityPage(numbersOf(HEARD));
  expect(row(html, "first-light-0123456789ab")).toEqual(["first-light-0123456789ab", "3", "1.8 min"]);
  expect(row(html, "tv")).toEqual(["tv", "2", "20.0 s"]);
  expect(row(html, "hls")).toEqual(["hls", "2", "1.00 s", "2.00 s", "2.00 s"]);
  expect(row(html, "240p")).toEqual(["240p", "25.00 %", "1", "30.0 s"]);
  expect(row(html, "NETWORK")).toEqual(["NETWORK", "1", "1"]);
  expect(html).toContain("<td>DASH, dash.js</td><td>DE, tv</td><td>3.00 s</td><td>10.0 s</td><td>none</td><td>0</td><td>720p</td><td>NETWORK, failed</td>"); // prettier-ignore
  expect(html).toContain("<dt>Rebuffering</dt><dd>9.09 %</dd>");
});

test("without a beacon it says so", () => {
  expect(qualityPage(numbersOf([])).match(/Nothing yet\./g)).toHaveLength(8);
});

test("what a player sent is text, whatever it looks like", () => {
  const html = qualityPage(numbersOf([{ event: "error", code: '<script>"&', session_id: "s" }]));
  expect(html).toContain("<td>&lt;script&gt;&quot;&amp;</td>");
  expect(html).not.toContain("<script");
});

test("it is for whoever sits at the machine, and runs no script", async () => {
  const origin = qualityOrigin(() => Promise.resolve(HEARD));
  expect(["127.0.0.1", "localhost", "evil.example"].map((host) => origin.matches(host, "/quality"))).toEqual([true, true, false]); // prettier-ignore
  expect(origin.matches("127.0.0.1", "/quality/x")).toBe(false);
  expect(await origin.handle(awsRequest({ method: "GET", path: "/quality" }))).toMatchObject({
    status: 200,
    headers: {
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      "cache-control": "no-store",
    },
    body: expect.stringContaining("What viewers experience"),
  });
  expect(await origin.handle(awsRequest({ method: "POST", path: "/quality" }))).toEqual({
    status: 405,
    headers: { allow: "GET" },
  });
});
