/** Environment of `register-asset` in both topologies. */
type CommonEnv = Record<
  | "CATALOGUE_TABLE"
  | "PACKAGED_BUCKET"
  /** `automatic`: a title that is READY is published at once; `editor`: an editor publishes. */
  | "PUBLISH",
  string
>;

/** Topology `mediapackage`: the ladder is registered as a MediaPackage VOD asset. */
export type RegisterWithMediaPackageEnv = CommonEnv & { TOPOLOGY: "mediapackage" } & Record<
    | "PACKAGING_GROUP_ID"
    /** Role with which MediaPackage reads the packaged bucket. */
    | "PACKAGING_ROLE_ARN",
    string
  >;

/** Topology `direct`: MediaConvert wrote the manifests; there is nothing to register elsewhere. */
export type RegisterDirectEnv = CommonEnv & { TOPOLOGY: "direct" };

export type RegisterAssetEnv = RegisterWithMediaPackageEnv | RegisterDirectEnv;
