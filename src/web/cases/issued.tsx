import { joinPdfs } from "#forms/index.ts";
import { titleOfSorts } from "#src/platform/applications/index.ts";
import {
  documentsOfStep,
  type IssuedDocument,
  printDocument,
} from "#src/platform/documents/index.ts";
import { lookAtPeople, shownName } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { ButtonLink, Columns, PageTitle, Panel, PrintPreview, Table } from "../components/index.ts";
import { numberOf } from "../params.ts";
import { inlinePdf, page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { caseTitle, findCase } from "./find-case.ts";
import { paperTitle } from "./paper-title.ts";
import { casePath, documentPath, issuedPath, listPath } from "./paths.ts";

/** What was issued just now: shown at once, to be printed in one go. */
export function issuedScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { program } = screens.application;
  const shared = { method: "get", right: "document.print", program, purpose: "case" } as const;
  return [
    defineRoute({
      ...shared,
      path: `/${program}/cases/:caseId/issued/:revision` as const,
      audit: "issued.opened",
      handle: ({ params: { caseId, revision }, work }) =>
        work((unit) => issuedReply(unit, screens, caseId, numberOf(revision)), { caseId }),
    }),
    // The bytes as they were issued; each time is recorded for each of them.
    defineRoute({
      ...shared,
      path: `/${program}/cases/:caseId/issued/:revision/pdf` as const,
      audit: "issued.printed",
      async handle({ params: { caseId, revision }, work }) {
        const pdfs = await work(
          async (unit) => {
            const { documents } = await issuedIn(unit, screens, caseId, numberOf(revision));
            const papers: Uint8Array[] = [];
            for (const { id } of documents) papers.push((await printDocument(unit, id)).pdf);
            return papers;
          },
          { caseId },
        );
        return inlinePdf("certificates.pdf", await joinPdfs(pdfs));
      },
    }),
  ];
}

async function issuedIn(work: Work, screens: AnyCaseScreens, caseId: string, revision: number) {
  const { found } = await findCase(work, screens, caseId);
  return { found, documents: await documentsOfStep(work, found.id, revision) };
}

async function issuedReply(work: Work, screens: AnyCaseScreens, caseId: string, revision: number) {
  const { application } = screens;
  const { found, documents } = await issuedIn(work, screens, caseId, revision);
  const people = await lookAtPeople(
    work,
    documents.map(({ personNumber }) => personNumber),
    ["name"],
  );
  const names = new Map(people.map((person) => [person.personNumber, shownName(person)]));
  const titles = new Set(documents.map((row) => paperTitle(application, row)));
  const what = titles.size > 1 ? "証" : [...titles].join("") || titleOfSorts(application, []);
  const title = `${caseTitle(found)} 交付した${what}`;
  const path = casePath(found);
  return page({
    title,
    breadcrumb: [
      { title: "申請一覧", path: listPath(found.program) },
      { title: found.number, path },
      { title: `交付した${what}` },
    ],
    content: (
      <>
        <PageTitle
          actions={
            <ButtonLink href={path} look="primary">
              申請に戻る
            </ButtonLink>
          }
        >
          {title}
        </PageTitle>
        <Columns wide="last">
          <Panel title={`交付した${what}`}>
            <Table<IssuedDocument>
              caption={`交付した${what}`}
              rows={documents}
              href={(row) => documentPath(row.program, row.id)}
              columns={[
                { title: "文書", cell: (row) => paperTitle(application, row) },
                { title: "氏名", cell: (row) => names.get(row.personNumber) },
                { title: "文書番号", cell: (row) => row.number },
              ]}
            />
          </Panel>
          <PrintPreview
            src={`${issuedPath(found, revision)}/pdf`}
            title={`交付した${what}（${documents.length}枚）`}
          />
        </Columns>
      </>
    ),
  });
}
