import { type CaseRow, stepInWords, stepsSince } from "#src/platform/cases/index.ts";
import type { DraftMark } from "#src/platform/intake/index.ts";
import type { Work } from "#src/platform/work.ts";
import { Notification } from "../components/index.ts";

/** A draft with what was done in the case since it was kept. */
export interface OfferedDraft extends DraftMark {
  since: readonly string[];
}

/** @param mark undefined where there is no draft */
export async function offered(
  work: Work,
  found: CaseRow,
  mark: DraftMark | undefined,
): Promise<OfferedDraft | undefined> {
  if (!mark) return undefined;
  const since = await stepsSince(work, found, mark.revision);
  return { ...mark, since: since.map(stepInWords) };
}

/** The case was moved on since the draft was kept. */
export function MovedOn({ since }: { since: readonly string[] }) {
  if (since.length === 0) return null;
  return (
    <Notification tone="warning" title="下書きを保存した後に、この申請が進められました。">
      <ul>
        {since.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>保存するときに、違う項目があれば、どちらを残すかを選べます。</p>
    </Notification>
  );
}
