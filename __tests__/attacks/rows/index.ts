import type { Attack } from "../attack";
import { FORGED, NO_COOKIE, TERMS } from "./cookies";

/** Every attack, in the order of the table. */
export const ATTACKS: readonly Attack[] = [...NO_COOKIE, ...FORGED, ...TERMS];
