import { matchRoute, parseRouteKey } from "../../../../local/services/api-gateway/route-key";

const routes = [
  "$default",
  "ANY /{proxy+}",
  "GET /{proxy+}",
  "ANY /titles/{id}",
  "GET /titles/{id}",
  "GET /titles/new",
  "GET /titles/{id}/versions/{version}",
  "GET /files/{path+}",
  "POST /",
].map((text) => ({ key: parseRouteKey(text, "route") }));

const found = (method: string, path: string, among = routes) => {
  const match = matchRoute(among, method, path);
  return match ? [match.route.key.text, match.parameters] : undefined;
};

test.each([
  ["GET", "/titles/new", "GET /titles/new", {}],
  ["GET", "/titles/a b", "GET /titles/{id}", { id: "a b" }],
  ["DELETE", "/titles/new", "ANY /titles/{id}", { id: "new" }],
  ["GET", "/titles/a/versions/2", "GET /titles/{id}/versions/{version}", { id: "a", version: "2" }],
  ["GET", "/files/a/b.mp4", "GET /files/{path+}", { path: "a/b.mp4" }],
  ["PUT", "/files/a/b.mp4", "ANY /{proxy+}", { proxy: "files/a/b.mp4" }],
  ["GET", "/titles/", "GET /{proxy+}", { proxy: "titles/" }],
  ["POST", "/", "POST /", {}],
  ["GET", "/", "$default", {}],
])("%s %s takes %s", (method, path, key, parameters) => {
  expect(found(method, path)).toEqual([key, parameters]);
});

test.each([
  ["GET", "/play/x"],
  ["POST", "/play"],
  ["POST", "/play/"],
  ["POST", "/play/a/b"],
  ["POST", "/play/a/"],
  ["POST", "/other/a"],
])("%s %s finds nothing among other routes", (method, path) => {
  expect(found(method, path, [{ key: parseRouteKey("POST /play/{assetId}", "route") }])).toBeUndefined();
});

test.each([
  ["play", 'route: route_key must be $default or a method and a path such as "GET /titles/{id}", got "play"'],
  ["GET /{proxy+}/more", 'route: route_key may have {name+} in its last place only, got "GET /{proxy+}/more"'],
])("%s is refused", (text, message) => {
  expect(() => parseRouteKey(text, "route")).toThrow(new Error(message));
});
