import { createHash } from "node:crypto";
import type { AwsResponse } from "../../kernel/aws-service";

const STYLE = `
:root{color-scheme:light dark;--ground:#f6f5f2;--surface:#fff;--ink:#1c1d20;--soft:#5b5d63;--line:#dddad3;--strong:#8a8880;--accent:#0f6b66;--on:#fff;--alarm:#9c2f22;--wash:#fbe9e5}
@media (prefers-color-scheme:dark){:root{--ground:#111315;--surface:#1a1d20;--ink:#ececea;--soft:#a3a7ad;--line:#2c3136;--strong:#737980;--accent:#7fd1c7;--on:#06211f;--alarm:#ffab9c;--wash:#3a1d18}}
*{box-sizing:border-box}
html{background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
body{display:grid;min-block-size:100vh;min-block-size:100dvh;margin:0;padding:16px;place-items:center}
main{display:grid;gap:16px;inline-size:100%;max-inline-size:400px}
h1,p{margin:0}
h1{font-size:1.75rem;font-weight:650;letter-spacing:-.02em;line-height:1.2}
.card{display:grid;gap:8px;padding:24px;border:1px solid var(--line);border-radius:14px;background:var(--surface);box-shadow:0 1px 2px rgb(28 29 32/6%),0 8px 24px rgb(28 29 32/6%)}
label{margin-block-start:6px;font-size:.9375rem;font-weight:550}
input,button{inline-size:100%;min-block-size:44px;border:1px solid var(--strong);border-radius:10px;color:inherit;font:inherit}
input{padding-inline:14px;background:var(--ground)}
button{margin-block-start:16px;border-color:var(--accent);background:var(--accent);color:var(--on);font-weight:550;cursor:pointer}
button:hover{background:color-mix(in srgb,var(--accent) 86%,var(--ink))}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.notice{padding:12px 16px;border-radius:10px;background:var(--wash);overflow-wrap:anywhere}
.notice strong{display:block;color:var(--alarm)}
.soft{color:var(--soft);font-size:.8125rem}
code{font:.75rem ui-monospace,Menlo,monospace;color:var(--soft)}
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

export interface FrameOptions {
  readonly status: number;
  readonly title: string;
  /** HTML of the main element. */
  readonly content: string;
  /** Where a form of the page may lead, besides its own host: browsers hold redirects after a form to it as well. */
  readonly formTarget?: string;
  readonly headers?: AwsResponse["headers"];
}

/** A page of the user pool's own: no script, nothing from elsewhere, in no frame, in no cache. */
export function framed({ status, title, content, formTarget = "", headers = {} }: FrameOptions): AwsResponse {
  const policy = [
    "default-src 'none'",
    "img-src data:", // the empty icon, so that browsers ask for none
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action 'self' ${formTarget}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      ...headers,
    },
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`,
  };
}

/** Text as it may stand in an element or a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
