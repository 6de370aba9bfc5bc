import type { Mutation } from "./mutation";

/** What the handlers decide; the platform runs zips that are built from the changed sources. */
export const IN_THE_HANDLERS: readonly Mutation[] = [
  {
    control: "entitlement",
    change: "no rule refuses to play, and none to download",
    fails: [
      ...["no-subscription", "names-other-in-body", "names-other-in-query", "names-other-in-header", "others-session"],
      ...["withdrawn-mint", "spoofed-country", "download-not-included", "download-no-subscription"],
    ],
    handlers: [
      {
        file: "shared/entitlement-rules.ts",
        from: "return RULES.find(({ refuses }) => refuses(facts));",
        to: "return undefined;",
      },
      {
        file: "mint-download/download-right.ts",
        from: "const held = [account, title].filter((right) => right !== undefined);",
        to: "return undefined;",
      },
    ],
  },
  {
    control: "roles",
    change: "every token has every role, and producers may write each other's keys",
    fails: [
      ...["viewer-withdraws", "upload-by-viewer", "uploads-listed-by-viewer", "upload-completed-by-another"],
      ...["upload-addressed-by-another", "upload-aborted-by-another", "upload-replaces-anothers", "upload-id-outside"],
    ],
    handlers: [
      {
        file: "shared/roles.ts",
        from: 'const claim = claimName === "" ? undefined : claims[claimName];',
        to: 'return new Set(["editors", "producers"]);',
      },
      {
        file: "accept-uploads/producer.ts",
        from: "return key.startsWith(isEditor ? uploadPrefix : folder);",
        to: "return true;",
      },
    ],
  },
  {
    control: "checks of what is sent",
    change: "ids, bodies, and files' names, types and sizes are taken as they come",
    fails: [
      ...["id-unicode", "id-control", "id-prototype", "id-fitting-long", "body-not-json", "body-deep"],
      ...["session-injection", "upload-name-climbing", "upload-page", "upload-lying-type", "upload-too-large"],
      ...["upload-no-size", "upload-grown"],
    ],
    handlers: [
      { file: "shared/asset-id.ts", from: "/^[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?-[0-9a-f]{12}$/", to: "/^/" },
      { file: "shared/stream-slots.ts", from: "/^[A-Za-z0-9_-]{16,64}$/", to: "/^/" },
      { file: "shared/http.ts", from: 'refused("the body must be a JSON object")', to: "ok({})" },
      { file: "shared/http.ts", from: 'refused("the body must be JSON")', to: "ok({})" },
      {
        file: "accept-uploads/file.ts",
        from: "if (composed.length > LONGEST_NAME || !NAME.test(composed)) return refused(NAME_INVALID);",
        to: "return ok({ name: composed, size: 1, contentType: String(type), isCaptions: false });",
      },
      {
        file: "accept-uploads/resume-upload.ts",
        from: "Number.isInteger(size) && size >= 1 && size <= maximumBytes ? size : undefined",
        to: "size > 0 ? 1 : 1",
      },
    ],
  },
  {
    control: "upload address",
    change: "a part's address is good for a day, and for any number of bytes",
    fails: ["part-life", "part-longer", "part-shorter"],
    handlers: [
      { file: "accept-uploads/answer.ts", from: "const ADDRESS_SECONDS = 900;", to: "const ADDRESS_SECONDS = 86_400;" },
      {
        file: "accept-uploads/s3-upload-store.ts",
        from: "PartNumber: number, ContentLength: size }",
        to: "PartNumber: number }",
      },
    ],
  },
];
