import { createCloudFormation } from "../../../emulator/cloudformation/cloudformation";
import { call, refusalOf } from "../calls";

const open = () => createCloudFormation({ account: "111111111111", region: "eu-west-1" });
type Service = ReturnType<typeof open>;

const body = (id: string, description = ""): string =>
  JSON.stringify({
    Description: description,
    Resources: { Group: { Type: "AWS::MediaPackage::PackagingGroup", Properties: { Id: id } } },
    Outputs: { DomainName: { Value: { "Fn::GetAtt": ["Group", "DomainName"] } } },
  });

function perform(service: Service, Action: string, parameters: Record<string, string> = {}) {
  return call(service, "POST /", { body: new URLSearchParams({ Action, ...parameters }).toString() });
}
const create = (service: Service, StackName: string, TemplateBody: string) =>
  perform(service, "CreateStack", {
    StackName,
    TemplateBody,
    "Tags.member.1.Key": "env",
    "Tags.member.1.Value": "dev",
  });

test("a stack stands with its outputs, tags and body", async () => {
  const service = open();
  await create(service, "packaging", body("vod-dev"));
  const { body: described } = await perform(service, "DescribeStacks", { StackName: "packaging" });
  expect(described).toContain("<StackStatus>CREATE_COMPLETE</StackStatus>");
  expect(described).toMatch(/<OutputKey>DomainName<\/OutputKey><OutputValue>https:\/\/\w+\.egress\.mediapackage-vod\./);
  expect(described).toContain("<Key>env</Key><Value>dev</Value>");
  const { body: template } = await perform(service, "GetTemplate", { StackName: "packaging" });
  expect(template).toContain(body("vod-dev"));
  expect(service.names()).toEqual(["AWS::MediaPackage::PackagingGroup/vod-dev", "stack/packaging"]);
});

test("an update takes the new body, and one that changes nothing is refused", async () => {
  const service = open();
  await create(service, "packaging", body("vod-dev"));
  const update = (text: string) =>
    perform(service, "UpdateStack", {
      StackName: "packaging",
      TemplateBody: text,
      "Tags.member.1.Key": "env",
      "Tags.member.1.Value": "dev",
    });
  expect((await update(body("vod-dev"))).body).toContain("No updates are to be performed.");
  expect((await update(body("vod-dev", "new"))).status).toBe(200);
  const { body: described } = await perform(service, "DescribeStacks", { StackName: "packaging" });
  expect(described).toContain("<StackStatus>UPDATE_COMPLETE</StackStatus>");
});

test("a deleted stack is gone by its name, and known by its id", async () => {
  const service = open();
  const { body: created } = await create(service, "packaging", body("vod-dev"));
  const id = /<StackId>([^<]+)</.exec(created)?.[1] ?? "";
  await perform(service, "DeleteStack", { StackName: "packaging" });
  expect((await perform(service, "DescribeStacks", { StackName: id })).body).toContain("DELETE_COMPLETE");
  const byName = await perform(service, "DescribeStacks", { StackName: "packaging" });
  expect(refusalOf(byName)).toBe("400 ValidationError");
  expect(byName.body).toContain("Stack with id packaging does not exist");
  expect(service.names()).toEqual([]);
});

test("neither a stack's name nor what stands in it is taken twice", async () => {
  const service = open();
  await create(service, "packaging", body("vod-dev"));
  expect(refusalOf(await create(service, "packaging", body("other")))).toBe("400 AlreadyExistsException");
  const clash = await create(service, "another", body("vod-dev"));
  expect(clash.body).toContain("AWS::MediaPackage::PackagingGroup/vod-dev already exists in another stack");
});

test("an action that is not answered says where to add it", async () => {
  const { body: answer } = await perform(open(), "DetectStackDrift");
  expect(answer).toContain("DetectStackDrift is not answered by the emulator: add it to emulator/cloudformation");
});
