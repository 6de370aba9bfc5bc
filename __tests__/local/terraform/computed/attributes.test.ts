import { parseDocument } from "../../../../local/terraform/document";
import { evaluateStack } from "../../../../local/terraform/read-stack";
import { packagingDomain } from "../../../../local/services/mediapackage/domain";
import { CASES } from "./attribute-cases";

const CONTEXT = {
  account: "000000000000",
  region: "eu-west-1",
  edgeHost: "127.0.0.1:8080",
  gatewayHost: "127.0.0.1:4566",
};

function valuesOf(type: string, body: object, name = "it", context = CONTEXT): Record<string, unknown> {
  const document = parseDocument(JSON.stringify({ resource: { [type]: { [name]: body } } }), "cdk.tf.json");
  return evaluateStack(document, context).get(`${type}.${name}`).values;
}

test.each(CASES)("%s %j", (type, body, attributes) => {
  const values = valuesOf(type, body);
  const seen = Object.fromEntries(Object.keys(attributes).map((name) => [name, values[name]]));
  const expected = Object.entries(attributes).map(([name, value]) => [
    name,
    value instanceof RegExp ? (expect.stringMatching(new RegExp(`^(?:${value.source})$`)) as unknown) : value,
  ]);
  expect(seen).toEqual(Object.fromEntries(expected));
});

test("the id stands inside what is made from it", () => {
  const pool = valuesOf("aws_cognito_user_pool", { name: "v" });
  expect(pool.endpoint).toBe(`127.0.0.1:4566/${String(pool.id)}`);
  const key = valuesOf("aws_kms_key", {});
  expect(key.arn).toBe(`arn:aws:kms:eu-west-1:000000000000:key/${String(key.key_id)}`);
});

test("ids follow from account, Region and address, and from nothing else", () => {
  const id = (name = "it", context = CONTEXT) => valuesOf("aws_kms_key", {}, name, context).id;
  expect(id()).toBe(id("it", { ...CONTEXT, edgeHost: "127.0.0.1:1" }));
  const others = [id("other"), id("it", { ...CONTEXT, account: "1" }), id("it", { ...CONTEXT, region: "eu-north-1" })];
  expect(new Set([id(), ...others]).size).toBe(4);
});

test("a certificate's proof is a record below its domain", () => {
  expect(valuesOf("aws_acm_certificate", { domain_name: "d.example" }).domain_validation_options).toEqual([
    {
      domain_name: "d.example",
      resource_record_name: expect.stringMatching(/^_[0-9a-f]{32}\.d\.example\.$/) as string,
      resource_record_type: "CNAME",
      resource_record_value: expect.stringMatching(/^_[0-9a-f]{32}\.acm-validations\.aws\.$/) as string,
    },
  ]);
});

test("a CloudFormation stack has its template's outputs", () => {
  const template_body = JSON.stringify({
    Resources: { Group: { Type: "AWS::MediaPackage::PackagingGroup", Properties: { Id: "g" } } },
    Outputs: { DomainName: { Value: { "Fn::GetAtt": ["Group", "DomainName"] } } },
  });
  const values = valuesOf("aws_cloudformation_stack", { name: "packaging", template_body });
  expect(values.outputs).toEqual({ DomainName: `https://${packagingDomain("000000000000", "eu-west-1", "g")}` });
  expect(values.id).toMatch(/^arn:aws:cloudformation:eu-west-1:000000000000:stack\/packaging\/[0-9a-f-]{36}$/);
});
