import type { EngineName } from "./choose-engine";
import type { StartEngine } from "./engine";

/** Fetches an engine's code when it is first wanted: neither library is on the way to the sign-in. */
export async function loadEngine(name: EngineName): Promise<StartEngine> {
  switch (name) {
    case "hls.js":
      return (await import("./hls-engine")).startHls;
    case "dash.js":
      return (await import("./dash-engine")).startDash;
    case "native":
      return (await import("./native-engine")).startNative;
  }
}
