export interface BundleFacts {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly stateBucket: string;
  readonly artifactsBucket: string;
  readonly variables: readonly { readonly name: string; readonly description: string }[];
}

/** What a team that has Terraform and the AWS command line, but neither Node nor this repository, needs to know. */
export function bundleReadme(facts: BundleFacts): string {
  const { environment, account, region, stateBucket, artifactsBucket, variables } = facts;
  const rows = variables.map(({ name, description }) => `| \`TF_VAR_${name}\` | ${description} |`);
  return `# vod-${environment}

The video-on-demand platform of \`${environment}\` as plain Terraform, for account ${account} in ${region}. Nothing but
Terraform 1.10 or newer and the AWS command line is needed.

| File | Holds |
| --- | --- |
| \`cdk.tf.json\` | the stack, synthesised |
| \`.terraform.lock.hcl\` | the provider versions that it was proved with |
| \`artifacts/\` | what the stack takes from \`${artifactsBucket}\`; paths are keys |
| \`manifest.json\` | SHA-256 and size of every file |

## Before

- Credentials of account ${account}; the provider refuses any other.
- The bucket \`${stateBucket}\` for the state (versioned; nobody reads it who may not know the secrets below), and the bucket
  \`${artifactsBucket}\`.
- Values of these variables, the same at every plan; they stand in the state and in plan files in clear:

| Variable | What it is |
| --- | --- |
${rows.join("\n")}

To look at a plan without the bucket, write \`{"terraform": {"backend": {"local": {}}}}\` into \`override.tf.json\` and
remove it again.

## Upload, plan, apply

Keys are contents, so each file is uploaded once; \`PreconditionFailed\` says that it is there already.

\`\`\`sh
(cd artifacts && find . -type f | sed 's|^\\./||' | sort | while read -r KEY; do
  aws s3api put-object --region ${region} --bucket ${artifactsBucket} \\
    --key "$KEY" --body "$KEY" --if-none-match '*' --checksum-algorithm SHA256
done)
terraform init
terraform plan -out=tfplan
terraform apply tfplan
\`\`\`

A plan needs no upload; an apply does. Delete \`tfplan\` afterwards.

## Check the bundle

\`\`\`sh
jq -r '.files[] | "\\(.sha256)  \\(.path)"' manifest.json | sha256sum --check
\`\`\`
`;
}
