import { gateway, request, RESOURCES } from "./test-api";

const ORIGIN = "https://www.example.com";
const withCors = () =>
  gateway(
    {},
    {
      ...RESOURCES,
      "aws_apigatewayv2_api.entitle": {
        ...RESOURCES["aws_apigatewayv2_api.entitle"],
        cors_configuration: {
          allow_credentials: true,
          allow_origins: [ORIGIN],
          allow_methods: ["GET", "POST"],
          allow_headers: ["authorization"],
          max_age: 600,
        },
      },
    },
  );
const preflight = (origin: string) =>
  request({
    method: "OPTIONS",
    path: "/play/a",
    headers: { origin, "access-control-request-method": "POST" },
  });

test("a preflight of a named origin is answered without a token and without the function", async () => {
  const { api, events } = withCors();
  expect(await api.handle(preflight(ORIGIN))).toEqual({
    status: 204,
    headers: {
      "access-control-allow-origin": ORIGIN,
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET,POST",
      "access-control-allow-headers": "authorization",
      "access-control-max-age": "600",
      vary: "origin",
      "apigw-requestid": "request-1",
    },
  });
  expect(events).toEqual([]);
});

test("another origin's preflight is answered without a word about origins", async () => {
  const { api } = withCors();
  expect(await api.handle(preflight("https://evil.example"))).toEqual({
    status: 204,
    headers: { "apigw-requestid": "request-1" },
  });
});

test("other answers name the origin too, refusals among them", async () => {
  const { api } = withCors();
  const { status, headers } = await api.handle(
    request({ method: "POST", path: "/play/a", headers: { origin: ORIGIN } }),
  );
  expect([status, headers]).toEqual([
    401,
    expect.objectContaining({ "access-control-allow-origin": ORIGIN, "access-control-allow-credentials": "true" }),
  ]);
});

test("without the setting a preflight finds no route", async () => {
  expect(await gateway().api.handle(preflight(ORIGIN))).toMatchObject({ status: 404 });
});
