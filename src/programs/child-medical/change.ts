import { eq } from "drizzle-orm";
import { change } from "#db/schema/child-medical.ts";
import { latestEntry, propose } from "#src/platform/approvals/index.ts";
import { type EventDetail, openCase, type Step } from "#src/platform/cases/index.ts";
import { conflict, notFound } from "#src/platform/problem.ts";
import { getSealedOne, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { type Application, changeSchemas } from "./application.ts";
import { confirmLatest, decideOpen, parse, recordIdentity, sealEntry } from "./carry-out.ts";
import { EntryProblem } from "./entry-problem.ts";
import {
  currentData,
  endCertificate,
  endEntitlement,
  findEntitlement,
  recordData,
  recordsOf,
} from "./ledger.ts";
import type { LossReason } from "./reasons.ts";

export type Change = typeof change.$inferSelect;

export const changeSubjectTitles = {
  mailing: "送付先の変更",
  insurance: "健康保険の変更",
  guardian: "保護者・住所の変更",
  account: "振込先口座の変更",
  loss: "資格の喪失",
} as const satisfies Record<Change["subject"], string>;

export interface ChangeOpening {
  entitlementId: string;
  subject: Change["subject"];
  /** The day from which it holds; of a loss, the first day without entitlement. */
  occursOn: IsoDate;
  lossReason?: LossReason;
  origin: Change["origin"];
  idempotencyKey: string;
}

/** Opens a report of change or loss (変更届・喪失届). */
export async function openChange(work: Work, opening: ChangeOpening) {
  const granted = await findEntitlement(work, opening.entitlementId);
  if (!granted) throw notFound("受給資格が見つかりません。");
  if ((opening.subject === "loss") !== (opening.lossReason !== undefined)) {
    throw new EntryProblem("lossReason", "喪失の場合は、その理由を選んでください。");
  }
  if (opening.subject === "loss" && opening.occursOn <= granted.validFrom) {
    throw new EntryProblem("occursOn", "喪失日は、資格の開始日より後の日付を入力してください。");
  }
  const found = await openCase(work, {
    kind: "child-medical-change",
    personNumber: granted.personNumber,
    officeCode: granted.officeCode,
    receivedOn: work.platform.clock.today(),
    idempotencyKey: opening.idempotencyKey,
    detail: { subject: opening.subject, occursOn: opening.occursOn },
  });
  await work.tx
    .insert(change)
    .values({
      caseId: found.id,
      entitlementId: granted.id,
      subject: opening.subject,
      lossReason: opening.lossReason ?? null,
      occursOn: opening.occursOn,
      origin: opening.origin,
    })
    .onConflictDoNothing();
  return found;
}

export async function changeOf(work: Work, caseId: string): Promise<Change> {
  const [row] = await work.tx.select().from(change).where(eq(change.caseId, caseId));
  if (!row) throw notFound("届出が見つかりません。");
  return row;
}

/** What each event of a report does to the tables of the scheme. */
export async function carryOutChange(work: Work, step: Step): Promise<EventDetail> {
  const { found, revision, input } = step;
  const reported = await changeOf(work, found.id);
  switch (step.event.type) {
    case "recordIdentity":
      return recordIdentity(work, step);
    case "enter":
    case "detect": {
      const data = parse<Partial<Application>>(changeSchemas[reported.subject], input ?? {});
      await sealEntry(work, found, revision, data);
      return { subject: reported.subject };
    }
    case "confirm":
      return confirmLatest(work, step);
    case "apply":
      return applyChange(work, step, reported);
    case "requestDecision":
      await propose(work, { caseId: found.id, subject: "loss", preparedRevision: revision });
      return {};
    case "approve":
      return approveLoss(work, step, reported);
    case "remand":
      return decideOpen(work, step, "remanded");
    default:
      return {};
  }
}

/** Puts the changed part into the data of the entitlement, from the day it holds. */
async function applyChange(work: Work, { found }: Step, reported: Change): Promise<EventDetail> {
  const entry = await latestEntry(work, found.id);
  if (!entry) throw new Error("the machine lets only a confirmed entry be applied");
  const changed = await getSealedOne<Partial<Application>>(work, entry.sealedId);
  const effectiveFrom = reported.occursOn as IsoDate;
  const [newest] = await recordsOf(work, reported.entitlementId);
  if (newest && newest.effectiveFrom > effectiveFrom) {
    throw conflict(
      "この変更日より後の日付の変更が、すでに登録されています。変更日を確かめてください。",
    );
  }
  const present = await currentData(work, reported.entitlementId, effectiveFrom);
  const data: Application = { ...present, ...changed };
  const sealedId = await putSealed(work, {
    holder: found.personNumber,
    program: found.program,
    kind: "application",
    caseId: found.id,
    data,
  });
  await recordData(work, {
    entitlementId: reported.entitlementId,
    caseId: found.id,
    sealedId,
    effectiveFrom,
  });
  return { subject: reported.subject, effectiveFrom };
}

async function approveLoss(work: Work, step: Step, reported: Change): Promise<EventDetail> {
  await decideOpen(work, step, "approved");
  const lostOn = reported.occursOn as IsoDate;
  await endEntitlement(work, reported.entitlementId, {
    status: "lost",
    lostOn,
    validTo: addDays(lostOn, -1),
    reason: reported.lossReason ?? "other",
  });
  await endCertificate(work, reported.entitlementId, "lost-entitlement");
  return { lostOn };
}
