/**
 * Whether an address that a client asks to be sent to is one of those registered for it, character by character.
 * The edge of this machine is registered in its canonical https form but answers plain http, so that form is taken for
 * a loopback address (RFC 8252, 7.3, lets native clients come back there without TLS).
 */
export function isRegistered(address: string, registered: readonly string[]): boolean {
  const canonical = address.replace(/^http:(?=\/\/127\.0\.0\.1\b)/, "https:");
  return registered.includes(address) || registered.includes(canonical);
}
