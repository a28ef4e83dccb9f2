import { type DocumentCheck, documentStatusTitles } from "#src/platform/intake/index.ts";
import { DefinitionList, EmptyState, Panel } from "../components/index.ts";
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
            ({ code, status }) =>
              [documents[code]?.title ?? code, documentStatusTitles[status]] as const,
          )}
        />
      )}
    </Panel>
  );
}

/** The documents that are asked for in this case. */
export const askedDocuments = (checks: readonly DocumentCheck[]): readonly DocumentCheck[] =>
  checks.filter(({ status }) => status !== "not-needed");
