import { type CaseHead, headOf } from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import {
  type DocumentCheck,
  type DocumentLimits,
  datedField,
  documentChecksOf,
  documentStatusTitles,
  documentsSchema,
  type RequiredDocument,
} from "#src/platform/intake/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { choicesOf, DateField, Disclosure, RadioGroup } from "../components/index.ts";
import { readDate, showDateShort } from "../dates.ts";
import type { AnyRoute } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { askedDocuments } from "./documents.tsx";
import { findCase } from "./find-case.ts";
import { stepFormScreens } from "./step-screens.ts";

interface Seen {
  found: CaseRow;
  head: CaseHead;
  checks: DocumentCheck[];
  limits: DocumentLimits;
  today: IsoDate;
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
      const limits = (await screens.application.documentLimits?.(work, found)) ?? {};
      const today = work.platform.clock.today();
      return { found, head: await headOf(work, found), checks, limits, today };
    },
    title: () => "書類の確認",
    Fields: ({ seen: { checks, limits, today } }) => {
      const asked = askedDocuments(checks).map(({ code }) => code);
      const checkOf = new Map(checks.map((one) => [one.code, one]));
      const field = (code: string) => (
        <DocumentField
          key={code}
          code={code}
          document={documents[code]}
          status={checkOf.get(code)?.status ?? "not-needed"}
          datedOn={checkOf.get(code)?.datedOn ?? null}
          limit={limits[code]}
          today={today}
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
          Object.entries(documents).flatMap(([code, { dated }]) => [
            ...(form.text(code) ? [[code, form.text(code)]] : []),
            ...(dated && form.text(datedField(code))
              ? [[datedField(code), readDate(form.text(datedField(code))) ?? "unreadable"]]
              : []),
          ]),
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
  datedOn: IsoDate | null;
  limit: DocumentLimits[string] | undefined;
  today: IsoDate;
}) {
  const { code, document, status, datedOn, limit, today } = props;
  return (
    <>
      <RadioGroup
        name={code}
        label={document?.title ?? code}
        hint={document?.hint}
        value={status}
        options={choicesOf(documentStatusTitles)}
      />
      {document?.dated && (
        <DateField
          name={datedField(code)}
          label={`${document.title}の${document.dated}`}
          value={datedOn ? showDateShort(datedOn) : ""}
          {...(limit ? { notBefore: { on: limit.from, word: limit.rule } } : {})}
          notAfter={{ on: today, word: "今日" }}
        />
      )}
    </>
  );
}
