import { DEFAULTS } from "../assumptions";
import type { Bill } from "../bill";
import type { Facts } from "../facts";
import { money } from "../figures";
import { dollarsFor, priceList } from "../prices";
import { sum } from "../usage";
import { EXAMPLE, exampleBill, PAID_HOURS, SAID_HOURS } from "./example";

const FIREWALL = ["waf.acl", "waf.rule", "waf.ruleGroup"];

const whole = (amount: number): string => Math.round(amount).toLocaleString("en-US");

/** Why each line differs from the example's, with the figures that the bills give. */
export function differences(facts: Facts): string {
  const [paid, said] = [exampleBill(facts, PAID_HOURS), exampleBill(facts, SAID_HOURS)];
  const price = (key: string) => priceList(facts.region).price(key);
  const { dollars, viewers, titles } = EXAMPLE;
  const quantity = (bill: Bill, key: string) => sum(linesAt(bill, key).map((line) => line.quantity));
  const cost = (bill: Bill, key: string) => sum(linesAt(bill, key).map((line) => line.dollars));
  const perTitle = DEFAULTS.titleMinutes;
  const newTitles = Math.ceil(titles * DEFAULTS.newTitlesShare);
  const mezzanines = quantity(paid, "s3.coldMasters");
  const packaged = quantity(paid, "s3.intelligent");
  const packagedGb = quantity(paid, "mediapackage.vod");
  return [
    `- **CloudFront, bytes.** The example's ${whole(dollars.egress)} buy ${whole(quantity(paid, "cloudfront.egress"))} GB at list prices: ${PAID_HOURS} hours (${Math.round(PAID_HOURS * 60)} minutes) a subscriber. It also says that a few thousand watch most of the day: ${whole(EXAMPLE.watching)} round the clock are ${SAID_HOURS} hours a subscriber and ${whole(quantity(said, "cloudfront.egress"))} GB. Both cannot be; above about 10 TB a month prices are negotiated, and nothing in this repository knows what you agree on. Bitrates are the ladder's caps, so the bytes are an upper bound.`,
    `- **CloudFront, requests.** Not named in the example. Segments of ${facts.segmentSeconds} seconds are ${whole(3600 / facts.segmentSeconds)} requests an hour; ${whole(quantity(said, "waf.request"))} requests a month cost ${whole(cost(said, "cloudfront.https"))} here and ${whole(cost(said, "waf.request"))} at the firewall. Segments twice as long halve both.`,
    `- **MediaPackage.** ${whole(dollars.mediapackage)} would be ${whole(dollars.mediapackage / (price("mediapackage.vod").tiers[0]?.usd ?? 1))} GB, a third of the bytes above, while the example reports that 97 % come from the cache. With that ratio at best, and ${whole(quantity(paid, "cloudfront.egress"))} GB spread evenly over ${whole(titles)} titles, ${whole(packagedGb)} GB are packaged. A popular title does better, a long tail worse.`,
    `- **MediaConvert.** ${newTitles} new titles of ${perTitle} minutes a month are ${whole(sum(mediaConvert(paid)))} on demand; one reserved slot is ${whole(dollarsFor(price("mediaconvert.slot"), 1))} whether it works or not, and the two together are about the example's ${whole(dollars.mediaconvert)}. This environment's queue is ${facts.queue.plan === "RESERVED" ? "reserved" : "on demand"}. Preparing all ${whole(titles)} titles once costs ${whole(paid.catalogueOnce)}, which the example leaves out.`,
    `- **S3.** Masters of ${DEFAULTS.mezzanineMegabits} Mbit/s are ${whole(mezzanines)} GB in the cold class for ${whole(cost(paid, "s3.coldMasters"))}, and the ladders ${whole(packaged)} GB for ${whole(cost(paid, "s3.intelligent"))}, all counted at the price of what is watched often; Intelligent-Tiering asks less for what is not. Watching over ${whole(quantity(paid, "s3.monitoring"))} segments costs ${whole(cost(paid, "s3.monitoring"))}. The example's ${whole(dollars.s3)} would need smaller masters, and a catalogue of which most is seldom watched.`,
    `- **Entitlement.** The example's ${whole(dollars.entitlement)} are more than enough for ${PAID_HOURS} hours; a player asks for a cookie each ${facts.refreshSeconds} seconds${facts.beacons ? ` and reports each ${facts.beacons.everySeconds}` : ""}, so at ${SAID_HOURS} hours there are ${whole(quantity(said, "api.request"))} calls. Of the idle ${money(paid.idle)}, ${money(sum(FIREWALL.map((key) => cost(paid, key))))} are the firewall and its rules.`,
    `- **Cognito.** Not named. ${whole(viewers)} people who sign in cost ${whole(cost(paid, `cognito.${facts.userPool ?? "essentials"}`))} before the free 10,000. An identity provider of your own (\`entitle.issuer\`) takes it away; so would the pool's Lite tier, in part.`,
    `- **Keys, logs, alarms, events, beacons.** Not named, and small: logs and beacons grow with what is watched.`,
  ].join("\n");
}

const linesAt = ({ lines }: Bill, key: string) => lines.filter(({ price }) => price === key);
const mediaConvert = ({ lines }: Bill) =>
  lines.filter(({ service }) => service === "MediaConvert").map(({ dollars }) => dollars);
