import {
  type DocumentCheck,
  type DocumentLimits,
  documentStatusTitles,
} from "#src/platform/intake/index.ts";
import { Badge, DefinitionList, EmptyState, Panel } from "../components/index.ts";
import { showDate } from "../dates.ts";
import type { Shown } from "./shown.ts";

/** What was found of the documents that the case asks for. */
export function DocumentsPanel({ screens, view }: Shown) {
  const asked = askedDocuments(view.documentChecks);
  const { documents } = screens.application;
  if (view.documentChecks.length === 0) return null;
  return (
    <Panel title="書類">
      {asked.length === 0 ? (
        <EmptyState>必要な書類はありません。</EmptyState>
      ) : (
        <DefinitionList
          items={asked.map(
            (one) =>
              [
                documents[one.code]?.title ?? one.code,
                <Found
                  check={one}
                  dated={documents[one.code]?.dated}
                  limit={view.documentLimits?.[one.code]}
                />,
              ] as const,
          )}
        />
      )}
    </Panel>
  );
}

/** How it stands with a document, the day on it, and that this is too early where it is. */
function Found({
  check: { status, datedOn },
  dated,
  limit,
}: {
  check: DocumentCheck;
  dated: string | undefined;
  limit: DocumentLimits[string] | undefined;
}) {
  return (
    <>
      {documentStatusTitles[status]}
      {datedOn && `（${dated} ${showDate(datedOn)}）`}
      {datedOn && limit && datedOn < limit.from && (
        <>
          {" "}
          <Badge tone="warning">{`${limit.rule}（${showDate(limit.from)}）より前`}</Badge>
        </>
      )}
    </>
  );
}

/** The documents that are asked for in this case. */
export const askedDocuments = (checks: readonly DocumentCheck[]): readonly DocumentCheck[] =>
  checks.filter(({ status }) => status !== "not-needed");
