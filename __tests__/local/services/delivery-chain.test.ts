import { createHash, randomUUID } from "node:crypto";
import { join } from "node:path";
import { sign } from "../../../local/gateway/signature-v4";
import { createEventBridge } from "../../../local/services/eventbridge/event-bridge";
import { routeTargets } from "../../../local/services/eventbridge/targets";
