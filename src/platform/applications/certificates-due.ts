import type { CaseRow } from "../cases/index.ts";
import {
  type Change,
  certificatesOf,
  type Entitlement,
  entitlementsOfCase,
  type IssueReason,
} from "../entitlements/index.ts";
import type { Work } from "../work.ts";
import { type ChangeKind, subjectOfChange } from "./change-kind.ts";
import { reportedData } from "./data.ts";

/** A certificate that is to be issued. */
export interface DueCertificate {
  entitled: Entitlement;
  kind: string;
  reason: IssueReason;
}

/** The certificates that a report makes due, of the persons concerned whose entitlement holds. */
export async function certificatesDue<Entered>(
  work: Work,
  kind: ChangeKind<Entered>,
  found: CaseRow,
  change: Change,
): Promise<DueCertificate[]> {
  const reported = await reportedData(work, found.id);
  const due = reported && subjectOfChange(kind, change).certificates?.(reported.data);
  if (!due) return [];
  const granted = (await entitlementsOfCase(work, found.id)).filter(
    ({ status }) => status === "granted",
  );
  const issued = await certificatesOf(
    work,
    granted.map(({ id }) => id),
  );
  return granted.flatMap((entitled) => {
    const own = issued.filter(
      (one) => one.entitlementId === entitled.id && one.kind === due.kind && one.endedOn === null,
    );
    if (due.of === (own.length > 0 ? "without" : "with")) return [];
    const reason: IssueReason = own.length > 0 ? "changed" : "first";
    return [{ entitled, kind: due.kind, reason }];
  });
}
