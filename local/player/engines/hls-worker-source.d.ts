/** The text of hls.js's own worker, put into the bundle by the build (script/build-player.ts). */
declare module "hls-worker-source" {
  const source: string;
  export default source;
}
