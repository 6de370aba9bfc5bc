import { orderAfter, orderOf } from "../../../handlers/shared/version-order";

test("sequencers of different lengths compare as S3 says: padded with zeros on the right", () => {
  expect(orderOf("0062E99A") < orderOf("0062e99a88")).toBe(true);
  expect(orderOf("0062e99b") > orderOf("0062e99a88dc407460")).toBe(true);
  expect(orderOf("0062e99a")).toBe(orderOf("0062E99A00"));
});

test("a re-preparation comes after its mezzanine and before the next one", () => {
  const first = orderOf("0062e99a88");
  const again = orderAfter(orderAfter(first));
  expect(first < orderAfter(first) && orderAfter(first) < again && again < orderOf("0062e99a89")).toBe(true);
});

test("sixteen re-preparations still compare as text", () => {
  let order = orderOf("1");
  for (let round = 0; round < 16; round += 1) {
    const next = orderAfter(order);
    expect(next > order && next.length === order.length).toBe(true);
    order = next;
  }
});
