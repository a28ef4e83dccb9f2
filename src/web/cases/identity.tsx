import {
  type IdentityCheck,
  identityDocumentTitles,
  identityMethodTitles,
} from "#src/platform/intake/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { DefinitionList, EmptyState, Panel } from "../components/index.ts";
import { showDate } from "../dates.ts";
import type { Shown } from "./shown.ts";

/** Who stands at the counter. */
export const identitySubjectTitles = { applicant: "申請者", agent: "代理人" } as const;

/** Identity checks of a case: kinds of documents only. */
export function IdentityPanel({ view }: Shown) {
  const { identityChecks, staffNames, prepared } = view;
  const asks = Object.values(prepared.definition.events).some(({ act }) => act === "identify");
  if (!asks) return null;
  return (
    <Panel title="本人確認">
      {identityChecks.length === 0 ? (
        <EmptyState>まだ記録がありません。</EmptyState>
      ) : (
        <DefinitionList
          items={identityChecks.map(
            (check) =>
              [
                identitySubjectTitles[check.subject],
                `${whatWasShown(check)}（${showDate(check.checkedOn as IsoDate)} ${staffNames.get(check.checkedBy) ?? ""}）`,
              ] as const,
          )}
        />
      )}
    </Panel>
  );
}

const whatWasShown = ({ method, documents, mandateSeen }: IdentityCheck): string =>
  [
    identityMethodTitles[method],
    ...documents.map((code) => identityDocumentTitles[code as keyof typeof identityDocumentTitles]),
    ...(mandateSeen ? ["委任状"] : []),
  ].join("・");
