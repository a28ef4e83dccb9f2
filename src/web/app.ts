import compression from "compression";
import express, { type Express, type RequestHandler, Router } from "express";
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

/**
 * The web application; serves nothing but declared routes and the files of `assets.ts`.
 *
 * @param observe sees every request before anything else does
 */
export function createApp(
  platform: Platform,
  programs: readonly ProgramScreens[],
  observe?: RequestHandler,
): Express {
  const sets = screenSets(programs);
  const registered = terminalGate(platform);
  const app = express();
  // `production` whatever the surroundings say: the last resort of Express shows no stack.
  app.disable("x-powered-by").set("env", "production").set("trust proxy", "loopback");
  if (observe) app.use(observe);
  // The cookie of the session is of the same site alone: nobody makes a terminal ask for pages of chosen lengths.
  app.use(...securityHeaders, compression(), assetRouter());
  app.use(async (request, _response, next) => {
    if (await registered(addressOf(request))) return next();
    throw new Problem({
      status: 403,
      message: "この端末は登録されていません。",
      details: ["登録された端末から利用するか、システム管理者へ連絡してください。"],
    });
  });
  app.use(routesByArea(platform, sets));
  app.use(unknownAddress);
  app.use(errorPages(platform, sets));
  return app;
}

/** All routes, divided by the first part of their path: a request is compared with those of its area alone. */
function routesByArea(platform: Platform, sets: readonly ScreenSet[]): RequestHandler {
  const areas = new Map<string, Router>();
  for (const route of sets.flatMap(({ routes }) => routes)) {
    const area = areaOf(route.path);
    const router = areas.get(area) ?? Router();
    router[route.method](route.path, serveRoute(platform, sets, route));
    areas.set(area, router);
  }
  return (request, response, next) => {
    const router = areas.get(areaOf(request.path));
    if (router) router(request, response, next);
    else next();
  };
}

/** Express takes capitals as small letters. */
const areaOf = (path: string) => path.split("/", 2)[1]?.toLowerCase() ?? "";
