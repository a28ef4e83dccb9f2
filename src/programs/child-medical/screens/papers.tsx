import { getCase } from "#src/platform/cases/index.ts";
import { documentOf, printDocument } from "#src/platform/documents/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { DefinitionList, PageTitle, Panel, PrintPreview } from "#src/web/components/index.ts";
import { showDate } from "#src/web/dates.ts";
import { PaperWords } from "#src/web/paper-words.tsx";
import { inlinePdf, page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type ChangeLetterKind, makeChangeLetter } from "../change-papers.ts";
import { certificatesOf, entitlementOf } from "../ledger.ts";
import { type LetterKind, makeCertificate, makeLetter } from "../papers.ts";
import { paperTitles } from "./panels.tsx";
import { casePath } from "./parts.tsx";

const letterKinds: readonly string[] = [
  "hold",
  "grant",
  "rejection",
  "revocation",
] satisfies LetterKind[];
const changeLetterKinds: readonly string[] = ["change", "loss"] satisfies ChangeLetterKind[];

/** A paper as it would be issued now; nothing is kept and no number is given. */
export const previewRoute = defineRoute({
  method: "get",
  path: "/child-medical/cases/:caseId/preview/:paper",
  right: "case.read",
  program: "child-medical",
  audit: "paper.previewed",
  purpose: "case",
  async handle({ params: { caseId, paper }, work }) {
    const { pdf } = await work(
      async (unit) => {
        const found = await getCase(unit, caseId);
        if (letterKinds.includes(paper) && found.kind === "child-medical")
          return makeLetter(unit, found, paper as LetterKind);
        if (changeLetterKinds.includes(paper) && found.kind === "child-medical-change")
          return makeChangeLetter(unit, found, paper as ChangeLetterKind);
        const granted = paper === "certificate" ? await entitlementOf(unit, caseId) : undefined;
        if (!granted) throw notFound("見本はまだ作れません。");
        const issued = await certificatesOf(unit, granted.id);
        return makeCertificate(unit, granted, { issue: (issued[0]?.issue ?? 0) + 1 });
      },
      { caseId },
    );
    return inlinePdf(`${paper}-preview.pdf`, pdf);
  },
});

/** An issued paper with its preview; printed from here it is the one that was issued. */
export const documentPage = defineRoute({
  method: "get",
  path: "/child-medical/documents/:documentId",
  right: "document.print",
  program: "child-medical",
  audit: "document.opened",
  purpose: "case",
  async handle({ params: { documentId }, work }) {
    const { found, number } = await work(async (unit) => {
      const document = await documentOf(unit, documentId);
      return { found: document, number: (await getCase(unit, document.caseId)).number };
    });
    const title = `${paperTitles[found.kind] ?? found.kind} ${found.number}`;
    return page({
      title,
      breadcrumb: [
        { title: "申請一覧", path: "/child-medical/cases" },
        { title: number, path: casePath(found.caseId) },
        { title: paperTitles[found.kind] ?? found.kind },
      ],
      content: (
        <>
          <PageTitle>{title}</PageTitle>
          <Panel title="発行の記録">
            <DefinitionList
              columns={3}
              items={[
                ["発行日", showDate(found.issuedOn as IsoDate)],
                [
                  "様式・設定",
                  <PaperWords
                    paper={{ template: found.templateVersion, setting: found.formSettingId }}
                  />,
                ],
                ["SHA-256", <code>{found.sha256.slice(0, 16)}…</code>],
              ]}
            />
          </Panel>
          <PrintPreview src={`/child-medical/documents/${found.id}/pdf`} title={title} />
        </>
      ),
    });
  },
});

/** The bytes as they were issued; each time is recorded. */
export const documentPdf = defineRoute({
  method: "get",
  path: "/child-medical/documents/:documentId/pdf",
  right: "document.print",
  program: "child-medical",
  audit: "document.printed",
  purpose: "case",
  async handle({ params: { documentId }, work }) {
    const { document, pdf } = await work((unit) => printDocument(unit, documentId));
    return inlinePdf(`${document.kind}.pdf`, pdf);
  },
});
