import { stackOutputs, stackResources } from "../../../local/terraform/cloudformation";
import { packagingDomain } from "../../../local/services/mediapackage/domain";

const PLACE = { account: "000000000000", region: "eu-west-1" };

const body = (Outputs: object) =>
  JSON.stringify({
    Resources: {
      Group: {
        Type: "AWS::MediaPackage::PackagingGroup",
        Properties: { Id: "vod-local", Authorization: { SecretsRoleArn: "arn" } },
      },
      Hls: {
        Type: "AWS::MediaPackage::PackagingConfiguration",
        Properties: { Id: "hls-v1", PackagingGroupId: { Ref: "Group" } },
      },
      Template: {
        Type: "AWS::MediaConvert::JobTemplate",
        Properties: { Name: "ladder", SettingsJson: { Inputs: [] } },
      },
      Topic: { Type: "AWS::SNS::Topic", Properties: {} },
    },
    Outputs,
  });

const outputOf = (value: unknown) => () => stackOutputs(body({ It: { Value: value } }), PLACE).It;

test.each([
  [{ Ref: "Group" }, "vod-local"],
  [{ "Fn::GetAtt": ["Group", "Arn"] }, "arn:aws:mediapackage-vod:eu-west-1:000000000000:packaging-groups/vod-local"],
  [{ "Fn::GetAtt": ["Group", "DomainName"] }, `https://${packagingDomain("000000000000", "eu-west-1", "vod-local")}`],
  [{ "Fn::GetAtt": "Hls.Arn" }, "arn:aws:mediapackage-vod:eu-west-1:000000000000:packaging-configurations/hls-v1"],
  [{ Ref: "Hls" }, "hls-v1"],
  [{ Ref: "Template" }, "ladder"],
  [{ "Fn::GetAtt": ["Template", "Name"] }, "ladder"],
  [{ "Fn::GetAtt": ["Template", "Arn"] }, "arn:aws:mediaconvert:eu-west-1:000000000000:jobTemplates/ladder"],
  ["plain", "plain"],
])("the output %j", (value, expected) => {
  expect(outputOf(value)()).toBe(expected);
});

test.each([
  [{ Ref: "Gone" }, "the template has no Gone; it has Group, Hls, Template, Topic"],
  [{ Ref: "Topic" }, "what AWS::SNS::Topic returns is not known: add it to RETURN_VALUES"],
  [{ "Fn::GetAtt": ["Hls", "Url"] }, "AWS::MediaPackage::PackagingConfiguration returns Ref, Arn, not Url"],
  [{ "Fn::Sub": "${Group}" }, "Fn::Sub is not supported in a template: Ref and Fn::GetAtt are"],
  [["a"], "the template's output It must be a string"],
])("the output %j is refused", (value, message) => {
  expect(outputOf(value)).toThrow(new Error(message));
});

test("resources are given with what their properties refer to", () => {
  expect(stackResources(body({}), PLACE)[1]).toEqual({
    logicalId: "Hls",
    type: "AWS::MediaPackage::PackagingConfiguration",
    properties: { Id: "hls-v1", PackagingGroupId: "vod-local" },
  });
});

test("a body that is not JSON is refused without being quoted", () => {
  expect(() => stackOutputs("Resources: secret", PLACE)).toThrow(
    new Error("template_body must be a CloudFormation template in JSON"),
  );
});
