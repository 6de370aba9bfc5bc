import { CreateJobCommand, DescribeEndpointsCommand, GetJobTemplateCommand, GetQueueCommand, ListJobsCommand, ListJobTemplatesCommand, ListQueuesCommand } from "@aws-sdk/client-mediaconvert"; // prettier-ignore
import { harness, QUEUE, ROLE, type Harness } from "./harness";
import { HLS, settingsOf } from "./settings";

/** The caller's; the job begins by itself. */
const callsOf = ({ calls }: Harness): string[] => calls.filter((call) => !call.startsWith("sts:AssumeRole"));

describe("MediaConvert's API", () => {
  let made: Harness;
  beforeEach(() => {
    const SettingsJson = JSON.stringify({ OutputGroups: [HLS], TimecodeConfig: { Source: "ZEROBASED" } });
    made = harness("/absent/ffmpeg", { Name: "vod-ladder-1", SettingsJson, Description: "d" });
  });
  afterEach(() => made.remove());

  it("answers with the deployed template in the client's own names", async () => {
    const { JobTemplate } = await made.client.send(new GetJobTemplateCommand({ Name: "vod-ladder-1" }));
    expect(JobTemplate).toMatchObject({ Name: "vod-ladder-1", Description: "d", Type: "CUSTOM", Priority: 0 });
    expect(JobTemplate!.Settings).toEqual({ OutputGroups: [HLS], TimecodeConfig: { Source: "ZEROBASED" } });
    const { JobTemplates } = await made.client.send(new ListJobTemplatesCommand({}));
    expect(JobTemplates!.map(({ Name }) => Name)).toEqual(["vod-ladder-1"]);
  });

  it("says which template is not there", async () => {
    await expect(made.client.send(new GetJobTemplateCommand({ Name: "other" }))).rejects.toMatchObject({
      name: "NotFoundException",
      message: "The job template does not exist: other",
    });
  });

  it("lists the deployed queue and the account's default", async () => {
    const { Queues } = await made.client.send(new ListQueuesCommand({}));
    expect(Queues!.map(({ Name, Type }) => [Name, Type])).toEqual([["vod-local", "CUSTOM"], ["Default", "SYSTEM"]]); // prettier-ignore
    const { Queue } = await made.client.send(new GetQueueCommand({ Name: "vod-local" }));
    expect(Queue).toMatchObject({ Arn: QUEUE, SubmittedJobsCount: 0 });
    const { Endpoints } = await made.client.send(new DescribeEndpointsCommand({}));
    expect(Endpoints).toEqual([{ Url: "http://127.0.0.1:1" }]);
  });

  it("makes one job of a token for a minute", async () => {
    const command = () => new CreateJobCommand({ Role: ROLE, Settings: settingsOf(HLS), ClientRequestToken: "once" });
    const first = await made.client.send(command());
    made.now += 59_999;
    expect((await made.client.send(command())).Job!.Id).toBe(first.Job!.Id);
    made.now += 1;
    expect((await made.client.send(command())).Job!.Id).not.toBe(first.Job!.Id);
    expect((await made.client.send(new ListJobsCommand({}))).Jobs).toHaveLength(2);
  });

  it("authorises the queue and the passing of the role", async () => {
    await made.client.send(new CreateJobCommand({ Role: ROLE, Queue: QUEUE, Settings: settingsOf(HLS) }));
    expect(callsOf(made)).toEqual([`mediaconvert:CreateJob ${QUEUE}`, `iam:PassRole ${ROLE}`]);
  });

  it("authorises the tags that a job is to have", async () => {
    const Tags = { assetId: "a", version: "1" };
    const { Job } = await made.client.send(
      new CreateJobCommand({ Role: ROLE, Queue: QUEUE, Settings: settingsOf(HLS), Tags }),
    );
    expect(callsOf(made)).toEqual([
      `mediaconvert:CreateJob ${QUEUE}`,
      `iam:PassRole ${ROLE}`,
      `mediaconvert:TagResource ${Job!.Arn}`,
    ]);
  });
});
