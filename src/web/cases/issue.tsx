import { notFound } from "#src/platform/problem.ts";
import { Columns, PageTitle, Panel, PrintPreview } from "../components/index.ts";
import { page, type Reply } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { Banners } from "./banners.tsx";
import type { AnyCaseScreens } from "./declaration.ts";
import { DraftsContext } from "./drafted-form.tsx";
import { caseTitle } from "./find-case.ts";
import { readFormDrafts } from "./form-drafts.ts";
import { IssueForm, IssueList, issuable } from "./issue-parts.tsx";
import { casePath, listPath } from "./paths.ts";
import { type Sent, SentContext } from "./sent.tsx";
import { showCase } from "./show-case.ts";
import type { PageRequest } from "./shown.ts";

/** Certificates as they will be printed, before the button that issues them (again). */
export function issuePage(screens: AnyCaseScreens): AnyRoute {
  const { program } = screens.application;
  return defineRoute({
    method: "get",
    path: `/${program}/cases/:caseId/issue` as const,
    right: "certificate.issue",
    program,
    audit: "issue.opened",
    purpose: "case",
    async handle(request) {
      const draft = request.query.text("draft");
      const reply = await issueReply(screens, { ...request, draft }, request.params.caseId);
      if (!reply)
        throw notFound(`交付できる${screens.application.certificate.title}はありません。`);
      return reply;
    },
  });
}

/** The page, where certificates can be issued; with an issue that was refused, its form comes back filled in. */
export async function issueReply(
  screens: AnyCaseScreens,
  request: PageRequest,
  caseId: string,
  sent?: Sent,
): Promise<Reply | undefined> {
  const seen = await showCase(screens, request, caseId);
  const { shown } = seen;
  const { view } = shown;
  const action = view.actions.find(({ rule }) => rule.page === "issue");
  const rows = action ? issuable(seen, action) : [];
  const [first] = rows;
  if (!action || !first) return undefined;
  const title = `${caseTitle(view.found)} ${action.title}`;
  const path = casePath(view.found);
  const drafts = await request.work(
    (unit) => readFormDrafts(unit, view.found, { page: "issue", draft: request.draft }),
    { caseId },
  );
  return page({
    title,
    status: sent ? (sent.problem?.status ?? 422) : 200,
    breadcrumb: [
      { title: "申請一覧", path: listPath(view.found.program) },
      { title: view.found.number, path },
      { title: action.title },
    ],
    content: (
      <SentContext.Provider value={sent}>
        <DraftsContext.Provider value={drafts}>
          <PageTitle>{title}</PageTitle>
          <Banners {...shown} />
          <Columns wide="last">
            <Panel title="この操作で行われること">
              <IssueList {...shown} action={action} rows={rows} />
              <IssueForm {...shown} action={action} rows={rows} />
            </Panel>
            <PrintPreview src={first.preview} frame="certificate" title={`${first.title}の見本`} />
          </Columns>
        </DraftsContext.Provider>
      </SentContext.Provider>
    ),
  });
}
