import { randomInt } from "node:crypto";
import type { ErrorRequestHandler, Request, RequestHandler } from "express";
import { codeOf } from "#db/server/start-problem.ts";
import { resume, sessionState } from "#src/platform/access/index.ts";
import { describe } from "#src/platform/described.ts";
import type { Platform } from "#src/platform/platform.ts";
import { Problem } from "#src/platform/problem.ts";
import { SessionEnded, SessionLocked } from "#src/platform/work.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import { ButtonLink, Notification, PageTitle } from "../components/index.ts";
import type { ScreenSet } from "../screens.ts";
import { LockedPage } from "../shell/lock-page.tsx";
import { signInAddress } from "../shell/session-end.ts";
import { csrfTokenOf, readOrStartVisit, readSession, writeSession } from "./cookies.ts";
import { addressOf } from "./gate.ts";
import { refusalRecorder } from "./refusals.ts";
import { sendReply } from "./respond.tsx";
import { StalePage } from "./stale-page.ts";

const titles: Record<number, string> = {
  403: "権限がありません",
  404: "見つかりません",
  409: "ほかの職員が先に進めました",
  413: "ファイルが大きすぎます",
  422: "入力内容を確認してください",
  500: "処理できませんでした",
  503: "まだ使えません",
};

/** No route has this address. */
export const unknownAddress: RequestHandler = (_request, _response, next) => {
  next(new Problem({ status: 404, message: "お探しの画面はありません。" }));
};

/** Turns whatever was thrown into a page that says what to do; details go to the log under a number. */
export function errorPages(platform: Platform, sets: readonly ScreenSet[]): ErrorRequestHandler {
  const recordRefusal = refusalRecorder(platform);
  return async (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const token = readSession(request);
    const csrfToken = csrfTokenOf(token ?? readOrStartVisit(request, response));
    const context = { platform, sets, request, response, csrfToken };
    const back = (request.method === "GET" ? request.originalUrl : cameFrom(request)) ?? "/";
    if (error instanceof SessionEnded) {
      const state = token === undefined ? undefined : await sessionState(platform, token);
      writeSession(request, response, undefined);
      return sendReply(context, { kind: "redirect", to: signInAddress(state?.why, back) });
    }
    if (error instanceof SessionLocked) {
      const state = token === undefined ? undefined : await sessionState(platform, token);
      const sent = request.method === "POST";
      return sendReply(context, {
        kind: "page",
        title: "ロック中",
        breadcrumb: [],
        bare: true,
        status: 423,
        content: (
          <LockedPage
            staffName={state?.staffName ?? ""}
            needsCode={state?.needsCode ?? false}
            back={back}
            carries={sent}
          />
        ),
      });
    }
    const problem = problemOf(error);
    const stale = error instanceof StalePage;
    const title = stale ? "画面が古くなっています" : (titles[problem.status] ?? "エラー");
    const actor =
      token &&
      (await resume(platform, token, { address: addressOf(request), byPage: true }).catch(
        () => undefined,
      ));
    if (actor && problem.status === 403)
      await recordRefusal(actor, request, error instanceof Problem ? error.lacks : undefined);
    return sendReply(
      { ...context, actor: actor || undefined },
      {
        kind: "page",
        title,
        breadcrumb: [{ title }],
        status: problem.status,
        content: (
          <ProblemPage
            {...problem}
            title={title}
            back={cameFrom(request)}
            carries={stale || problem.status === 409}
          />
        ),
      },
    );
  };
}

interface Shown {
  status: number;
  message: string;
  details: readonly string[];
  see?: Problem["see"];
}

function problemOf(error: unknown): Shown {
  if (error instanceof Problem) {
    const { status, message, details, see } = error;
    return { status, message, details, see };
  }
  // Names a parameter and a day, nothing of a person.
  if (error instanceof MissingParameterError) {
    return { status: 422, message: error.message, details: [] };
  }
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  if (status === 413) {
    return { status: 413, message: "送られた内容が大きすぎます。", details: [] };
  }
  if (codeOf(error) === refusedByDatabase) {
    return { status: 403, message: "この操作を行う権限がありません。", details: [] };
  }
  if (status === 400 || status === 415 || unreadable.has(codeOf(error))) {
    return { status: 422, message: "送られた内容を読み取れませんでした。", details: [] };
  }
  const number = `E${Date.now().toString(36).toUpperCase()}-${randomInt(1000, 9999)}`;
  // Names of errors and places in the code only: messages of the database can hold what was entered.
  console.error(`${number} ${describe(error)}`);
  return {
    status: 500,
    message: "システムの処理中に問題が起きました。入力した内容は保存されていません。",
    details: [
      `エラー番号: ${number}`,
      "もう一度試しても同じ場合は、この番号を添えてシステム管理者へ連絡してください。",
    ],
  };
}

/** PostgreSQL's codes for a text that is no number, UUID or date, or lies out of range: an address or field made up. */
const unreadable = new Set(["22P02", "22003", "22007", "22008", "22021"]);

/** What the database itself refuses to those who lack the right. */
const refusedByDatabase = "42501";

/** Path of the page of ours from which a form was sent. */
function cameFrom(request: Request): string | undefined {
  const referrer = request.method === "POST" ? request.get("Referer") : undefined;
  if (!referrer || !URL.canParse(referrer)) return undefined;
  const { host, pathname, search } = new URL(referrer);
  return host === request.get("Host") ? pathname + search : undefined;
}

function ProblemPage({
  status,
  message,
  details,
  see,
  title,
  back,
  carries,
}: Shown & { title: string; back: string | undefined; carries: boolean }) {
  return (
    <>
      <PageTitle>{title}</PageTitle>
      <Notification tone={status === 500 || status === 403 ? "error" : "warning"} title={message}>
        <ul>
          {details.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      </Notification>
      <p class="actions">
        {carries && back && (
          <a class="button button-primary" href={back} data-carry-over>
            入力を引き継いで最新の画面を開く
          </a>
        )}
        {see && <ButtonLink href={see.path}>{see.title}</ButtonLink>}
        {status !== 409 && back && <ButtonLink href={back}>元の画面へ戻る</ButtonLink>}
        <ButtonLink href="/">ホームへ戻る</ButtonLink>
      </p>
    </>
  );
}
