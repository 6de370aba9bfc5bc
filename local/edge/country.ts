/**
 * Countries that clients choose by their own loopback address (`curl --interface 127.0.0.2 ...`), so that rules on
 * geography and address can be tried on one machine. `127.0.0.1` and addresses not listed are in the home country.
 */
export const LOOPBACK_COUNTRIES: Readonly<Record<string, string>> = {
  "127.0.0.2": "US",
  "127.0.0.3": "GB",
  "127.0.0.4": "DE",
  "127.0.0.5": "IN",
  "127.0.0.6": "RU",
  "127.0.0.7": "BR",
  "127.0.0.8": "JP",
  "127.0.0.9": "FR",
};

/** ISO 3166-1 alpha-2 code for a client's address. */
export function countryOf(address: string, homeCountry: string): string {
  return LOOPBACK_COUNTRIES[address] ?? homeCountry;
}

/** An IPv4 address without the IPv6 prefix that dual-stack sockets put before it. */
export function plainAddress(address: string | undefined): string {
  return (address ?? "127.0.0.1").replace(/^::ffff:/, "").replace(/^::1$/, "127.0.0.1");
}
