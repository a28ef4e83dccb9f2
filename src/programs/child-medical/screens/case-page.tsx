import { getCase } from "#src/platform/cases/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { page, type Reply } from "#src/web/reply.ts";
import { defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { viewApplication, viewChange } from "../view.ts";
import { ApplicationPage } from "./application-view.tsx";
import { ChangePage } from "./change-view.tsx";
import { type Sent, SentContext } from "./sent.tsx";

/** The page of an application or of a report. */
export const casePage = defineRoute({
  method: "get",
  path: "/child-medical/cases/:caseId",
  right: "case.read",
  program: "child-medical",
  audit: "case.opened",
  purpose: "case",
  handle: ({ params: { caseId }, work, platform }) => caseReply({ work, platform }, caseId),
});

/** The page of a case; with a step that was sent and not taken, its form comes back filled in. */
export async function caseReply(
  { work, platform }: { work: ScreenRequest["work"]; platform: Platform },
  caseId: string,
  sent?: Sent,
): Promise<Reply> {
  const { kind } = await work((unit) => getCase(unit, caseId), { caseId });
  const today = platform.clock.today();
  const isChange = kind === "child-medical-change";
  const { view, content } = isChange
    ? await work((unit) => viewChange(unit, caseId), { caseId }).then((view) => ({
        view,
        content: <ChangePage view={view} today={today} />,
      }))
    : await work((unit) => viewApplication(unit, caseId), { caseId }).then((view) => ({
        view,
        content: <ApplicationPage view={view} today={today} />,
      }));
  const { number } = view.found;
  return page({
    title: `こども医療費助成 ${isChange ? "変更・喪失届" : "申請"} ${number} ${view.stateTitle}`,
    status: sent ? (sent.problem?.status ?? 422) : 200,
    breadcrumb: [{ title: "申請一覧", path: "/child-medical/cases" }, { title: number }],
    content: <SentContext.Provider value={sent}>{content}</SentContext.Provider>,
  });
}
