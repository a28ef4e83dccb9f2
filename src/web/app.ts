import express, { type Express } from "express";
import type { Platform } from "#src/platform/platform.ts";
import { Problem } from "#src/platform/problem.ts";
import { assetRouter } from "./assets.ts";
import type { ProgramScreens, ScreenSet } from "./screens.ts";
import { errorPages, unknownAddress } from "./server/error-pages.tsx";
import { addressOf, terminalGate } from "./server/gate.ts";
import { securityHeaders } from "./server/security.ts";
import { serveRoute } from "./server/serve-route.ts";
import { shellScreens } from "./shell/index.ts";

/** Everything the program serves: the shell's own screens around those of each 事務. */
export function screenSets(programs: readonly ProgramScreens[]): readonly ScreenSet[] {
  const { before, after } = shellScreens(programs);
  return [...before, ...programs, ...after];
}

/** The web application; serves nothing but declared routes and the files of `assets.ts`. */
export function createApp(platform: Platform, programs: readonly ProgramScreens[]): Express {
  const sets = screenSets(programs);
  const registered = terminalGate(platform);
  const app = express();
  // `production` whatever the surroundings say: the last resort of Express shows no stack.
  app.disable("x-powered-by").set("env", "production").set("trust proxy", "loopback");
  app.use(...securityHeaders, assetRouter());
  app.use(async (request, _response, next) => {
    if (await registered(addressOf(request))) return next();
    throw new Problem({
      status: 403,
      message: "この端末は登録されていません。",
      details: ["登録された端末から利用するか、システム管理者へ連絡してください。"],
    });
  });
  for (const set of sets) {
    for (const route of set.routes)
      app[route.method](route.path, serveRoute(platform, sets, route));
  }
  app.use(unknownAddress);
  app.use(errorPages(platform, sets));
  return app;
}
