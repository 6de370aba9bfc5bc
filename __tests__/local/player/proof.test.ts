import { webcrypto } from "node:crypto";
import { challengeOf, createProof } from "../../../local/player/proof";

const crypto = webcrypto as unknown as Crypto;

test("a challenge is the verifier's SHA-256, as in RFC 7636, appendix B", async () => {
  await expect(challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", crypto)).resolves.toBe(
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  );
});

test("a proof is new each time, and every part of it is another 256 bits", () => {
  const parts = [createProof(crypto), createProof(crypto)].flatMap(({ state, nonce, verifier }) => [
    state,
    nonce,
    verifier,
  ]);
  expect(new Set(parts).size).toBe(6);
  for (const part of parts) expect(part).toMatch(/^[\w-]{43}$/);
});
