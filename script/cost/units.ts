/** A twelfth of a year of 365 days. */
export const HOURS_A_MONTH = 730;
export const DAYS_A_MONTH = HOURS_A_MONTH / 24;
export const SECONDS_A_MONTH = HOURS_A_MONTH * 3600;

/** What AWS bills as a GB. */
const GIBIBYTE = 2 ** 30;

export const gigabytes = (bytes: number): number => bytes / GIBIBYTE;
