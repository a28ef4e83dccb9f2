import { page, type Reply } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { ApplicationPage } from "./application-page.tsx";
import { ChangePage } from "./change-page.tsx";
import type { AnyCaseScreens } from "./declaration.ts";
import { DraftsContext } from "./drafted-form.tsx";
import { caseTitle } from "./find-case.ts";
import { readFormDrafts } from "./form-drafts.ts";
import { readNext } from "./next-work.tsx";
import { OtherPage } from "./other-page.tsx";
import { OutsidersPanel, readOutsiders } from "./outsiders.tsx";
import { listPath } from "./paths.ts";
import { type Sent, SentContext } from "./sent.tsx";
import { type ShownCase, showCase } from "./show-case.ts";
import type { PageRequest } from "./shown.ts";

/** The page of an application or of a report. */
export function casePage(screens: AnyCaseScreens): AnyRoute {
  const { program } = screens.application;
  return defineRoute({
    method: "get",
    path: `/${program}/cases/:caseId` as const,
    right: "case.read",
    program,
    audit: "case.opened",
    purpose: "case",
    handle: (request) => {
      const { query, params } = request;
      return caseReply(
        screens,
        {
          ...request,
          next: readNext(query),
          draft: query.text("draft"),
          historyPage: readPage(query.text("history")),
        },
        params.caseId,
      );
    },
  });
}

function PageOf(seen: ShownCase) {
  if (seen.isOther) return <OtherPage {...seen.shown} />;
  return seen.isChange ? <ChangePage {...seen.shown} /> : <ApplicationPage {...seen.shown} />;
}

/** A page from 1; what is none is the first. */
const readPage = (text: string): number => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1);

/** The page of a case; with something that was sent and not taken, its form comes back filled in. */
export async function caseReply(
  screens: AnyCaseScreens,
  request: PageRequest,
  caseId: string,
  sent?: Sent,
): Promise<Reply> {
  const seen = await showCase(screens, request, caseId);
  const { found, stateTitle } = seen.shown.view;
  const { drafts, outsiders } = await request.work(
    async (unit) => ({
      drafts: await readFormDrafts(unit, found, request),
      outsiders: await readOutsiders(unit, found, [...seen.shown.view.register.people.keys()]),
    }),
    { caseId },
  );
  return page({
    title: `${caseTitle(found)} ${stateTitle}`,
    status: sent ? (sent.problem?.status ?? 422) : 200,
    breadcrumb: [{ title: "申請一覧", path: listPath(found.program) }, { title: found.number }],
    content: (
      <SentContext.Provider value={sent}>
        <DraftsContext.Provider value={drafts}>
          <PageOf {...seen} />
          <OutsidersPanel outsiders={outsiders} work={request} />
        </DraftsContext.Provider>
      </SentContext.Provider>
    ),
  });
}
