import type { Request, RequestHandler, Response } from "express";
import type { Actor } from "#src/platform/access/index.ts";
import { resume } from "#src/platform/access/index.ts";
import { recordAudit } from "#src/platform/audit/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import { runWork, SessionEnded } from "#src/platform/work.ts";
import type { AnyRoute, PublicRoute, ScreenRequest, ShellReply } from "../route.ts";
import type { ScreenSet } from "../screens.ts";
import { Values } from "../values.ts";
import { readForm, readFormWithFiles, readSmallForm } from "./body.ts";
import {
  csrfMatches,
  csrfTokenOf,
  readBegun,
  readOrStartVisit,
  readSession,
  writeBegun,
  writeSession,
} from "./cookies.ts";
import { addressOf, requireRight } from "./gate.ts";
import { forgetCounts } from "./menu.ts";
import { sendReply } from "./respond.tsx";
import { StalePage } from "./stale-page.ts";

type GuardedRoute = Exclude<AnyRoute, PublicRoute>;

/** Serves a route with all that its declaration demands. */
export function serveRoute(
  platform: Platform,
  sets: readonly ScreenSet[],
  route: AnyRoute,
): RequestHandler {
  const set = sets.find(({ routes }) => routes.includes(route));
  return async (request, response) => {
    const context = { platform, sets, request, response };
    const token = readSession(request);
    if (route.right === "public") {
      const secret = token ?? readOrStartVisit(request, response);
      const form = await readGuardedForm(request, response, secret, readSmallForm);
      const reply = await route.handle({
        ...valuesOf(request),
        form,
        csrfToken: csrfTokenOf(secret),
        platform,
        address: addressOf(request),
        partial: isPartial(request),
        sessionToken: token,
        begun: readBegun(request),
      });
      keepSession(request, response, reply);
      if (reply.begun) writeBegun(request, response, reply.begun);
      return sendReply({ ...context, csrfToken: csrfTokenOf(secret) }, reply);
    }
    if (!token) throw new SessionEnded("no session");
    // A page that renews itself after a batch says so; only what the person does prolongs the session.
    const byPage = route.askedByPage ?? request.get("X-Asked-By-Page") !== undefined;
    const actor = await resume(platform, token, { address: addressOf(request), byPage });
    const program = "program" in route ? route.program : undefined;
    if (route.right !== "signed-in") requireRight(actor, route.right, program);
    if (
      actor.passwordExpired &&
      !route.path.startsWith("/account/") &&
      route.path !== "/sign-out"
    ) {
      return sendReply(
        { ...context, actor, csrfToken: csrfTokenOf(token) },
        {
          kind: "redirect",
          to: "/account/password",
          flash: { tone: "warning", text: "パスワードの変更が必要です。" },
        },
      );
    }
    const limit = "takesFiles" in route ? route.takesFiles : undefined;
    const read = limit ? readFormWithFiles(limit) : readForm;
    const form = await readGuardedForm(request, response, token, read);
    if (!limit) requireShort(form);
    const asked = askedBy(platform, actor, route, request, form);
    const reply = await route.handle(asked.request);
    await asked.finish(reply);
    keepSession(request, response, reply);
    if (route.method === "post") await forgetCounts(platform, actor);
    return sendReply(
      {
        ...context,
        actor,
        csrfToken: csrfTokenOf(token),
        programTitle: set?.title,
        program,
        handbook: route.handbook ?? set?.handbook,
      },
      reply,
    );
  };
}

const isPartial = (request: Request) => request.get("HX-Request") === "true";

/** The request as handlers see it; the audit event is written once, with the first unit of work that succeeds. */
function askedBy(
  platform: Platform,
  actor: Actor,
  route: GuardedRoute,
  request: Request,
  form: Values,
) {
  let written = route.audit === "nothing-personal";
  const program = "program" in route ? route.program : undefined;
  const work: ScreenRequest["work"] = async (run, { purpose = route.purpose, ...details } = {}) => {
    const result = await runWork(
      platform,
      actor,
      { purpose, program, ...details },
      async (unit) => {
        const found = await run(unit);
        if (!written) await recordAudit(unit, { kind: "event", action: route.audit });
        return found;
      },
    );
    written = true;
    return result;
  };
  return {
    request: {
      actor,
      ...valuesOf(request),
      form,
      work,
      csrfToken: csrfTokenOf(actor.sessionToken),
      platform,
      partial: isPartial(request),
      address: addressOf(request),
    },
    /** What was answered without the database is recorded too, unless it was refused. */
    async finish(reply: ShellReply): Promise<void> {
      const refused = "status" in reply && (reply.status ?? 200) >= 400;
      if (!written && !refused && reply.session !== "ended") await work(async () => undefined);
    },
  };
}

/** Characters that no field of ours holds; what a page takes in one field is told there. */
const longestField = 20_000;

function requireShort(form: Values): void {
  if (form.names().every((name) => form.all(name).every((one) => one.length <= longestField)))
    return;
  throw new Problem({
    status: 422,
    message: `入力が長すぎます。1つの欄に入力できるのは${longestField.toLocaleString("ja-JP")}字までです。`,
  });
}

async function readGuardedForm(
  request: Request,
  response: Response,
  secret: string,
  read: typeof readForm,
): Promise<Values> {
  if (request.method !== "POST") return new Values();
  const form = await read(request, response);
  if (!csrfMatches(secret, request.get("X-CSRF-Token") ?? form.text("_csrf"))) {
    throw new StalePage();
  }
  return form;
}

function valuesOf(request: Request): { params: Record<string, string>; query: Values } {
  // What every object has (`__proto__`, `constructor` …) names nothing of ours, wherever it would be looked up.
  if (Object.values(request.params).some((value) => typeof value === "string" && value in {}))
    throw notFound();
  const query = new URLSearchParams(request.originalUrl.split("?").slice(1).join("?"));
  return { params: request.params as Record<string, string>, query: new Values(query) };
}

function keepSession(request: Request, response: Response, reply: ShellReply): void {
  if (reply.session === "ended") writeSession(request, response, undefined);
  else if (reply.session) writeSession(request, response, reply.session.token);
}
