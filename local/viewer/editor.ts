/** Terms of a title that has none, and the actions that bring it to viewers. */
const ACTIONS = [
  { method: "PUT", path: "licence", body: "{}" },
  { method: "POST", path: "publish", body: undefined },
] as const;

/**
 * Publishes a title as an editor's app does, without terms of its own.
 * @throws {Error} with address, status and code when the service refuses
 */
export async function openToSubscribers(edge: string, assetId: string, token: string): Promise<void> {
  for (const { method, path, body } of ACTIONS) {
    const address = `${edge}/api/titles/${assetId}/${path}`;
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const response = await fetch(address, { method, headers, body });
    if (response.ok) continue;
    const { error = "", message = "" } = (await response.json().catch(() => ({}))) as Record<string, string>;
    throw new Error(`${method} ${address} answered ${response.status} ${error} ${message}`.trim());
  }
}
