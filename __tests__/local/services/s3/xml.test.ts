import { children, childText, document, element, parseXml, text } from "../../../../local/services/s3/xml";

it("reads elements, entities, CDATA, namespaces and comments", () => {
  const parsed = parseXml(
    '<?xml version="1.0"?><s3:Delete xmlns:s3="x"><!-- <no> --><Object a="1"><Key>a&amp;&lt;&#x1F3AC;&#252;</Key></Object><Object><Key><![CDATA[<&]]></Key><Empty/></Object></s3:Delete>',
  );
  expect(parsed.name).toBe("Delete");
  expect(children(parsed, "Object").map((object) => childText(object, "Key"))).toEqual(["a&<🎬ü", "<&"]);
});

it("writes what it reads", () => {
  const value = "<&>\"'\r\u0001ü🎬";
  const parsed = parseXml(document("Root", element("Inner", text("Key", value))));
  expect(childText(children(parsed, "Inner")[0]!, "Key")).toBe(value);
});

it.each([
  "",
  "text",
  "<a>",
  "<a></b>",
  "</a>",
  "<a/><b/>",
  "<a>&unknown;</a>",
  "<a>&constructor;</a>",
  "<a>&#x110000;</a>",
  '<!DOCTYPE a [<!ENTITY x "y">]><a>1</a>',
])("refuses %j", (source) => {
  expect(() => parseXml(source)).toThrow(
    "The XML you provided was not well-formed or did not validate against our published schema.",
  );
});
