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
}

export interface ClientSettings {
  readonly id: string;
  /** `ALLOW_USER_PASSWORD_AUTH`, ... */
  readonly authFlows: readonly string[];
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
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
    authFlows: Array.isArray(values.explicit_auth_flows) ? values.explicit_auth_flows.map(String) : [],
    accessTokenSeconds: seconds("access_token", 1, "hours"),
    idTokenSeconds: seconds("id_token", 1, "hours"),
    refreshTokenSeconds: seconds("refresh_token", 30, "days"),
  };
}
