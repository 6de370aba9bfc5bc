/** HTTP status of a part's upload; 0 when no answer arrived. */
export type PutPart = (
  url: string,
  body: Blob,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
) => Promise<number>;

/** Puts the bytes straight into the store. Not by `fetch`, which does not tell how much has left. */
export const putPart: PutPart = (url, body, signal, onProgress) =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.upload.addEventListener("progress", ({ loaded }) => onProgress(loaded));
    request.addEventListener("loadend", () => resolve(request.status));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body);
  });
