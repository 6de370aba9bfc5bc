import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renamed } from "../../../script/emulated/renamed";

const file = join(mkdtempSync(join(tmpdir(), "vod-renamed-")), "cdk.tf.json");
writeFileSync(
  file,
  JSON.stringify({
    resource: {
      aws_x: { a: { name: "a" }, ab: { of: "${aws_x.a.id} ${aws_x.ab_c.id}", depends_on: ["aws_x.a"] } },
    },
  }),
);

test("a resource has another name, whatever speaks of it says so, and its move is declared", () => {
  expect(JSON.parse(readFileSync(renamed(file, "aws_x.a", "z"), "utf8"))).toEqual({
    resource: {
      aws_x: { z: { name: "a" }, ab: { of: "${aws_x.z.id} ${aws_x.ab_c.id}", depends_on: ["aws_x.z"] } },
    },
    moved: [{ from: "aws_x.a", to: "aws_x.z" }],
  });
});

test("what is not there cannot be renamed", () => {
  expect(() => renamed(file, "aws_x.q", "z")).toThrow(new Error(`${file} has no aws_x.q`));
});
