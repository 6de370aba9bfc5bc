import { Construct } from "constructs";
import type { MeasureBacklogEnv } from "../../handlers/measure-backlog/contract";
import { CATALOGUE } from "../../handlers/shared/tables";
import type { Catalogue } from "../shared/catalogue";
import { EventRoute } from "../shared/event-route";
import { type FunctionContext, HandlerFunction } from "../shared/handler-function";
import { allow } from "../shared/policy";
import type { Transcode } from "../transcode/transcode";

export interface BacklogProps {
  readonly context: FunctionContext;
  readonly catalogue: Catalogue;
  readonly transcode: Transcode;
}

/** Measures each minute what nobody publishes: the queue's depth, and titles that do not come along. */
export class Backlog extends Construct {
  constructor(scope: Construct, id: string, { context, catalogue, transcode }: BacklogProps) {
    super(scope, id);
    const { environment } = context;
    const handler = new HandlerFunction<MeasureBacklogEnv>(this, "measure-backlog", {
      context,
      invokedBy: "events",
      timeoutSeconds: 60,
      variables: {
        CATALOGUE_TABLE: catalogue.tableName,
        QUEUE_NAME: transcode.queueName,
        STUCK_AFTER_MINUTES: String(environment.operate.stuckAfterMinutes),
      },
      statements: [
        ...catalogue.items("GetItem"),
        ...catalogue.index(CATALOGUE.workIndex.name),
        allow(["mediaconvert:GetQueue"], [transcode.queueArn]),
      ],
    });
    new EventRoute(this, "backlog_measured", {
      environment,
      description: "Measure what waits",
      on: { schedule: "rate(1 minute)" },
      to: handler,
    });
  }
}
