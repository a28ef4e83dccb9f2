import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import { closure, contract } from "#db/schema/clinics.ts";
import { actionsAt, type FlowAction, stateAfter } from "#src/platform/flow.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { conflict, EntryFaults, EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { clinicEntryV1 } from "#workflows/vaccination/clinics/entry-machine.ts";
import type { ContractKind } from "#workflows/vaccination/contract-prices.ts";
import { closureGrounds, refusals } from "./words.ts";

/** 契約 and 休止・廃止 as rows that follow one another: what was entered, and what became of it. */
export type ClinicContract = typeof contract.$inferSelect;
export type ClinicClosure = typeof closure.$inferSelect;

/** All of a clinic, the newest first. */
export const contractsOf = (work: Work, code: string): Promise<ClinicContract[]> =>
  work.tx
    .select()
    .from(contract)
    .where(eq(contract.clinicCode, code))
    .orderBy(desc(contract.serial));
export const closuresOf = (work: Work, code: string): Promise<ClinicClosure[]> =>
  work.tx.select().from(closure).where(eq(closure.clinicCode, code)).orderBy(desc(closure.serial));

/** Whether a row counts: confirmed, and not that another one never was. */
export const counts = ({ state, what }: Pick<ClinicContract, "state" | "what">): boolean =>
  state === "confirmed" && what !== "cancel";

/** @throws Problem 404 */
export async function contractOf(work: Work, id: string): Promise<ClinicContract> {
  const [row] = await work.tx.select().from(contract).where(eq(contract.id, id));
  if (!row) throw notFound("契約が見つかりません。");
  return row;
}
/** @throws Problem 404 */
export async function closureOf(work: Work, id: string): Promise<ClinicClosure> {
  const [row] = await work.tx.select().from(closure).where(eq(closure.id, id));
  if (!row) throw notFound("休止・廃止の登録が見つかりません。");
  return row;
}

/** A contract as it was typed. */
export interface TypedContract {
  kind: ContractKind | undefined;
  number: string;
  from: IsoDate | undefined;
  /** Last day; `false` where what was typed is none. */
  to: IsoDate | false | undefined;
  bodyCode: string | undefined;
  memberNumber: string;
  paidTo: ClinicContract["paidTo"] | undefined;
}

/**
 * Proposes a contract, or another wording of one that stands.
 *
 * @param standing the contract that is worded anew, and why
 * @returns the id of what waits
 * @throws EntryProblem with all fields at fault; Problem 409 where one of the kind waits already
 */
export async function proposeContract(
  work: Work,
  code: string,
  typed: TypedContract,
  standing?: { of: ClinicContract; why: ClinicContract["reason"] | undefined },
  importId: string | null = null,
): Promise<string> {
  const faults = new EntryFaults();
  const kind = faults.need(
    "kind",
    standing ? standing.of.kind : typed.kind,
    "契約の種類を選んでください。",
  );
  const from = faults.need("from", typed.from, "契約の始まりを入力してください。例: R8.4.1");
  if (typed.to === false)
    faults.need("to", "", "契約の終わりを日付で入力してください。例: R9.3.31");
  const to = typed.to || null;
  if (from && to && to < from) faults.need("to", "", "契約の終わりは、始まりより後の日です。");
  if (typed.number.length > 40)
    faults.need("number", "", "契約番号は40文字以内で入力してください。");
  if (typed.memberNumber.length > 20)
    faults.need("memberNumber", "", "団体での番号は20文字以内で入力してください。");
  const paidTo = typed.paidTo ?? "clinic";
  if (paidTo === "body" && !typed.bodyCode)
    faults.need("bodyCode", "", "取りまとめ団体に支払うときは、団体を選んでください。");
  if (standing) faults.need("reason", standing.why ?? undefined, "理由を選んでください。");
  faults.end();
  return entering(
    work.sql<{ id: string }[]>`
      select clinics.propose_contract(${code}, ${standing ? "change" : "new"}, ${standing?.of.id ?? null}, ${kind}, ${typed.number}, ${from}, ${to},
        ${typed.bodyCode ?? null}, ${typed.bodyCode ? typed.memberNumber : ""}, ${paidTo}, ${standing?.why ?? null}, ${importId}) as id`,
    "同じ種類の契約が、その期間にあります。今の契約を終えるか、期間を直してください。",
  );
}

/** Proposes that a contract never was. @throws Problem 409 */
export const cancelContract = (work: Work, of: ClinicContract): Promise<string> =>
  entering(
    work.sql<{ id: string }[]>`
      select clinics.propose_contract(${of.clinicCode}, 'cancel', ${of.id}, ${of.kind}, ${of.number}, ${of.validFrom}, ${of.validTo}, ${of.bodyCode},
        ${of.memberNumber}, ${of.paidTo}, 'mistake', null) as id`,
    "",
  );

/** A 休止 or 廃止 as it was typed. */
export interface TypedClosure {
  kind: ClinicClosure["kind"] | undefined;
  from: IsoDate | undefined;
  to: IsoDate | false | undefined;
  reason: string;
}

/**
 * Proposes a 休止 or 廃止, or another wording of one (再開 is its last day).
 *
 * @throws EntryProblem with all fields at fault; Problem 409 where one waits already
 */
export async function proposeClosure(
  work: Work,
  code: string,
  typed: TypedClosure,
  of?: ClinicClosure,
): Promise<string> {
  const faults = new EntryFaults();
  const kind = faults.need("kind", of?.kind ?? typed.kind, "休止か廃止かを選んでください。");
  const from = faults.need("from", typed.from, "始まる日を入力してください。例: R8.12.1");
  if (typed.to === false)
    faults.need("to", "", "休止の終わりを日付で入力してください。例: R9.3.31");
  const to = kind === "closed" ? null : typed.to || null;
  if (kind === "closed" && typed.to)
    faults.need("to", "", "廃止に終わりの日はありません。空欄にしてください。");
  if (from && to && to < from) faults.need("to", "", "休止の終わりは、始まりより後の日です。");
  const allowed = of
    ? ["resumed", "corrected"]
    : Object.keys(
        kind ? closureGrounds[kind] : { ...closureGrounds.suspended, ...closureGrounds.closed },
      );
  const reason = allowed.find((one) => one === typed.reason);
  faults.need(
    "reason",
    reason,
    kind && !of
      ? `${kind === "closed" ? "廃止" : "休止"}の理由を選んでください。`
      : "理由を選んでください。",
  );
  if (reason === "resumed" && !to)
    faults.need("to", "", "再開するときは、休止の最後の日を入力してください。");
  faults.end();
  return entering(
    work.sql<{ id: string }[]>`
      select clinics.propose_closure(${code}, ${of ? "change" : "new"}, ${of?.id ?? null}, ${kind}, ${from}, ${to}, ${reason ?? ""}) as id`,
    "その期間には、休止・廃止の登録があります。",
  );
}

/** Proposes that a 休止 or 廃止 never was. @throws Problem 409 */
export const cancelClosure = (work: Work, of: ClinicClosure): Promise<string> =>
  entering(
    work.sql<{ id: string }[]>`
      select clinics.propose_closure(${of.clinicCode}, 'cancel', ${of.id}, ${of.kind}, ${of.validFrom}, ${of.validTo}, 'mistake') as id`,
    "",
  );

async function entering(
  statement: PromiseLike<readonly { id: string }[]>,
  overlaps: string,
): Promise<string> {
  try {
    const [row] = await refuseInWords(
      statement,
      "確認を待つ登録があるか、ほかの職員が先に処理しました。画面を開き直してください。",
    );
    if (!row) throw new Error("what was proposed has an id");
    return row.id;
  } catch (error) {
    if (isOverlap(error)) throw new EntryProblem("from", overlaps);
    if (isFarAway(error))
      throw new EntryProblem(
        "from",
        "日付が離れすぎています。1990年から先の日で入力してください。",
      );
    throw error;
  }
}
const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : "");
const isOverlap = (error: unknown) => codeOf(error) === "23P01";
const isFarAway = (error: unknown) => codeOf(error) === "22023";

/** Steps that a person takes with what waits. */
export const entrySteps = ["confirm", "refuse", "withdraw"] as const;
export type EntryStep = (typeof entrySteps)[number];

type Entered = Pick<ClinicContract, "id" | "state" | "proposedBy">;

const standing = (work: Work, row: Entered) => ({
  definition: clinicEntryV1,
  state: row.state,
  context: { actingStaffId: work.actor.staffId, enteredBy: row.proposedBy },
});

/** Buttons of what waits, off with the reason where it is for another person. */
export const entryActions = (work: Work, row: Entered): FlowAction[] =>
  actionsAt(work.actor, standing(work, row), {
    program: "vaccination",
    reach: (type) => (type === "withdraw" ? "any office" : "whole city"),
  });

/**
 * Confirms, refuses or withdraws what was entered.
 *
 * @param why why it goes back, to refuse
 * @throws EntryProblem of `refusal`; Problem 403 for who entered it, 409 where somebody was faster or it holds twice
 */
export async function moveEntry(
  work: Work,
  which: "contract" | "closure",
  row: Entered,
  type: EntryStep,
  why?: string,
): Promise<void> {
  const target = stateAfter(standing(work, row), type);
  if (type === "refuse" && !Object.hasOwn(refusals, why ?? ""))
    throw new EntryProblem("refusal", "差し戻す理由を選んでください。");
  const message = "ほかの職員が先に処理しました。画面を開き直してください。";
  try {
    await refuseInWords(
      which === "contract"
        ? work.sql`select clinics.move_contract(${row.id}, ${type}, ${target}, ${why ?? null})`
        : work.sql`select clinics.move_closure(${row.id}, ${type}, ${target}, ${why ?? null})`,
      message,
    );
  } catch (error) {
    if (isOverlap(error))
      throw conflict("その期間には、確認済みの登録があります。差し戻して、期間を直してください。");
    throw error;
  }
}

/** What waits of contracts and closings together, the oldest first. */
export interface WaitingEntry {
  which: "contract" | "closure";
  id: string;
  clinicCode: string;
  clinicName: string;
  kind: string;
  what: ClinicContract["what"];
  proposedBy: number;
  proposedAt: Date;
}

const waiting = (importId: string | null): SQL => sql`
  (select 'contract' as which, id, clinic_code, kind, what, proposed_by, proposed_at, import_id from clinics.contract where state = 'waiting'
   union all
   select 'closure', id, clinic_code, kind, what, proposed_by, proposed_at, import_id from clinics.closure where state = 'waiting') w
  where ${importId === null ? sql`true` : sql`w.import_id = ${importId}`}`;

/** How many wait, and since when. */
export async function waitingEntryFigures(work: Work): Promise<Figures> {
  const [row] = await work.tx.execute<{ count: number; since: string | null }>(
    sql`select count(*)::int as count, min(w.proposed_at)::text as since from ${waiting(null)}`,
  );
  return { count: row?.count ?? 0, since: row?.since ? new Date(row.since) : null };
}

/** Some of them; of one import where it is named. */
export async function waitingEntries(
  work: Work,
  { from, size }: Lines,
  importId: string | null = null,
): Promise<WaitingEntry[]> {
  const rows = await work.tx.execute<
    Record<string, unknown> & Omit<WaitingEntry, "proposedAt"> & { at: string }
  >(sql`
    select p.which, p.id, p.clinic_code as "clinicCode", c.name as "clinicName", p.kind, p.what, p.proposed_by as "proposedBy", p.proposed_at::text as at
      from (select w.* from ${waiting(importId)} order by w.proposed_at, w.id limit ${size} offset ${from}) p
      join clinics.clinic c on c.code = p.clinic_code order by p.proposed_at, p.id`);
  return rows.map(({ at, ...row }) => ({ ...row, proposedAt: new Date(at) }));
}

/** Contracts of an import that wait, for the second person to confirm at once. */
export const waitingOfImport = (work: Work, importId: string): Promise<ClinicContract[]> =>
  work.tx
    .select()
    .from(contract)
    .where(and(eq(contract.importId, importId), eq(contract.state, "waiting")))
    .orderBy(asc(contract.serial));
