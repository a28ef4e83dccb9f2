import { eq, inArray } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { change as changeRow } from "#db/schema/entitlements.ts";
import { institution } from "#db/schema/receipts.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import {
  type Approval,
  type AssignmentView,
  approvalsOf,
  type CaseRow,
  type CaseView,
  definitionOf,
  type LapsedLetter,
  lapsedLetters,
  type PendingEffect,
  pendingEffects,
  viewAssignment,
  viewCase,
} from "../cases/index.ts";
import { documentsOf, type IssuedDocument } from "../documents/index.ts";
import {
  type Certificate,
  type CertificateReturn,
  type Change,
  type Consequence,
  certificatesOf,
  changeOf,
  consequencesOf,
  type DataRecord,
  type Entitlement,
  entitlementsOfCase,
  type FollowUp,
  followUpsOfEntitlements,
  insurerConsequences,
  type Movement,
  movementsOf,
  recordsOf,
  returnsOfEntitlements,
  type Suspension,
  suspensionsOf,
} from "../entitlements/index.ts";
import { withoutAddresses } from "../entry-parts/index.ts";
import {
  type DocumentCheck,
  type DocumentLimits,
  documentChecksOf,
  type Entry,
  type IdentityCheck,
  type Inquiry,
  identityChecksOf,
  inquiriesOf,
  latestEntry,
  openEntry,
} from "../intake/index.ts";
import { type Attachment, attachmentsOf, type Note, notesOf } from "../notes/index.ts";
import { type HouseholdView, lookAtHousehold } from "../people/index.ts";
import type { Work } from "../work.ts";
import { nameCertificates } from "./certificate-titles.ts";
import { certificatesDue, type DueCertificate } from "./certificates-due.ts";
import { type ChangeKind, grantingByReport, insurerOf, subjectOfChange } from "./change-kind.ts";
import { currentData, patched, reportedData } from "./data.ts";
import { type CaseHead, headOf } from "./head.ts";
import { type JudgedIncomes, judgeIncomes } from "./judged-incomes.ts";
import { type ApplicationKind, type Granting, joinEntry } from "./kind.ts";
import { type MailingPeriod, mailingHistory } from "./mailing-history.ts";
import { correctionOf } from "./movement-subjects.ts";

/** What the page of a case shows beside the register, whichever kind of case it is. */
export interface SharedView extends CaseView {
  register: HouseholdView;
  head: CaseHead;
  /** Whether the address of one of the persons is withheld from this member of staff. */
  masked: boolean;
  /** Whether one of the persons is under 支援措置. */
  isProtected: boolean;
  entry: Entry | undefined;
  identityChecks: IdentityCheck[];
  documentChecks: DocumentCheck[];
  /** From which day on they have to be dated, where the 事務 has a rule. */
  documentLimits?: DocumentLimits | undefined;
  approvals: Approval[];
  /** Who has the case (担当). */
  assignment: AssignmentView;
  documents: IssuedDocument[];
  notes: Note[];
  attachments: Attachment[];
  inquiries: Inquiry[];
  entitlements: Entitlement[];
  movements: Movement[];
  certificates: Certificate[];
  /** What came of certificates that are to come back (回収), by certificate. */
  returns: Map<string, CertificateReturn>;
  /** Days of 停止. */
  suspensions: Suspension[];
  /** What the open proposal, or the report as it is entered, would leave to be done; and what decisions have left. */
  consequences: Consequence[];
  followUps: FollowUp[];
  /** Names of the institutions in the consequences, by code. */
  institutions: Map<string, string>;
  /** Papers that could not be made yet, and why. */
  pending: PendingEffect[];
  /** Letters that fell away before they were made. */
  lapsed: LapsedLetter[];
  /** Names of the staff that occur, by id. */
  staffNames: Map<number, string>;
}

export interface ApplicationView<Entered> extends SharedView {
  entered: Entered | undefined;
  granting: Granting;
  /** The data as they hold now, where a report changed them, and from which day each holds. */
  current: Entered | undefined;
  records: DataRecord[];
  /** 送付先 as it was told, the newest first. */
  mailings: MailingPeriod[];
  /** The incomes that it rests on against their limits, where it rests on any. */
  incomes: JudgedIncomes | undefined;
}

export interface ReportedChange<Entered> {
  change: Change;
  /** The data as they hold on the day of the change without this report. */
  before: Entered;
  /** The same with what the report brings, once that was entered. */
  after: Entered | undefined;
}

export interface ChangeView<Entered> extends SharedView, ReportedChange<Entered> {
  /** The certificates that the report makes due, where they can be issued now. */
  due: readonly DueCertificate[];
  /** Whom it would grant what, where it grants something. */
  granting: Granting | undefined;
}

/** Stands in place of what may not be seen. */
export const hiddenWord = "非表示（支援措置）";

/** All that the page of an application shows; every look is logged. */
export async function viewApplication<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  caseId: string,
  historyPage?: number,
): Promise<ApplicationView<Entered>> {
  const shared = await sharedView(work, caseId, historyPage);
  const { entry, found, masked, entitlements } = shared;
  const seen = (data: Entered): Entered => (masked ? withoutAddresses(data, hiddenWord) : data);
  const whole = entry && joinEntry(kind, await openEntry(work, entry), found.personNumber);
  const records = entitlements.length > 0 ? await recordsOf(work, caseId) : [];
  const changed = records.some((record) => record.caseId !== caseId);
  const granting = { caseId, personNumber: found.personNumber };
  const valid = validSorts(shared);
  return {
    ...shared,
    documentLimits: await kind.documentLimits?.(work, found),
    actions: nameCertificates(kind, shared.actions, { due: ["card"], valid }),
    entered: whole && seen(whole),
    granting: await kind.granting(work, found, whole),
    current: changed ? seen(await currentData(work, kind, granting)) : undefined,
    records,
    mailings:
      records.length === 0
        ? []
        : (await mailingHistory(work, caseId)).map((one) =>
            masked ? withoutAddresses(one, hiddenWord) : one,
          ),
    incomes: whole && (await judgeIncomes(work, kind, found, whole, { withCorrections: true })),
  };
}

/** All that the page of a report of change or loss shows. */
export async function viewChange<Entered>(
  work: Work,
  kind: ChangeKind<Entered>,
  caseId: string,
  historyPage?: number,
): Promise<ChangeView<Entered>> {
  const shared = await sharedView(work, caseId, historyPage);
  const { change, before, after } = await reportedChange(work, kind, shared.found);
  const seen = (data: Entered): Entered =>
    shared.masked ? withoutAddresses(data, hiddenWord) : data;
  const issues = shared.actions.some(({ rule }) => rule.page === "issue");
  const due = issues ? await certificatesDue(work, kind, shared.found, change) : [];
  const granting = await grantingByReport(work, kind, shared.found, change);
  const byInsurer = await consequencesByInsurer(work, kind, shared.found, change);
  const actions = nameCertificates(kind.application, shared.actions, {
    due: due.map((one) => one.kind),
    valid: validSorts(shared),
  });
  return {
    ...shared,
    documentLimits: await kind.application.documentLimits?.(work, shared.found),
    ...byInsurer,
    actions,
    change,
    before: seen(before),
    after: after && seen(after),
    due,
    granting,
  };
}

/** Of a change of the insurance that is under way and entered: receipts of its months that name another insurer. */
async function consequencesByInsurer<Entered>(
  work: Work,
  kind: ChangeKind<Entered>,
  found: CaseRow,
  change: Change,
) {
  const about = subjectOfChange(kind, change);
  if (!about.insurer || !stateMeta(definitionOf(found), found.state).open) return {};
  const reported = await reportedData(work, found.id);
  const insurer = reported && insurerOf(about, reported.data);
  return insurer ? withInstitutions(work, await insurerConsequences(work, found.id, insurer)) : {};
}

/** Sorts of which somebody of the case has a valid certificate. */
const validSorts = ({ certificates }: SharedView): string[] =>
  certificates.flatMap(({ kind, endedOn }) => (endedOn === null ? [kind] : []));

/** What a report is about, and the data with and without it (as it stood at a revision); opened, and that is logged. */
export async function reportedChange<Entered>(
  work: Work,
  { application }: ChangeKind<Entered>,
  { id, personNumber }: CaseRow,
  atRevision?: number,
): Promise<ReportedChange<Entered>> {
  const change = await changeOf(work, id);
  const granting = { caseId: change.grantingCaseId, personNumber };
  const at = { on: change.occursOn, without: id };
  const before = await currentData(work, application, granting, at);
  const reported = await reportedData(work, id, atRevision);
  if (!reported) return { change, before, after: undefined };
  const pieces = patched(application, before, reported, personNumber);
  return { change, before, after: joinEntry(application, pieces, personNumber) };
}

/** What every page of a case shows, whichever kind of case it is; every look is logged. */
export async function sharedView(
  work: Work,
  caseId: string,
  historyPage?: number,
): Promise<SharedView> {
  const view = await viewCase(work, caseId, historyPage);
  const others = view.members.map(({ personNumber }) => personNumber);
  const register = await lookAtHousehold(work, view.found.personNumber, others);
  const head = await headOf(work, view.found, register.people);
  const entry = await latestEntry(work, caseId);
  const identityChecks = await identityChecksOf(work, caseId);
  const approvals = await approvalsOf(work, caseId);
  const entitlements = await entitlementsOfCase(work, caseId);
  const ids = entitlements.map(({ id }) => id);
  const movements = await movementsOf(work, ids);
  return {
    ...view,
    register,
    head,
    masked: head.masked,
    isProtected: head.isProtected,
    entry,
    identityChecks,
    documentChecks: await documentChecksOf(work, caseId),
    approvals,
    assignment: await viewAssignment(work, view.found),
    documents: await documentsOf(work, caseId),
    notes: await notesOf(work, { caseId }),
    attachments: await attachmentsOf(work, { caseId }),
    inquiries: await inquiriesOf(work, caseId),
    entitlements,
    movements,
    certificates: await certificatesOf(work, ids),
    returns: await returnsOfEntitlements(work, ids),
    suspensions: await suspensionsOf(work, ids),
    ...(await consequencesFor(work, view.found, approvals.at(-1))),
    followUps: await followUpsOfEntitlements(work, ids),
    pending: await pendingEffects(work, caseId),
    lapsed: await lapsedLetters(work, caseId),
    staffNames: await namesOf(work, [
      ...approvals.flatMap(({ preparedBy, decidedBy }) => [preparedBy, decidedBy]),
      ...identityChecks.map(({ checkedBy }) => checkedBy),
      ...movements.map(({ recordedBy }) => recordedBy),
      entry?.enteredBy,
      entry?.confirmedBy,
    ]),
  };
}

/** Shown before a movement is proposed and as it is decided: of a report under way, and of a 取消 that is proposed. */
async function consequencesFor(work: Work, found: CaseRow, open: Approval | undefined) {
  const revokes = open?.subject === "revocation" && open.decision === null;
  const { open: underWay } = stateMeta(definitionOf(found), found.state);
  const [change] = await work.tx
    .select({ movement: changeRow.movement })
    .from(changeRow)
    .where(eq(changeRow.caseId, found.id));
  const moves = underWay && change?.movement && change.movement !== "granted";
  if (!revokes && !moves) return { consequences: [], institutions: new Map<string, string>() };
  const days = change?.movement === "corrected" ? await correctionOf(work, found.id) : undefined;
  return withInstitutions(work, await consequencesOf(work, found.id, days));
}

async function withInstitutions(work: Work, consequences: Consequence[]) {
  const codes = [...new Set(consequences.flatMap(({ institution: code }) => code ?? []))];
  const known =
    codes.length === 0
      ? []
      : await work.tx.select().from(institution).where(inArray(institution.code, codes));
  return { consequences, institutions: new Map(known.map(({ code, name }) => [code, name])) };
}

async function namesOf(
  work: Work,
  ids: readonly (number | null | undefined)[],
): Promise<Map<number, string>> {
  const wanted = ids.filter((id) => typeof id === "number");
  if (wanted.length === 0) return new Map();
  const names = await work.tx.select().from(staff).where(inArray(staff.id, wanted));
  return new Map(names.map(({ id, displayName }) => [id, displayName]));
}
