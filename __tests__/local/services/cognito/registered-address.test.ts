import { isRegistered } from "../../../../local/services/cognito/registered-address";

const REGISTERED = ["https://127.0.0.1:8080/app/", "https://watch.example.com/app/"];

test.each(["https://watch.example.com/app/", "https://127.0.0.1:8080/app/", "http://127.0.0.1:8080/app/"])(
  "%s is registered",
  (address) => expect(isRegistered(address, REGISTERED)).toBe(true),
);

test.each([
  "",
  "http://watch.example.com/app/",
  "https://watch.example.com/app",
  "https://watch.example.com/app/?x",
  "http://127.0.0.1:8081/app/",
  "http://127.0.0.1:8080@evil.example/app/",
  "http://127.0.0.1.evil.example/app/",
  "//127.0.0.1:8080/app/",
])("%j is not", (address) => expect(isRegistered(address, REGISTERED)).toBe(false));
