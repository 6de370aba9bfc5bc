function toNumber(address: string): number | undefined {
  const parts = address.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

/** Whether `range` is an IPv4 address or an IPv4 range in CIDR notation. */
export function isCidr(range: string): boolean {
  const [base, bits, ...rest] = range.split("/");
  if (rest.length > 0 || toNumber(base ?? "") === undefined) return false;
  return bits === undefined || (/^\d{1,2}$/.test(bits) && Number(bits) <= 32);
}

/** Whether an IPv4 address lies in a range in CIDR notation; an address alone is a range of one. */
export function inCidr(address: string, range: string): boolean {
  if (!isCidr(range)) return false;
  const [base = "", bits = "32"] = range.split("/");
  const given = toNumber(address);
  const start = toNumber(base);
  if (given === undefined || start === undefined) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(given / size) === Math.floor(start / size);
}
