import { createVerify, generateKeyPairSync } from "node:crypto";
import { signedAddress } from "../../../handlers/mint-download/signed-address";

const REQUEST = {
  cdnOrigin: "https://cdn.example.com",
  path: "/downloads/night-0123456789ab/20/night-0123456789ab.mp4",
  expiresAt: 2_000_000_000,
  keyId: "K1",
};
const decode = (text: string | null) =>
  Buffer.from((text ?? "").replace(/-/g, "+").replace(/_/g, "=").replace(/~/g, "/"), "base64");

test.each([
  ["RSA 2048", generateKeyPairSync("rsa", { modulusLength: 2048 })],
  ["ECDSA P-256", generateKeyPairSync("ec", { namedCurve: "prime256v1" })],
])("an address signed with %s opens exactly one file until a moment", (_, { publicKey, privateKey }) => {
  const address = signedAddress({ ...REQUEST, privateKey });
  const url = new URL(address, REQUEST.cdnOrigin);
  expect(address.startsWith(`${REQUEST.path}?`)).toBe(true);
  expect([url.searchParams.get("Key-Pair-Id"), url.searchParams.get("Hash-Algorithm")]).toEqual(["K1", "SHA256"]);
  const policy = decode(url.searchParams.get("Policy"));
  expect(JSON.parse(policy.toString())).toEqual({
    Statement: [
      {
        Resource: `${REQUEST.cdnOrigin}${REQUEST.path}`,
        Condition: { DateLessThan: { "AWS:EpochTime": 2_000_000_000 } },
      },
    ],
  });
  const signature = decode(url.searchParams.get("Signature"));
  expect(createVerify("sha256").update(policy).verify(publicKey, signature)).toBe(true);
});

test("an address may be bound to the viewer's own", () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const address = signedAddress({ ...REQUEST, viewerIpv4: "198.51.100.7", privateKey });
  const policy = decode(new URL(address, REQUEST.cdnOrigin).searchParams.get("Policy")).toString();
  expect(JSON.parse(policy)).toMatchObject({
    Statement: [{ Condition: { IpAddress: { "AWS:SourceIp": "198.51.100.7/32" } } }],
  });
});
