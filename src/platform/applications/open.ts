import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type CaseRow,
  getCase,
  membersOf,
  openCase,
  peopleOfCase,
  setMembers,
} from "../cases/index.ts";
import {
  type Change,
  type Entitlement,
  entitlementsOfCase,
  reportChange,
} from "../entitlements/index.ts";
import { askForDocuments } from "../intake/index.ts";
import { lookAtPerson } from "../people/index.ts";
import { EntryProblem, notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { type ChangeKind, needsDecision } from "./change-kind.ts";
import { type AnyApplicationKind, type ApplicationKind, caseKindOf } from "./kind.ts";

/**
 * Opens an application for a person of the register (申請受付).
 *
 * @throws Problem 404 for an unknown person, 409 when one of this person is still under way; EntryProblem for the date
 */
export async function openApplication<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  opening: { personNumber: string; receivedOn: IsoDate; idempotencyKey: string },
): Promise<CaseRow> {
  const { personNumber, receivedOn, idempotencyKey } = opening;
  const subject = await lookAtPerson(work, personNumber, ["facts"]);
  if (!subject) throw notFound("住民が見つかりません。");
  if (receivedOn > work.platform.clock.today()) {
    throw new EntryProblem("receivedOn", "受付日に、今日より後の日付は入力できません。");
  }
  await kind.mayOpen?.(work, subject);
  const caseKind = caseKindOf(kind);
  // One at a time for a person, so that no second application is opened beside one that waits.
  await work.sql`select pg_advisory_xact_lock(hashtext(${`${caseKind} ${personNumber}`}))`;
  const [pending] = await work.sql<{ id: string; number: string }[]>`
    select c.id, c.number from cases.case c
      join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
     where c.kind = ${caseKind} and s.open and (c.opened_by, c.opening_key) <> (${work.actor.staffId}, ${idempotencyKey})
       and exists (select from cases.member m where m.case_id = c.id and m.person_number = ${personNumber} and m.to_revision is null
                      and m.role in ('subject', 'applicant', 'beneficiary'))`;
  if (pending) {
    throw new Problem({
      status: 409,
      message: `この方の申請 ${pending.number} が手続き中です。そちらを進めてください。`,
      see: { title: `申請 ${pending.number} を開く`, path: `/${kind.program}/cases/${pending.id}` },
    });
  }
  const { found, isNew } = await openCase(work, {
    kind: caseKind,
    personNumber,
    officeCode: subject.officeCode,
    receivedOn,
    idempotencyKey,
  });
  if (isNew) await askForDocuments(work, found.id, kind.documents);
  return found;
}

export interface ChangeOpening {
  /** The application whose entitlements are concerned. */
  grantingCaseId: string;
  /** One of its persons, where the report is made for one. */
  personNumber?: string | undefined;
  subject: string;
  /** 異動日: the day from which it holds; of a loss, the first day without entitlement. */
  occursOn: IsoDate;
  /** 届出日; today unless it arrived earlier. */
  reportedOn?: IsoDate;
  reason?: string | undefined;
  origin: Change["origin"];
  idempotencyKey: string;
}

/**
 * Opens a report of change or loss (変更届・喪失届).
 *
 * @throws Problem 404 for an application without entitlements; EntryProblem at the field that is wrong
 */
export async function openChange<Entered>(
  work: Work,
  kind: ChangeKind<Entered>,
  opening: ChangeOpening,
): Promise<{ found: CaseRow; isNew: boolean }> {
  const about = kind.subjects[opening.subject];
  if (!about) throw new EntryProblem("subject", "届出の種類を選んでください。");
  const all = (await entitlementsOfCase(work, opening.grantingCaseId)).filter(
    (one) => one.status === "granted" || one.status === "suspended",
  );
  const concerned = concernedOf(all, about.concerns, opening.personNumber);
  const [first] = concerned;
  if (!first) throw notFound("受給資格が見つかりません。");
  const { reason = null, occursOn } = opening;
  if ((reason !== null) !== (about.reasons !== undefined) || (reason && !about.reasons?.[reason])) {
    throw new EntryProblem("reason", `${about.title}の場合は、その理由を選んでください。`);
  }
  // What a household loses before somebody of it begins, that one never had.
  if (about.movement === "lost" && concerned.every((one) => occursOn <= one.validFrom)) {
    throw new EntryProblem("occursOn", "喪失日は、資格の開始日より後の日付を入力してください。");
  }
  const today = work.platform.clock.today();
  const reportedOn = opening.reportedOn ?? today;
  if (reportedOn > today)
    throw new EntryProblem("reportedOn", "届出日に、今日より後の日付は入力できません。");
  const { grantingCaseId } = opening;
  const { personNumber: subject } = await getCase(work, grantingCaseId);
  await about.mayOpen?.(work, { grantingCaseId, subject, live: all, concerned, occursOn });
  const { found, isNew } = await openCase(work, {
    kind: caseKindOf(kind as unknown as AnyApplicationKind),
    personNumber: subject,
    officeCode: first.officeCode,
    receivedOn: reportedOn,
    idempotencyKey: opening.idempotencyKey,
    detail: { subject: opening.subject, occursOn },
  });
  if (!isNew) return { found, isNew };
  await takeOverMembers(work, found.id, { grantingCaseId, concerned });
  await reportChange(work, {
    caseId: found.id,
    grantingCaseId,
    subject: opening.subject,
    reason,
    movement: about.movement ?? null,
    needsDecision: await needsDecision(work, about, occursOn),
    occursOn,
    origin: opening.origin,
    entitlementIds: concerned.map(({ id }) => id),
  });
  const asked = (about.documents ?? []).flatMap((code) => {
    const document = kind.application.documents[code];
    return document ? [[code, { ...document, standard: true }] as const] : [];
  });
  await askForDocuments(work, found.id, Object.fromEntries(asked));
  return { found, isNew };
}

/** The persons of the application are those of the report: the 支援措置 of any of them counts for its letter too. */
async function takeOverMembers(
  work: Work,
  caseId: string,
  { grantingCaseId, concerned }: { grantingCaseId: string; concerned: readonly Entitlement[] },
): Promise<void> {
  const members = (await membersOf(work, grantingCaseId)).filter(({ role }) => role !== "subject");
  const known = new Set(await peopleOfCase(work, grantingCaseId));
  const joined = concerned.filter(({ personNumber }) => !known.has(personNumber));
  await setMembers(work, caseId, [
    ...members,
    ...joined.map(({ personNumber }) => ({ personNumber, role: "beneficiary" as const })),
  ]);
}

function concernedOf(
  all: readonly Entitlement[],
  concerns: "each" | "all",
  personNumber: string | undefined,
): readonly Entitlement[] {
  if (concerns === "all" || all.length === 1) return all;
  const own = all.filter((one) => one.personNumber === personNumber);
  if (own.length === 0) throw new EntryProblem("person", "対象の方を選んでください。");
  return own;
}
