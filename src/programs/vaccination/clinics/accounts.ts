import { and, asc, count, desc, eq, min } from "drizzle-orm";
import { clinicAccount } from "#db/schema/clinics.ts";
import { type Account, accountPart } from "#src/platform/entry-parts/index.ts";
import { actionsAt, stateAfter } from "#src/platform/flow.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { getSealed, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { clinicAccountV1 } from "#workflows/vaccination/clinics/account-machine.ts";

/** A version of the account of a clinic or an association. */
export type ClinicAccount = typeof clinicAccount.$inferSelect;

/**
 * The account of a clinic (医療機関コード) or an association (`D0001`) that was in force on a day, unopened; `undefined` where two
 * people have not entered and confirmed one for it.
 */
export async function clinicAccountOn(
  work: Work,
  payee: string,
  day: IsoDate,
): Promise<{ id: string; sealedId: string } | undefined> {
  const [row] = await work.sql<{ id: string; sealedId: string }[]>`
    select id, sealed_id as "sealedId" from clinics.account_on(${payee}, ${day})`;
  return row;
}

/** Opens accounts by their sealed records, for whoever sees payments; each look is logged. */
export async function openClinicAccounts(
  work: Work,
  sealedIds: readonly string[],
): Promise<Map<string, Account>> {
  const records = await getSealed(work, [...sealedIds]);
  return new Map(records.map(({ id, data }) => [id, accountPart.schema.parse(data)]));
}

/** All versions, the newest first. */
export const clinicAccountsOf = (work: Work, payee: string): Promise<ClinicAccount[]> =>
  work.tx
    .select()
    .from(clinicAccount)
    .where(eq(clinicAccount.payee, payee))
    .orderBy(desc(clinicAccount.enteredAt));

/** One version with what is sealed of it; the look is logged. @throws Problem 404 */
export async function readClinicAccount(
  work: Work,
  id: string,
): Promise<{ row: ClinicAccount; account: Account }> {
  const [row] = await work.tx.select().from(clinicAccount).where(eq(clinicAccount.id, id));
  const account = row && (await openClinicAccounts(work, [row.sealedId])).get(row.sealedId);
  if (!row || !account) throw notFound("口座が見つかりません。");
  return { row, account };
}

/**
 * Enters an account that waits for another person. One that waited before is withdrawn; the same as the one in force stays as it is.
 *
 * @throws EntryProblem of `from`
 */
export async function enterClinicAccount(
  work: Work,
  payee: string,
  { account, from }: { account: Account; from: IsoDate },
): Promise<string> {
  const today = work.platform.clock.today();
  if (from < addDays(today, -400) || from > addDays(today, 400))
    throw new EntryProblem("from", "使い始める日は、今日の前後1年以内の日で入力してください。");
  const holder = `clinic:${payee}`;
  const sealedId = await putSealed(work, {
    holder,
    program: "vaccination",
    kind: "clinic-account",
    data: account,
  });
  const { bankCode, branchCode, kind, number, holderKana } = account;
  const print = work.platform.keys.fingerprint(
    ["clinic-account", payee, bankCode, branchCode, kind, number, holderKana].join("\n"),
  );
  const [row] = await work.sql<{ id: string }[]>`
    select clinics.enter_account(${payee}, ${sealedId}, ${print}, ${from}) as id`;
  if (!row) throw new Error("an account has an id");
  return row.id;
}

const standing = (work: Work, row: ClinicAccount) => ({
  definition: clinicAccountV1,
  state: row.state,
  context: { actingStaffId: work.actor.staffId, enteredBy: row.enteredBy },
});

/** Buttons of an account, off with the reason where it is for another person. */
export const clinicAccountActions = (work: Work, row: ClinicAccount) =>
  actionsAt(work.actor, standing(work, row), {
    program: "vaccination",
    reach: (type) => (type === "withdraw" ? "any office" : "whole city"),
  });

/** Steps that a person takes with an account. */
export const clinicAccountSteps = ["confirm", "refuse", "withdraw", "close"] as const;

/**
 * Confirms, refuses, withdraws or ends an account.
 *
 * @throws EntryProblem of `evidence` or `closedFor`; Problem 403 for who entered it, 409 where somebody was faster
 */
export async function moveClinicAccount(
  work: Work,
  id: string,
  type: (typeof clinicAccountSteps)[number],
  how: { evidence?: ClinicAccount["evidence"]; closedFor?: ClinicAccount["closedFor"] },
): Promise<ClinicAccount> {
  const [row] = await work.tx.select().from(clinicAccount).where(eq(clinicAccount.id, id));
  if (!row) throw notFound("口座が見つかりません。");
  const target = stateAfter(standing(work, row), type);
  if (type === "confirm" && !how.evidence)
    throw new EntryProblem("evidence", "照らし合わせた書類を選んでください。");
  if (type === "close" && !how.closedFor)
    throw new EntryProblem("closedFor", "理由を選んでください。");
  await refuseInWords(
    work.sql`select clinics.move_account(${id}, ${type}, ${target}, ${how.evidence ?? null}, ${how.closedFor ?? null})`,
    type === "close"
      ? "この口座は、支払の回に入っているか、ほかの職員が先に処理しました。支払の回から外すか、結果を待ってください。"
      : "この口座は、ほかの職員が先に処理しました。画面を開き直してください。",
    ["MD018"],
  );
  return row;
}

const waits = eq(clinicAccount.state, "waiting");

/** How many wait, and since when. */
export async function waitingAccountFigures(work: Work): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(clinicAccount.enteredAt) })
    .from(clinicAccount)
    .where(waits);
  return row ?? { count: 0, since: null };
}

/** Some of them, the oldest first. */
export const waitingAccounts = (work: Work, { from, size }: Lines): Promise<ClinicAccount[]> =>
  work.tx
    .select()
    .from(clinicAccount)
    .where(and(waits))
    .orderBy(asc(clinicAccount.enteredAt), asc(clinicAccount.id))
    .limit(size)
    .offset(from);
