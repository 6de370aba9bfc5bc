import { inCidr, isCidr } from "../../../local/edge/cidr";
import { countryOf, LOOPBACK_COUNTRIES, plainAddress } from "../../../local/edge/country";
import { globMatches } from "../../../local/edge/glob";
import { decodeUrlSafe } from "../../../local/edge/url-safe-base64";

test.each([
  ["*", "", true],
  ["a*c", "abbc/c", true],
  ["a*c", "abbcd", false],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["A", "a", false],
  ["a.c", "abc", false],
  ["http*://host/*?x=1", "https://host/a?x=1", true],
])("pattern %s on %s: %s", (pattern, value, expected) => {
  expect(globMatches(pattern, value)).toBe(expected);
});

test("a hostile pattern takes no time", () => {
  const started = performance.now();
  expect(globMatches("*a".repeat(50), "a".repeat(2_000) + "b")).toBe(false);
  expect(performance.now() - started).toBeLessThan(500);
});

test.each([
  ["10.1.2.3", "10.0.0.0/8", true],
  ["11.1.2.3", "10.0.0.0/8", false],
  ["10.1.2.3", "10.1.2.3", true],
  ["10.1.2.3", "0.0.0.0/0", true],
  ["255.255.255.255", "255.255.255.254/31", true],
  ["::1", "0.0.0.0/0", false],
])("%s in %s: %s", (address, range, expected) => {
  expect(inCidr(address, range)).toBe(expected);
});

test.each(["10.0.0.0/33", "10.0.0", "10.0.0.256/8", "10.0.0.0/8/8", "::1/128", ""])("%s is no range", (range) => {
  expect(isCidr(range)).toBe(false);
});

test("a client's country follows its loopback address, home where none is listed", () => {
  expect(countryOf("127.0.0.1", "NL")).toBe("NL");
  expect(countryOf("127.0.0.2", "NL")).toBe("US");
  expect(countryOf("127.0.0.200", "FR")).toBe("FR");
  expect(LOOPBACK_COUNTRIES).not.toHaveProperty(["127.0.0.1"]);
  expect([plainAddress("::ffff:127.0.0.3"), plainAddress(undefined)]).toEqual(["127.0.0.3", "127.0.0.1"]);
});

test("CloudFront's base64 alphabet is decoded, and nothing else", () => {
  expect(decodeUrlSafe("-_~_".slice(0, 1) + "~8_")?.toString("hex")).toBe(
    Buffer.from("+/8=", "base64").toString("hex"),
  );
  expect(decodeUrlSafe("a b")).toBeUndefined();
  expect(decodeUrlSafe("")).toBeUndefined();
});
