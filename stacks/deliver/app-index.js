// CloudFront Function (viewer request): an S3 origin behind access control serves no directory index.
function handler(event) {
  var request = event.request;
  if (request.uri === "/app" || request.uri === "/app/") request.uri = "/app/index.html";
  return request;
}
