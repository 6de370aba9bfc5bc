import { AwsError, type AwsResponse } from "../../kernel/aws-service";
import type { UserPool } from "./user-pool";

/** `/<pool id>/.well-known/jwks.json` and `openid-configuration`, open to anyone. */
export function openDocument(path: string, byId: (id: string) => UserPool): AwsResponse {
  const [, id = "", document = ""] = /^\/([\w-]+)\/\.well-known\/([\w.-]+)$/.exec(path) ?? [];
  const { settings, issuer } = byId(id);
  const documents: Readonly<Record<string, unknown>> = {
    "jwks.json": issuer.jwks,
    "openid-configuration": {
      issuer: settings.issuer,
      jwks_uri: `${settings.issuer}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ["RS256"],
      subject_types_supported: ["public"],
      ...(settings.hasDomain && endpoints(settings.issuer)),
    },
  };
  const found = documents[document];
  if (!found) throw new AwsError("ResourceNotFoundException", `There is no ${path}.`, 404);
  return {
    status: 200,
    headers: { "content-type": "application/json", "cache-control": "public, max-age=86400" },
    body: JSON.stringify(found),
  };
}

/**
 * With a domain the document names its endpoints. On AWS they are below the domain's own https host; here they are
 * where the gateway answers, so the scheme is the one that works there, whatever that of the issuer.
 */
function endpoints(issuer: string): Readonly<Record<string, unknown>> {
  const host = `http://${new URL(issuer).host}`;
  return {
    authorization_endpoint: `${host}/oauth2/authorize`,
    token_endpoint: `${host}/oauth2/token`,
    revocation_endpoint: `${host}/oauth2/revoke`,
    end_session_endpoint: `${host}/logout`,
    response_types_supported: ["code"],
    scopes_supported: ["openid", "email"],
    token_endpoint_auth_methods_supported: ["none"],
  };
}
