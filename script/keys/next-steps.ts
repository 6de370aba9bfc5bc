import type { EnvironmentName } from "../../environments/environment";

interface Change {
  readonly environment: EnvironmentName;
  readonly name: string;
  readonly places: { readonly keys: string; readonly setting: string };
}

const address = (name: string): string => `signing_${name.replaceAll("-", "_")}`;
const RESTART = "It counts from the next npm start on.";

/** What a person is told after each step: what changed, what the plan will show, and what comes next. */
export const nextSteps = {
  trusted({ environment, name, places, secretFile }: Change & { secretFile: string }): string {
    if (environment === "local") return `${places.keys}/${name}.pem is trusted beside the others. ${RESTART}`;
    return `${places.keys}/${name}.pem is the public half, ${secretFile} the private one.

Next: open a pull request with ${places.keys}/${name}.pem. Its plan creates
  aws_cloudfront_public_key.${address(name)}  aws_secretsmanager_secret.${address(name)}
and updates aws_cloudfront_key_group.signing; it destroys nothing. Once it is applied:
  npm run keys -- put ${environment} ${name} --secret-file ${secretFile}
  npm run keys -- activate ${environment} ${name}     when the distribution is deployed everywhere`;
  },

  activated({ environment, name, previous, places }: Change & { previous: string }): string {
    if (environment === "local") return `${name} signs in the place of ${previous}. ${RESTART}`;
    return `${places.setting}: signing.active is ${name} in the place of ${previous}.

Next: open a pull request with ${places.setting}. Its plan updates aws_lambda_function.mint_playback and its role's
policy, and nothing of the edge. Once it is applied and the last cookie of ${previous} has ended (entitle.cookieSeconds):
  npm run keys -- retire ${environment} ${previous}`;
  },

  unchecked(environment: EnvironmentName, name: string): string {
    return `Not checked, for want of credentials: that vod/${environment}/signing/${name} holds the private half. While it is empty, every mint fails.`;
  },

  retired({ environment, name, places }: Change): string {
    if (environment === "local") return `${name} is trusted no more. ${RESTART}`;
    return `${places.keys}/${name}.pem is gone.

Next: open a pull request without ${places.keys}/${name}.pem. Its plan updates aws_cloudfront_key_group.signing, and then
destroys aws_cloudfront_public_key.${address(name)} and aws_secretsmanager_secret.${address(name)} (recoverable for 30 days;
the name cannot be used again before).`;
  },

  replaced({ environment, name, leaked, places, secretFile }: Change & { leaked: string; secretFile: string }): string {
    if (environment === "local") return `${name} signs in the place of ${leaked}, which is trusted no more. ${RESTART}`;
    return `${places.keys}/${name}.pem is new, ${places.keys}/${leaked}.pem is gone, and ${places.setting} signs with ${name}.

What that does, from the apply on:
  - whatever ${leaked} signed is refused, by each edge location as the change reaches it (minutes): playback under way
    stops until the player's next refresh, at 60 % of a cookie's life;
  - until the change has reached it, an edge location refuses what ${name} signs: viewers may be refused there meanwhile;
  - every mint fails until the private half of ${name} is in its secret. So start this before the apply, and leave it running:
      npm run keys -- put ${environment} ${name} --secret-file ${secretFile} --wait
Where the leak can wait for half an hour, new, activate and retire refuse nobody.

Next: open a pull request with all three files. Its plan creates aws_cloudfront_public_key.${address(name)} and its secret,
updates aws_cloudfront_key_group.signing and aws_lambda_function.mint_playback, and then destroys
aws_cloudfront_public_key.${address(leaked)} and its secret.`;
  },
};
