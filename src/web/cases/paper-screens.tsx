import {
  isLetterKind,
  type LetterKind,
  letterAhead,
  makeCertificate,
  makeChangeLetter,
  makeLetter,
  mayYetSend,
} from "#src/platform/applications/index.ts";
import { type CaseRow, getCase } from "#src/platform/cases/index.ts";
import { documentOf, printDocument } from "#src/platform/documents/index.ts";
import {
  certificatesOf,
  changeOf,
  entitlementsOfCase,
  nextIssue,
} from "#src/platform/entitlements/index.ts";
import type { MadePaper } from "#src/platform/letters/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { DefinitionList, PageTitle, Panel, PrintPreview } from "../components/index.ts";
import { showDate } from "../dates.ts";
import { PaperWords } from "../paper-words.tsx";
import { inlinePdf, page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { type FoundCase, findCase } from "./find-case.ts";
import { paperTitle } from "./paper-title.ts";
import { casePath, documentPath, listPath } from "./paths.ts";

/** Papers as they would be issued now, and as they were issued. */
export function paperScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { program } = screens.application;
  return [
    // Nothing is kept and no number is given.
    defineRoute({
      method: "get",
      path: `/${program}/cases/:caseId/preview/:paper` as const,
      right: "case.read",
      program,
      audit: "paper.previewed",
      purpose: "case",
      async handle({ params: { caseId, paper }, query, work }) {
        const asked = { caseId, paper, nth: query.integer("of") ?? 0, sort: query.text("sort") };
        const { pdf } = await work((unit) => preview(unit, screens, asked), { caseId });
        return inlinePdf(`${paper}-preview.pdf`, pdf);
      },
    }),
    // Printed from here it is the paper that was issued.
    defineRoute({
      method: "get",
      path: `/${program}/documents/:documentId` as const,
      right: "document.print",
      program,
      audit: "document.opened",
      purpose: "case",
      handle: ({ params: { documentId }, work }) =>
        work((unit) => documentReply(unit, screens, documentId)),
    }),
    // The bytes as they were issued; each time is recorded.
    defineRoute({
      method: "get",
      path: `/${program}/documents/:documentId/pdf` as const,
      right: "document.print",
      program,
      audit: "document.printed",
      purpose: "case",
      async handle({ params: { documentId }, work }) {
        const { document, pdf } = await work(async (unit) => {
          await issuedHere(unit, program, documentId);
          return printDocument(unit, documentId);
        });
        return inlinePdf(`${document.kind}.pdf`, pdf);
      },
    }),
  ];
}

async function preview(
  work: Work,
  screens: AnyCaseScreens,
  asked: { caseId: string; paper: string; nth: number; sort: string },
): Promise<MadePaper> {
  const { caseId, paper, nth, sort } = asked;
  const { found, isChange, other } = await findCase(work, screens, caseId);
  if (other) return other.preview(work, caseId);
  if (isLetterKind(paper)) return previewLetter(work, screens, { found, isChange }, paper);
  // Of the persons of the case the nth: no number of a person stands in an address.
  const granted =
    paper === "certificate" ? (await entitlementsOfCase(work, caseId))[nth] : undefined;
  if (!granted) throw notFound("見本はまだ作れません。");
  const of = sort || undefined;
  const issue = nextIssue(await certificatesOf(work, [granted.id]), granted.id, of);
  return makeCertificate(work, screens.application, granted, { issue, sort: of, sample: true });
}

/** Only what the report itself sends, or its rejection. */
async function previewOfChange(
  work: Work,
  { change: kind }: AnyCaseScreens,
  found: CaseRow,
  letter: LetterKind,
): Promise<MadePaper> {
  const change = await changeOf(work, found.id);
  if (letter !== "rejection" && letter !== letterAhead(found, change))
    throw notFound("この文書は、これから送付されません。");
  return makeChangeLetter(work, kind, found, letter);
}

/** A letter of a case as it would go out now, without a number. @throws Problem 404 for one that no way of the case sends */
export const previewLetter = async (
  work: Work,
  screens: AnyCaseScreens,
  { found, isChange }: FoundCase,
  kind: LetterKind,
): Promise<MadePaper> => {
  if (!mayYetSend(found, kind)) throw notFound("この文書は、これから送付されません。");
  return isChange
    ? previewOfChange(work, screens, found, kind)
    : makeLetter(work, screens.application, found, kind);
};

/** @throws Problem 404 for a paper of another 事務 */
async function issuedHere(work: Work, program: string, documentId: string) {
  const document = await documentOf(work, documentId);
  if (document.program !== program) throw notFound("文書が見つかりません。");
  return document;
}

async function documentReply(work: Work, screens: AnyCaseScreens, documentId: string) {
  const { program } = screens.application;
  const { id, kind, number, caseId, issuedOn, sha256, templateVersion, formSettingId } =
    await issuedHere(work, program, documentId);
  const from = caseId ? await getCase(work, caseId) : undefined;
  const name = paperTitle(screens.application, { kind, templateVersion });
  const title = `${name} ${number}`;
  return page({
    title,
    breadcrumb: [
      { title: "申請一覧", path: listPath(program) },
      ...(from ? [{ title: from.number, path: casePath(from) }] : []),
      { title: name },
    ],
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Panel title="発行の記録">
          <DefinitionList
            columns={3}
            items={[
              ["発行日", showDate(issuedOn as IsoDate)],
              [
                "様式・設定",
                <PaperWords paper={{ template: templateVersion, setting: formSettingId }} />,
              ],
              ["SHA-256", <code>{sha256.slice(0, 16)}…</code>],
            ]}
          />
        </Panel>
        <PrintPreview src={`${documentPath(program, id)}/pdf`} title={title} />
      </>
    ),
  });
}
