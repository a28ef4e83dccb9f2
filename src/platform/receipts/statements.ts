import { and, desc, eq, isNull, lte, or, sql } from "drizzle-orm";
import { adjustmentReason, claimStatement } from "#db/schema/receipts.ts";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import type { AdjustmentKind, ReceiptChannel } from "#workflows/receipts/decisions.ts";
import type { Work } from "../work.ts";
import { refusing } from "./decide.ts";
import { linesAPage, type Paged } from "./lists.ts";

export type StatementRow = typeof claimStatement.$inferSelect;
export type AdjustmentReasonRow = typeof adjustmentReason.$inferSelect;

/** What the ledger holds of a channel and a month. */
export async function ledgerSums(
  work: Work,
  channel: ReceiptChannel,
  claimMonth: string,
): Promise<{ receipts: number; points: number; subsidy: number }> {
  const [found] = await work.sql<{ receipts: number; points: string; subsidy: string }[]>`
    select receipts, points, subsidy from receipts.ledger_of(${channel}, ${claimMonth})`;
  return {
    receipts: found?.receipts ?? 0,
    points: Number(found?.points ?? 0),
    subsidy: Number(found?.subsidy ?? 0),
  };
}

/** Statements of channels, the newest month first. */
export async function listStatements(work: Work, page: number): Promise<Paged<StatementRow>> {
  const rows = await work.tx
    .select()
    .from(claimStatement)
    .orderBy(desc(claimStatement.claimMonth), desc(claimStatement.id))
    .limit(linesAPage)
    .offset((page - 1) * linesAPage);
  return { rows, total: await work.tx.$count(claimStatement) };
}

/**
 * Enters what a channel claims for a month, beside what the ledger holds now.
 *
 * @param stated.advance 概算 paid already; what remains is settled (精算)
 * @throws Problem where files of the month are not committed yet, or a statement waits or is approved
 */
export async function enterStatement(
  work: Work,
  stated: {
    channel: ReceiptChannel;
    claimMonth: IsoMonth;
    count: number;
    amount: number;
    advance: number;
    differenceReason: string | null;
  },
): Promise<void> {
  await refusing(
    "この月はまだ計算書を作れません。反映していないファイルがあるか、計算書がもうあります。",
    work.sql`select receipts.ask_statement(${stated.channel}, ${stated.claimMonth}, ${stated.count}, ${stated.amount},
      ${stated.advance}, ${stated.differenceReason})`,
  );
}

/** Another person's word on a statement; approved, the month is payable and its files stay as they are. */
export async function decideStatement(
  work: Work,
  { id, approve }: { id: number; approve: boolean },
): Promise<void> {
  await refusing(
    "承認できません。入力した本人か、台帳が入力のあとに変わっています。",
    work.sql`select receipts.decide_statement(${id}, ${approve})`,
  );
}

/** Reasons of 過誤・再審査 of all channels: those that hold or will, and those that wait. */
export const listAdjustmentReasons = (work: Work): Promise<AdjustmentReasonRow[]> =>
  work.tx
    .select()
    .from(adjustmentReason)
    .where(sql`${adjustmentReason.decision} is distinct from 'refused'`)
    .orderBy(adjustmentReason.channel, adjustmentReason.code, adjustmentReason.validFrom);

/** Those of a channel that hold on a day. */
export const adjustmentReasonsOn = (
  work: Work,
  channel: ReceiptChannel,
  on: IsoDate,
): Promise<AdjustmentReasonRow[]> =>
  work.tx
    .select()
    .from(adjustmentReason)
    .where(
      and(
        eq(adjustmentReason.channel, channel),
        eq(adjustmentReason.decision, "approved"),
        lte(adjustmentReason.validFrom, on),
        or(isNull(adjustmentReason.validTo), sql`${adjustmentReason.validTo} >= ${on}`),
      ),
    )
    .orderBy(adjustmentReason.code);

/** Enters a reason; it holds when another person has approved it. */
export async function enterAdjustmentReason(
  work: Work,
  reason: { channel: ReceiptChannel; code: string; title: string; from: IsoDate },
): Promise<void> {
  const { channel, code, title, from } = reason;
  await refusing(
    "この事由は登録できません。",
    work.sql`select receipts.ask_adjustment_reason(${channel}, ${code}, ${title}, ${from}, null)`,
  );
}

export async function decideAdjustmentReason(
  work: Work,
  { id, approve }: { id: number; approve: boolean },
): Promise<void> {
  await refusing(
    "承認できません。入力した本人は承認できません。",
    work.sql`select receipts.decide_adjustment_reason(${id}, ${approve})`,
  );
}

/**
 * Asks for a 過誤 (the whole claim) or a 再審査 (other points and amounts) of a row of the ledger; the original stays.
 *
 * @throws Problem where it is taken away already, one waits, or the reason does not hold
 */
export async function askAdjustment(
  work: Work,
  asked: {
    benefitId: number;
    kind: AdjustmentKind;
    settledIn: IsoMonth;
    reasonCode: string;
    corrected?: { points: number; subsidy: number; patientPays: number } | undefined;
  },
): Promise<void> {
  const { points = null, subsidy = null, patientPays = null } = asked.corrected ?? {};
  await refusing(
    "申し出られません。すでに取り下げられたものか、事由・年月・額が正しくありません。",
    work.sql`select receipts.ask_adjustment(${asked.benefitId}, ${asked.kind}, ${asked.settledIn}, ${asked.reasonCode},
      ${points}, ${subsidy}, ${patientPays})`,
  );
}

/** Another person's word on it; approved, another row of the ledger says what it changes. */
export async function decideAdjustment(
  work: Work,
  { id, approve }: { id: number; approve: boolean },
): Promise<void> {
  await refusing(
    "承認できません。申し出た本人か、精算する月の計算書がもう承認されています。",
    work.sql`select receipts.decide_adjustment(${id}, ${approve})`,
  );
}
