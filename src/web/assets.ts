import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Router } from "express";
import { fontFaces, fontFile } from "./fonts.ts";

const { resolve } = createRequire(import.meta.url);
const own = (name: string) => join(import.meta.dirname, "static", name);

/** Every file that pages may load, from this server alone. */
const files: Record<string, { path: string; type: string }> = {
  "tokens.css": { path: resolve("@digital-go-jp/design-tokens/dist/tokens.css"), type: "text/css" },
  "base.css": { path: own("base.css"), type: "text/css" },
  "components.css": { path: own("components.css"), type: "text/css" },
  "pages.css": { path: own("pages.css"), type: "text/css" },
  "screens.js": { path: own("screens.js"), type: "text/javascript" },
  "phrases.js": { path: own("phrases.js"), type: "text/javascript" },
  "security-key.js": { path: own("security-key.js"), type: "text/javascript" },
  "webauthn.js": {
    path: join(dirname(resolve("@simplewebauthn/browser")), "../dist/bundle/index.umd.min.js"),
    type: "text/javascript",
  },
  "session.js": { path: own("session.js"), type: "text/javascript" },
  "htmx.js": { path: resolve("htmx.org/dist/htmx.min.js"), type: "text/javascript" },
  "icon.svg": { path: own("icon.svg"), type: "image/svg+xml" },
};

const loaded = new Map(
  [
    ...Object.entries(files).map(([name, { path, type }]) => ({
      name,
      type,
      bytes: readFileSync(path),
    })),
    { name: "fonts.css", type: "text/css", bytes: Buffer.from(fontFaces) },
  ].map(({ name, type, bytes }) => {
    const version = hash("sha256", bytes, "base64url").slice(0, 10);
    return [name, { bytes, type, version }];
  }),
);

/** For a year: another version has another address. */
const kept = "public, max-age=31536000, immutable";

/** Address of a file with its version, so that a browser keeps it for a year. */
export function asset(name: string): string {
  return `/assets/${name}?v=${loaded.get(name)?.version ?? "0"}`;
}

/** Serves the files; they hold nothing personal, so no session is asked for. */
export function assetRouter(): Router {
  const router = Router();
  router.get("/assets/:name", (request, response) => {
    const file = loaded.get(request.params.name);
    if (!file) {
      response.sendStatus(404);
      return;
    }
    response.type(file.type).set("Cache-Control", kept).send(file.bytes);
  });
  router.get("/assets/fonts/:name", (request, response) => {
    const path = fontFile(request.params.name);
    if (path) response.set("Cache-Control", kept).sendFile(path, { cacheControl: false });
    else response.sendStatus(404);
  });
  return router;
}
