/** Names by which people and scripts find what is operated beside the plans. They import nothing, so that scripts may. */

/** The rule group of withdrawn titles, in us-east-1. */
export const takedownGroupName = (environment: string): string => `vod-takedown-${environment}`;

/** The comment by which the distribution is found: it has no name. */
export const distributionComment = (environment: string): string => `vod-${environment}`;
