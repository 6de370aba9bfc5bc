/** A refusal of an OAuth endpoint: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
export class OAuthError extends Error {
  constructor(
    /** `invalid_request`, `invalid_grant`, ... */
    readonly code: string,
    /** Goes into `error_description`. */
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = "OAuthError";
  }
}
