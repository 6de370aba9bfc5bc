import type { Scenario } from "./arguments";
import type { Assumptions } from "./assumptions";
import type { Facts } from "./facts";
import { chargesOf, type Line, type Stage, STAGES } from "./line";
import { deliverLines } from "./lines/deliver";
import { entitleLines } from "./lines/entitle";
import { ingestLines } from "./lines/ingest";
import { operateLines } from "./lines/operate";
import { packageLines } from "./lines/package";
import { transcodeLines } from "./lines/transcode";
import type { PriceList } from "./prices";
import { sum, usageOf } from "./usage";

export interface Bill {
  /** By stage; what costs nothing and counts nothing is left out. */
  readonly lines: readonly Line[];
  readonly stages: Readonly<Record<Stage, number>>;
  /** Dollars of the month. */
  readonly total: number;
  /** The part of the total that is paid when nothing is stored and nobody watches. */
  readonly idle: number;
  /** Dollars to prepare the whole catalogue once, which is no part of the total. */
  readonly catalogueOnce: number;
}

interface Billed {
  readonly facts: Facts;
  readonly scenario: Scenario;
  readonly assumptions: Assumptions;
  readonly prices: PriceList;
}

const NOTHING: Scenario = { titles: 0, hours: 0, viewers: 0 };

/** A month at list prices, free allowances not deducted. */
export function billOf(billed: Billed): Bill {
  const lines = linesOf(billed);
  const total = (of: readonly Line[]) => sum(of.map(({ dollars }) => dollars));
  const byStage = STAGES.map((stage) => [stage, total(lines.filter((line) => line.stage === stage))]);
  return {
    lines: lines.filter(({ quantity }) => quantity > 0),
    stages: Object.fromEntries(byStage) as Bill["stages"],
    total: total(lines),
    idle: total(linesOf({ ...billed, scenario: NOTHING })),
    catalogueOnce: total(preparation(billed)),
  };
}

function linesOf({ facts, scenario, assumptions, prices }: Billed): Line[] {
  const usage = usageOf(facts, scenario, assumptions);
  const charge = (stage: Stage) => chargesOf(stage, prices);
  return [
    ...ingestLines(charge("ingest"), usage),
    ...transcodeLines(charge("transcode"), facts, usage),
    ...packageLines(charge("package"), facts, usage),
    ...deliverLines(charge("deliver"), facts, usage),
    ...entitleLines(charge("entitle"), facts, usage, scenario, assumptions),
    ...operateLines(charge("operate"), facts, usage, assumptions),
  ];
}

/** All titles new in one month, on demand: what is paid for jobs and writes, not for keeping. */
function preparation({ facts, scenario, assumptions, prices }: Billed): Line[] {
  const onDemand: Facts = { ...facts, queue: { plan: "ON_DEMAND" } };
  const usage = usageOf(onDemand, { ...scenario, hours: 0 }, { ...assumptions, newTitlesShare: 1 });
  const made = transcodeLines(chargesOf("transcode", prices), onDemand, usage);
  return made.filter(({ service, unit }) => service === "MediaConvert" || !unit.includes("month"));
}
