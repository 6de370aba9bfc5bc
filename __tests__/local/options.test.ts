import { parseOptions, USAGE } from "../../local/options";

const parse = (...argv: string[]) => parseOptions(argv);
const problems = (...argv: string[]) => {
  const parsed = parse(...argv);
  if (parsed.ok) throw new Error(`accepted ${argv.join(" ")}`);
  return parsed.problems;
};

test("without arguments the platform starts on the usual port and stays up", () => {
  expect(parse()).toEqual({
    ok: true,
    options: {
      port: 8080,
      topology: undefined,
      state: ".local",
      video: undefined,
      once: false,
      report: undefined,
      help: false,
    },
  });
});

test("every option is read, whether its value stands apart or after =", () => {
  const argv = [
    "--port",
    "65534",
    "--topology=direct",
    "--state",
    "/tmp/s",
    "--video=a b=c.mp4",
    "--once",
    "--report",
    "r.json",
  ];
  expect(parse(...argv)).toEqual({
    ok: true,
    options: {
      port: 65534,
      topology: "direct",
      state: "/tmp/s",
      video: "a b=c.mp4",
      once: true,
      report: "r.json",
      help: false,
    },
  });
});

test("--once takes any free port unless one is named, so that runs do not collide", () => {
  expect(parse("--once")).toMatchObject({ options: { port: 0 } });
  expect(parse("--once", "--port", "9000")).toMatchObject({ options: { port: 9000 } });
});

test.each([["--help"], ["-h"]])("%s asks for help", (argument) => {
  expect(parse(argument)).toMatchObject({ ok: true, options: { help: true } });
});

test.each([
  [["--port", "65535"], "--port must be a whole number from 0 (any) to 65534, got 65535"],
  [["--port", "-1"], "--port must be a whole number from 0 (any) to 65534, got -1"],
  [["--port", "8e3"], "--port must be a whole number from 0 (any) to 65534, got 8e3"],
  [["--port"], "--port needs a value"],
  [["--report="], "--report needs a value"],
  [["--report", "--once"], "--report needs a value, got the option --once"],
  [["--topology", "hls"], "--topology must be mediapackage or direct, got hls"],
  [["--once=yes"], "--once takes no value, got yes"],
  [["--state", "a", "--state", "b"], "--state is given more than once"],
  [["--once", "--once"], "--once is given more than once"],
  [["--topolgy", "direct"], "--topolgy is not an option: did you mean --topology?"],
  [
    ["--frobnicate"],
    "--frobnicate is not an option: there are --port, --topology, --state, --video, --once, --report, --help",
  ],
  [["-p", "1"], "-p is not an option: there are --port, --topology, --state, --video, --once, --report, --help"],
  [["video.mp4"], "video.mp4 is not an option: every argument starts with --"],
])("%j is refused", (argv, problem) => {
  expect(problems(...argv)[0]).toBe(problem);
});

test("every problem is told at once", () => {
  expect(problems("--port", "x", "--topology", "y", "--vidoe=z")).toEqual([
    "--vidoe is not an option: did you mean --video?",
    "--port must be a whole number from 0 (any) to 65534, got x",
    "--topology must be mediapackage or direct, got y",
  ]);
});

test("names of the language's own objects are no options", () => {
  expect(problems("--constructor")[0]).toContain("--constructor is not an option");
});

test("the usage names every option", () => {
  for (const option of ["--port", "--topology", "--state", "--video", "--once", "--report", "--help"]) {
    expect(USAGE).toContain(`  ${option}`);
  }
});
