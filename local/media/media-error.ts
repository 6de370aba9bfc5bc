/** Media that cannot be packaged; the message is for the person who supplied it. */
export class MediaError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "MediaError";
  }
}
