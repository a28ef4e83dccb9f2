import { type CaseHead, headOf } from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import {
  type DocumentCheck,
  documentChecksOf,
  documentStatusTitles,
  documentsSchema,
  type RequiredDocument,
} from "#src/platform/intake/index.ts";
import { choicesOf, Disclosure, RadioGroup } from "../components/index.ts";
import type { AnyRoute } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { askedDocuments } from "./documents.tsx";
import { findCase } from "./find-case.ts";
import { stepFormScreens } from "./step-screens.ts";

interface Seen {
  found: CaseRow;
  head: CaseHead;
  checks: DocumentCheck[];
}

/** The documents that were handed in are looked through. Those not asked for stand behind. */
export function documentsScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { documents } = screens.application;
  return stepFormScreens<Seen>(screens, {
    page: "documents",
    right: "case.enter",
    purpose: "case",
    audit: { opened: "documents.opened", sent: "documents.checked" },
    look: async (work, { caseId, at }) => {
      const { found } = await findCase(work, screens, caseId);
      const checks = await documentChecksOf(work, caseId, at);
      return { found, head: await headOf(work, found), checks };
    },
    title: () => "書類の確認",
    Fields: ({ seen: { checks } }) => {
      const asked = askedDocuments(checks).map(({ code }) => code);
      const statusOf = new Map(checks.map(({ code, status }) => [code, status]));
      const field = (code: string) => (
        <DocumentField
          key={code}
          code={code}
          document={documents[code]}
          status={statusOf.get(code) ?? "not-needed"}
        />
      );
      const others = Object.keys(documents).filter((code) => !asked.includes(code));
      return (
        <>
          {asked.map(field)}
          {others.length > 0 && <Disclosure title="ほかの書類">{others.map(field)}</Disclosure>}
        </>
      );
    },
    read: (form) =>
      documentsSchema(documents).safeParse(
        Object.fromEntries(
          Object.keys(documents).flatMap((code) =>
            form.text(code) ? [[code, form.text(code)]] : [],
          ),
        ),
      ),
    button: "記録する",
    said: "書類の確認を記録しました。",
  });
}

function DocumentField(props: {
  code: string;
  document: RequiredDocument | undefined;
  status: DocumentCheck["status"];
}) {
  const { code, document, status } = props;
  return (
    <RadioGroup
      name={code}
      label={document?.title ?? code}
      hint={document?.hint}
      value={status}
      options={choicesOf(documentStatusTitles)}
    />
  );
}
