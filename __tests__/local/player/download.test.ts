import { downloadAddress } from "../../../local/player/download";
import { explain } from "../../../local/player/problem";
import { ok, refused } from "../../../local/player/result";

const ask = (answer: unknown) => {
  const paths: string[] = [];
  const post = (path: string) => Promise.resolve(paths.push(path) ? ok(answer) : ok(answer));
  return { paths, address: downloadAddress({ post }, "night-0123456789ab") };
};

test("the address of a title's file is asked for, and is one of this host", async () => {
  const { paths, address } = ask({ url: "/downloads/a/1/a.mp4?Policy=x" });
  expect(await address).toEqual(ok("/downloads/a/1/a.mp4?Policy=x"));
  expect(paths).toEqual(["/api/titles/night-0123456789ab/download"]);
});

test.each([{}, { url: "https://evil.example.com/downloads/a" }, { url: "//evil.example.com/downloads/" }, "text"])(
  "an answer of %j leads nowhere",
  async (answer) => {
    expect(await ask(answer).address).toMatchObject({
      problem: { title: "The answer about the download could not be read" },
    });
  },
);

test("a refusal is told in a viewer's words", async () => {
  const problem = explain({ status: 403, code: "DOWNLOAD_NOT_INCLUDED" });
  expect(await downloadAddress({ post: () => Promise.resolve(refused(problem)) }, "a")).toEqual(refused(problem));
  expect(problem.title).toBe("You may watch, but not download");
});
