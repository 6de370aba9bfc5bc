import { block, type Deployment, type Resource } from "../../terraform/deployment";
import { textOr } from "../text-or";

/** An `aws_cognito_user_pool` with its clients and groups. */
export interface PoolSettings {
  readonly id: string;
  readonly arn: string;
  /** `https://<endpoint>`, the `iss` of its tokens. */
  readonly issuer: string;
  readonly minimumPasswordLength: number;
  /** Whether users sign in with an e-mail address and Cognito names them itself. */
  readonly emailIsUsername: boolean;
  readonly clients: readonly ClientSettings[];
  readonly groups: readonly string[];
  /** Whether the pool has a domain, and with it sign-in pages and OAuth endpoints. */
  readonly hasDomain: boolean;
}

export interface ClientSettings {
  readonly id: string;
  /** `ALLOW_USER_PASSWORD_AUTH`, ... */
  readonly authFlows: readonly string[];
  /** Absent when the client may not use the OAuth endpoints. */
  readonly oauth?: OAuthSettings;
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
}

export interface OAuthSettings {
  /** `code`, `implicit`, `client_credentials`. */
  readonly flows: readonly string[];
  readonly scopes: readonly string[];
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** Every user pool of the stack, with Cognito's defaults where an argument is left out. */
export function readPools(deployment: Deployment): PoolSettings[] {
  return deployment.all("aws_cognito_user_pool").map(({ values }) => {
    const id = String(values.id);
    const own = (type: string): Resource[] =>
      deployment.all(type).filter((resource) => resource.values.user_pool_id === id);
    return {
      id,
      arn: `arn:aws:cognito-idp:${deployment.region}:${deployment.account}:userpool/${id}`,
      issuer: `https://${String(values.endpoint)}`,
      minimumPasswordLength: Number(block(values, "password_policy")?.minimum_length ?? 8),
      emailIsUsername: Array.isArray(values.username_attributes) && values.username_attributes.includes("email"),
      clients: own("aws_cognito_user_pool_client").map(readClient),
      groups: own("aws_cognito_user_group").map((group) => String(group.values.name)),
      hasDomain: own("aws_cognito_user_pool_domain").length > 0,
    };
  });
}

function readClient({ values }: Resource): ClientSettings {
  const units = block(values, "token_validity_units") ?? {};
  const seconds = (token: string, byDefault: number, defaultUnit: string): number => {
    const unit = UNIT_SECONDS[textOr(units[token], defaultUnit)] ?? Number.NaN;
    return Number(values[`${token}_validity`] ?? byDefault) * unit;
  };
  return {
    id: String(values.id),
    authFlows: texts(values.explicit_auth_flows),
    oauth: values.allowed_oauth_flows_user_pool_client === true ? readOAuth(values) : undefined,
    accessTokenSeconds: seconds("access_token", 1, "hours"),
    idTokenSeconds: seconds("id_token", 1, "hours"),
    refreshTokenSeconds: seconds("refresh_token", 30, "days"),
  };
}

function readOAuth(values: Resource["values"]): OAuthSettings {
  return {
    flows: texts(values.allowed_oauth_flows),
    scopes: texts(values.allowed_oauth_scopes),
    callbackUrls: texts(values.callback_urls),
    logoutUrls: texts(values.logout_urls),
  };
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
