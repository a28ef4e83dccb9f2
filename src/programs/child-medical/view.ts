import { inArray } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import {
  type Approval,
  approvalsOf,
  type Entry,
  latestEntry,
} from "#src/platform/approvals/index.ts";
import {
  type CaseView,
  type PendingEffect,
  pendingEffects,
  viewCase,
} from "#src/platform/cases/index.ts";
import { findCity } from "#src/platform/city/index.ts";
import { documentsOf, type IssuedDocument } from "#src/platform/documents/index.ts";
import { getSealedOne } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { Application } from "./application.ts";
import { type Change, changeOf } from "./change.ts";
import { periodOf } from "./context.ts";
import {
  type Certificate,
  certificatesOf,
  currentData,
  documentChecksOf,
  type Entitlement,
  entitlementOf,
  findEntitlement,
  type IdentityCheck,
  identityChecksOf,
  recordsOf,
} from "./ledger.ts";
import type { CalculatedPeriod } from "./period.ts";
import {
  compareWithRegister,
  lookAtRegister,
  type RegisterDifference,
  type RegisterView,
} from "./register.ts";
import type { RequiredDocument } from "./required-documents.ts";

/** What the page of a case shows beside the register, whichever kind of case it is. */
interface SharedView extends CaseView {
  register: RegisterView;
  entry: Entry | undefined;
  identityChecks: IdentityCheck[];
  approvals: Approval[];
  documents: IssuedDocument[];
  /** Papers that could not be made yet, and why. */
  pending: PendingEffect[];
  /** Names of the staff that occur, by id. */
  staffNames: Map<number, string>;
}

export interface ApplicationView extends SharedView {
  application: Application | undefined;
  differences: RegisterDifference[];
  period: CalculatedPeriod;
  documentChecks: { code: RequiredDocument; status: "seen" | "missing" | "not-needed" }[];
  entitlement: Entitlement | undefined;
  certificates: Certificate[];
  /** The data as they hold now, where a report changed them, and from which day each holds. */
  current: Application | undefined;
  records: { effectiveFrom: string; caseId: string; number: string }[];
}

export interface ChangeView extends SharedView {
  change: Change;
  changed: Partial<Application> | undefined;
  current: Application;
  entitlement: Entitlement;
}

/** All that the page of an application shows; every look is logged. */
export async function viewApplication(work: Work, caseId: string): Promise<ApplicationView> {
  const shared = await sharedView(work, caseId);
  const { entry, found, register } = shared;
  const entered = entry ? await getSealedOne<Application>(work, entry.sealedId) : undefined;
  const masked = register.child.addressMasked;
  const application = entered && masked ? withoutAddresses(entered, hidden) : entered;
  const granted = await entitlementOf(work, caseId);
  const records = granted ? await recordsOf(work, granted.id) : [];
  const current = granted && records.length > 1 ? await currentData(work, granted.id) : undefined;
  return {
    ...shared,
    application,
    differences: application
      ? compareWithRegister(application, register, await findCity(work)).filter(
          (row) => !masked || !row.address,
        )
      : [],
    period: await periodOf(work, found),
    documentChecks: (await documentChecksOf(work, caseId)).map(({ code, status }) => ({
      code: code as RequiredDocument,
      status,
    })),
    entitlement: granted,
    certificates: granted ? await certificatesOf(work, granted.id) : [],
    current: current && masked ? withoutAddresses(current, hidden) : current,
    records,
  };
}

/** All that the page of a report of change or loss shows. */
export async function viewChange(work: Work, caseId: string): Promise<ChangeView> {
  const shared = await sharedView(work, caseId);
  const change = await changeOf(work, caseId);
  const entitlement = await findEntitlement(work, change.entitlementId);
  if (!entitlement) throw new Error("a report always has its entitlement");
  const { entry, register } = shared;
  const seen = <T extends Partial<Application>>(data: T) =>
    register.child.addressMasked ? withoutAddresses(data, hidden) : data;
  return {
    ...shared,
    change,
    changed: entry
      ? seen(await getSealedOne<Partial<Application>>(work, entry.sealedId))
      : undefined,
    current: seen(await currentData(work, entitlement.id)),
    entitlement,
  };
}

const hidden = "非表示（支援措置）";

/** The data with every address replaced: for those who may not see where a protected person lives. */
export function withoutAddresses<T extends Partial<Application>>(data: T, word: string): T {
  const { guardian, agent, mailing } = data;
  const place = { postalCode: word, address: word, building: "" };
  return {
    ...data,
    ...(guardian ? { guardian: { ...guardian, ...place, telephone: word } } : {}),
    ...(agent ? { agent: { ...agent, address: word } } : {}),
    ...(mailing ? { mailing: { ...mailing, ...place } } : {}),
  };
}

async function sharedView(work: Work, caseId: string): Promise<SharedView> {
  const view = await viewCase(work, caseId);
  const [register, entry, identityChecks, approvals, documents] = [
    await lookAtRegister(work, view.found.personNumber),
    await latestEntry(work, caseId),
    await identityChecksOf(work, caseId),
    await approvalsOf(work, caseId),
    await documentsOf(work, caseId),
  ];
  const ids = [
    ...approvals.flatMap(({ preparedBy, decidedBy }) => [preparedBy, decidedBy ?? preparedBy]),
    ...identityChecks.map(({ checkedBy }) => checkedBy),
    ...(entry ? [entry.enteredBy, entry.confirmedBy ?? entry.enteredBy] : []),
  ];
  const names = ids.length ? await work.tx.select().from(staff).where(inArray(staff.id, ids)) : [];
  const staffNames = new Map(names.map(({ id, displayName }) => [id, displayName]));
  const pending = await pendingEffects(work, caseId);
  return { ...view, register, entry, identityChecks, approvals, documents, pending, staffNames };
}
