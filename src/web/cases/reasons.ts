import type {
  AnyApplicationKind,
  AnyChangeKind,
  Titles,
} from "#src/platform/applications/index.ts";
import { reissueReasonTitles } from "#src/platform/entitlements/index.ts";
import type { CaseEventRule } from "#workflows/cases/definition.ts";
import { cancellationReasons, refusalReasons } from "#workflows/claims/reasons.ts";
import type { AnyOtherCases } from "./declaration.ts";

/** The reasons that an event asks for. */
export const reasonsOf = (
  { reasons }: AnyApplicationKind,
  name: NonNullable<CaseEventRule["reasons"]>,
  other?: AnyOtherCases,
): Titles =>
  other?.reasons?.[name] ??
  {
    dismissal: {},
    ...reasons,
    reissue: reissueReasonTitles,
    refusal: refusalReasons,
    cancellation: cancellationReasons,
  }[name];

/** Why an entitlement was acquired, in words: for what it was applied, or the subject of the report by which somebody joined. */
export const grantReason = (
  { application: { reasons }, subjects }: AnyChangeKind,
  reason: string | null,
): string => reasons.grant?.[reason ?? ""] ?? subjects[reason ?? ""]?.title ?? "申請";

/** Why an entitlement ended by the clock. */
const expiryTitles: Titles = { age: "対象年齢の終了（年齢到達）", expired: "有効期間の満了" };

/** Why an entitlement was moved, in words: a reason or the subject of a report; nothing where the kind of movement says it all. */
export function movementReason(
  { application, subjects }: AnyChangeKind,
  reason: string | null,
): string | undefined {
  if (reason === null) return undefined;
  const titles = Object.values(subjects).map((subject) => subject.reasons?.[reason]);
  return (
    titles.find((title) => title !== undefined) ??
    subjects[reason]?.title ??
    application.reasons.renewal?.[reason] ??
    expiryTitles[reason]
  );
}
