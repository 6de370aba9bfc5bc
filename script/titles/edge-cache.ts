import {
  CreateInvalidationCommand,
  paginateListDistributions,
  type CloudFrontClient,
} from "@aws-sdk/client-cloudfront";

/** What the edge keeps of titles. */
export class EdgeCache {
  constructor(
    private readonly client: CloudFrontClient,
    private readonly comment: string,
    /** A new reference for each request. */
    private readonly newReference: () => string,
  ) {}

  /** Makes every edge location forget some paths. @returns the invalidation's id. */
  async forget(paths: readonly string[]): Promise<string> {
    const batch = { CallerReference: this.newReference(), Paths: { Quantity: paths.length, Items: [...paths] } };
    const { Invalidation } = await this.client.send(
      new CreateInvalidationCommand({ DistributionId: await this.distributionId(), InvalidationBatch: batch }),
    );
    return Invalidation?.Id ?? "";
  }

  private async distributionId(): Promise<string> {
    for await (const { DistributionList } of paginateListDistributions({ client: this.client }, {})) {
      const found = DistributionList?.Items?.find(({ Comment }) => Comment === this.comment);
      if (found?.Id) return found.Id;
    }
    throw new Error(
      `distribution: the account has none with the comment ${this.comment}; apply the stack first, or use the environment's own credentials`,
    );
  }
}
