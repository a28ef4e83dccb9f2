import { getCase } from "#src/platform/cases/index.ts";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import { viewApplication, viewChange } from "../view.ts";
import { ApplicationPage } from "./application-view.tsx";
import { ChangePage } from "./change-view.tsx";

/** The page of an application or of a report. */
export const casePage = defineRoute({
  method: "get",
  path: "/child-medical/cases/:caseId",
  right: "case.read",
  program: "child-medical",
  audit: "case.opened",
  purpose: "case",
  async handle({ params: { caseId }, work, platform }) {
    const found = await work((unit) => getCase(unit, caseId), { caseId });
    const today = platform.clock.today();
    if (found.kind === "child-medical-change") {
      const view = await work((unit) => viewChange(unit, caseId), { caseId });
      return page({
        title: `こども医療費助成 変更・喪失届 ${found.number} ${view.stateTitle}`,
        breadcrumb: [{ title: "申請一覧", path: "/child-medical/cases" }, { title: found.number }],
        content: <ChangePage view={view} today={today} />,
      });
    }
    const view = await work((unit) => viewApplication(unit, caseId), { caseId });
    return page({
      title: `こども医療費助成 申請 ${found.number} ${view.stateTitle}`,
      breadcrumb: [{ title: "申請一覧", path: "/child-medical/cases" }, { title: found.number }],
      content: <ApplicationPage view={view} today={today} />,
    });
  },
});
