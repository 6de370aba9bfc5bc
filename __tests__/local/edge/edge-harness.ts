import { getSignedCookies } from "@aws-sdk/cloudfront-signer";
import { startEdge, type Edge } from "../../../local/edge/edge";
import type { UnsignedOriginRequest } from "../../../local/edge/origin-request";
import type { Principal } from "../../../local/kernel/aws-service";
import { deploymentOf, fakeOrigin, keyPair, NOW, type FakeOrigin, type Handler } from "./fixture";
import { edgeStack } from "./stack";

type Values = Record<string, unknown>;

const keys = { rsa: keyPair("rsa"), ec: keyPair("ec") };
const DISTRIBUTION = "aws_cloudfront_distribution.vod";

/** An origin that gives everyone the same answer. */
export const always =
  (status: number, headers: Record<string, string | string[]>, body = ""): Handler =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

/** A started edge before a fake origin, new for each test of the file that calls it, at a time that the test sets. */
export class EdgeHarness {
  edge!: Edge;
  origin!: FakeOrigin;
  now = NOW;
  signed: { principal: Principal; request: UnsignedOriginRequest }[] = [];

  async start(): Promise<void> {
    let ids = 0;
    this.now = NOW;
    this.signed = [];
    this.origin = await fakeOrigin();
    this.edge = await startEdge({
      port: 0,
      clock: () => this.now,
      gatewayAddress: this.origin.address,
      newRequestId: () => `id-${++ids}`,
      signOriginRequest: (principal, request) => {
        this.signed.push({ principal, request });
        return { authorization: "AWS4-HMAC-SHA256 Credential=test" };
      },
    });
    this.edge.configure(deploymentOf(this.stack()));
  }

  async stop(): Promise<void> {
    await this.edge.stop();
    await this.origin.stop();
  }

  stack(): Record<string, Values> {
    return edgeStack(keys);
  }

  /** The distribution's arguments before any change. */
  original(): Values {
    return this.stack()[DISTRIBUTION] ?? {};
  }

  /** Runs the same stack with some arguments of the distribution, and some resources, replaced. */
  reconfigure(values: Values, resources: Record<string, Values> = {}): void {
    const distribution = { ...this.original(), ...values };
    this.edge.configure(deploymentOf({ ...this.stack(), ...resources, [DISTRIBUTION]: distribution }));
  }

  /** A `Cookie` header with a policy for a resource, good for five minutes. */
  cookie(resource = "https://127.0.0.1:8443/v1/title/*"): string {
    const condition = { DateLessThan: { "AWS:EpochTime": NOW / 1000 + 300 } };
    const values = getSignedCookies({
      policy: JSON.stringify({ Statement: [{ Resource: resource, Condition: condition }] }),
      keyPairId: "KEC",
      privateKey: keys.ec.privatePem,
      algorithm: "SHA256",
    });
    return Object.entries(values)
      .map(([name, value]) => `${name}=${value}`)
      .join("; ");
  }
}

export function useEdge(): EdgeHarness {
  const harness = new EdgeHarness();
  beforeEach(() => harness.start());
  afterEach(() => harness.stop());
  return harness;
}
