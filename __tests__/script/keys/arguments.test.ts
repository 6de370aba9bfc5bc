import { readArguments, type Typed } from "../../../script/keys/arguments";

const read = (positionals: string[], more: Partial<Typed> = {}) =>
  readArguments({ positionals, type: "rsa", ...more }, "2026-11-25");

test("a step for a key of an environment; a new key is called after the day", () => {
  expect(read(["new", "prod"], { secretFile: "/s", type: "ecdsa" })).toEqual({
    action: "new",
    environment: "prod",
    name: "2026-11-25",
    type: "ecdsa",
    secretFile: "/s",
  });
  expect(read(["retire", "dev", "old"])).toMatchObject({ action: "retire", name: "old", secretFile: "" });
  expect(read(["new", "local", "b"])).toMatchObject({ environment: "local", name: "b" });
});

test.each([
  [["make", "prod"], {}, '<action> must be one of new, put, activate, retire, replace, got "make"'],
  [["new", "qa"], {}, '<env> must be one of dev, staging, prod, local, got "qa"'],
  [["new", "prod"], {}, "new prod needs --secret-file FILE"],
  [["replace", "prod"], {}, "replace prod needs --secret-file FILE"],
  [["put", "prod", "a"], {}, "put prod needs --secret-file FILE"],
  [["put", "local", "a"], { secretFile: "/s" }, "put is not for local, which keeps both halves itself"],
  [["new", "local", "a"], { secretFile: "/s" }, "new local takes no --secret-file"],
  [["retire", "prod", "a"], { secretFile: "/s" }, "retire prod takes no --secret-file"],
  [["retire", "prod"], {}, 'NAME must be lower-case letters, digits and hyphens, 40 at most, got ""'],
  [["retire", "prod", "../a"], {}, 'NAME must be lower-case letters, digits and hyphens, 40 at most, got "../a"'],
  [["retire", "prod", "a", "b"], {}, "one key at a time, got b besides"],
  [["new", "local", "a"], { type: "dsa" }, '--type must be one of rsa, ecdsa, got "dsa"'],
])("%j %j is refused", (positionals, more, message) => {
  expect(() => read(positionals, more)).toThrow(new Error(message));
});
