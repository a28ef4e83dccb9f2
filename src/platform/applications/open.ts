import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { reasonFault } from "#workflows/text/reason.ts";
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
  type ChangeMovement,
  type Entitlement,
  entitlementsOfCase,
  reportChange,
  suspensionsOf,
} from "../entitlements/index.ts";
import { askForDocuments } from "../intake/index.ts";
import { addNote } from "../notes/index.ts";
import { bornNotBefore, lookAtPerson } from "../people/index.ts";
import { EntryProblem, notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import { type ChangeKind, needsDecision } from "./change-kind.ts";
import { OpeningRefused, obstaclesTo } from "./hindrances.ts";
import { type AnyApplicationKind, type ApplicationKind, caseKindOf } from "./kind.ts";

export interface ApplicationOpening {
  personNumber: string;
  receivedOn: IsoDate;
  idempotencyKey: string;
  /** Why it is received although it would be refused in the end: the applicant handed it in all the same. */
  insisted?: string | undefined;
}

/**
 * Opens an application for a person of the register (申請受付).
 *
 * @throws Problem 404 for an unknown person; EntryProblem for the date or the reason; OpeningRefused for what stands in the way
 */
export async function openApplication<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  opening: ApplicationOpening,
): Promise<CaseRow> {
  const { personNumber, receivedOn, idempotencyKey } = opening;
  const insisted = opening.insisted?.trim() ?? "";
  const person = await lookAtPerson(work, personNumber, ["facts"]);
  if (!person) throw notFound("住民が見つかりません。");
  if (receivedOn > work.platform.clock.today())
    throw new EntryProblem("receivedOn", "受付日に、今日より後の日付は入力できません。");
  const caseKind = caseKindOf(kind);
  // One at a time for a person, so that no second application is opened beside one that waits.
  await work.sql`select pg_advisory_xact_lock(hashtext(${`${caseKind} ${personNumber}`}))`;
  const obstacles = await obstaclesTo(work, kind, { person, receivedOn, ownKey: idempotencyKey });
  const early = obstacles.find(({ code }) => code === "before-birth");
  if (early) throw new EntryProblem("receivedOn", early.reason);
  if (obstacles.some(({ final }) => final) || (obstacles.length > 0 && insisted === ""))
    throw new OpeningRefused(obstacles);
  const fault = obstacles.length > 0 ? reasonFault(insisted) : undefined;
  if (fault) throw new EntryProblem("insisted", fault);
  const { found, isNew } = await openCase(work, {
    kind: caseKind,
    personNumber,
    officeCode: person.officeCode,
    receivedOn,
    idempotencyKey,
    ...(obstacles.length > 0 ? { detail: { despite: obstacles.map(({ code }) => code) } } : {}),
  });
  if (!isNew) return found;
  await askForDocuments(work, found.id, kind.documents);
  if (obstacles.length > 0) {
    const reasons = obstacles.map(({ reason }) => reason).join("");
    await addNote(
      work,
      { caseId: found.id },
      `受付のときの注意: ${reasons}\n受け付けた理由: ${insisted}`,
    );
  }
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
  const statuses = statusesFor(about.movement);
  const all = (await entitlementsOfCase(work, opening.grantingCaseId)).filter(({ status }) =>
    statuses.includes(status),
  );
  const concerned = concernedOf(all, about.concerns, opening.personNumber);
  const [one] = concerned;
  if (!one) throw new EntryProblem("subject", `${about.title}の届出ができる受給資格はありません。`);
  const { reason = null, occursOn } = opening;
  if ((reason !== null) !== (about.reasons !== undefined) || (reason && !about.reasons?.[reason])) {
    throw new EntryProblem("reason", `${about.title}の場合は、その理由を選んでください。`);
  }
  // What a household loses before somebody of it begins, that one never had.
  if (about.movement === "lost" && concerned.every((one) => occursOn <= one.validFrom)) {
    throw new EntryProblem("occursOn", "喪失日は、資格の開始日より後の日付を入力してください。");
  }
  const last =
    concerned
      .map(({ validTo }) => validTo)
      .toSorted()
      .at(-1) ?? "";
  // A 訂正 says its own days; its date is the one on which it is made.
  if (occursOn > addDays(last as IsoDate, 1) && about.movement !== "corrected")
    throw new EntryProblem("occursOn", "変更日が、資格の終わる日より後です。");
  const suspends = about.movement === "suspended" || about.movement === "resumed";
  if (suspends && concerned.some((of) => occursOn < of.validFrom || occursOn > of.validTo))
    throw new EntryProblem("occursOn", "停止・再開の日は、資格の期間の中の日付にしてください。");
  if (about.movement === "resumed") await requireSuspendedBefore(work, concerned, occursOn);
  const today = work.platform.clock.today();
  const reportedOn = opening.reportedOn ?? today;
  if (reportedOn > today)
    throw new EntryProblem("reportedOn", "届出日に、今日より後の日付は入力できません。");
  const { grantingCaseId } = opening;
  const { personNumber: subject } = await getCase(work, grantingCaseId);
  const person = await lookAtPerson(work, subject, ["facts"]);
  if (person && occursOn < bornNotBefore(person))
    throw new EntryProblem("occursOn", "変更日が、この方の出生日より前です。");
  if (person && reportedOn < bornNotBefore(person))
    throw new EntryProblem("reportedOn", "届出日が、この方の出生日より前です。");
  await about.mayOpen?.(work, { grantingCaseId, subject, live: all, concerned, occursOn });
  const { found, isNew } = await openCase(work, {
    kind: caseKindOf(kind as unknown as AnyApplicationKind),
    personNumber: subject,
    officeCode: one.officeCode,
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

/** Which entitlements a report may concern by what it does to them. */
const statusesFor = (movement: ChangeMovement | undefined): readonly Entitlement["status"][] => {
  if (movement === "suspended") return ["granted"];
  if (movement === "resumed") return ["suspended"];
  if (movement === "corrected") return ["granted", "suspended", "lost"];
  return ["granted", "suspended"];
};

/** 再開 is of the first day of the 停止 at the earliest: then it never was. */
async function requireSuspendedBefore(
  work: Work,
  concerned: readonly Entitlement[],
  occursOn: IsoDate,
): Promise<void> {
  const days = await suspensionsOf(
    work,
    concerned.map(({ id }) => id),
  );
  if (days.some(({ fromOn, toOn }) => toOn === null && fromOn > occursOn))
    throw new EntryProblem("occursOn", "再開の日が、停止した日より前です。");
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
