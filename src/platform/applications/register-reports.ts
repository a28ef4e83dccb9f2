import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { applyEvent } from "../cases/index.ts";
import type { Work } from "../work.ts";
import type { ChangeKind } from "./change-kind.ts";
import { openChange } from "./open.ts";

/** What the office found in the register, as somebody would report it. */
export interface Found {
  grantingCaseId: string;
  personNumber: string;
  subject: string;
  occursOn: IsoDate;
  reason?: string;
  /** What the report brings, where it brings more than its dates and reason. */
  input?: object;
  /** One for each thing that is reported once. */
  key: string;
}

/**
 * Opens a report of what was found in the register (職権), entered as the register has it; staff confirm it.
 *
 * @returns 1 for a new one, 0 for one that was opened before
 */
export async function reportFromRegister<Entered>(
  work: Work,
  kind: ChangeKind<Entered>,
  { key, input, reason, ...found }: Found,
): Promise<number> {
  const { found: opened, isNew } = await openChange(work, kind, {
    ...found,
    ...(reason ? { reason } : {}),
    origin: "register",
    idempotencyKey: key,
  });
  if (!isNew) return 0;
  await applyEvent(work, {
    caseId: opened.id,
    expectedRevision: 1,
    event: { type: "detect" },
    idempotencyKey: `${key}:detect`,
    input,
  });
  return 1;
}
