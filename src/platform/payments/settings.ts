import { and, count, desc, eq, lte, sum } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { findBank, findBranch } from "#db/bank/banks.ts";
import { staff } from "#db/schema/access.ts";
import { payable, setting } from "#db/schema/payments.ts";
import { bankKana, characterClasses } from "#src/formats/zengin/characters.ts";
import type { Originator } from "#src/formats/zengin/originator.ts";
import type { TransferProfile } from "#src/formats/zengin/transfers.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { conflict, notFound, Problem } from "../problem.ts";
import { ofThisProgram } from "../refusals.ts";
import type { Work } from "../work.ts";

export type PaymentSetting = typeof setting.$inferSelect;

const digits = (count: number, what: string) =>
  z.string().regex(new RegExp(`^\\d{${count}}$`), `${what}は${count}桁の数字で入力してください。`);
const wholeNumber = (what: string, least: number, most: number) =>
  z.coerce
    .number(`${what}を数字で入力してください。`)
    .int(`${what}は整数で入力してください。`)
    .min(least, `${what}は${least}以上にしてください。`)
    .max(most, `${what}は${most}以下にしてください。`);

/** How a 事務 pays, as it is proposed. */
export const settingSchema = z
  .strictObject({
    validFrom: z.string().refine(isIsoDate, "適用する日を入力してください。"),
    originatorCode: digits(10, "委託者コード"),
    originatorName: z
      .string()
      .transform((text) => bankKana(text))
      .refine(
        (text) => text !== "" && text.length <= 40,
        "委託者名は、カナ40字までで入力してください。",
      )
      .refine(
        (text) => characterClasses.party.test(text),
        "委託者名に、銀行が受け付けない文字があります。",
      ),
    bankCode: digits(4, "金融機関コード").refine(
      (code) => findBank(code) !== undefined,
      "金融機関コードが見つかりません。",
    ),
    branchCode: digits(3, "店番"),
    accountType: z.enum(["1", "2", "9"]),
    accountNumber: digits(7, "口座番号"),
    clearingHouse: z.enum(["zeros", "spaces"]),
    category: z.enum(["7", "8", "0", "space"]),
    lineEnds: z.boolean(),
    closingDay: wholeNumber("締日", 1, 31),
    payMonths: wholeNumber("支払月", 0, 6),
    payDay: wholeNumber("支払日", 1, 31),
    whenClosed: z.enum(["before", "after"]),
    leadDays: wholeNumber("銀行の営業日の数", 0, 20),
    source: z
      .string()
      .trim()
      .min(2, "根拠を入力してください。例: ○○銀行との協定、会計規則第○条")
      .max(200, "根拠は200字までで入力してください。"),
  })
  .refine(({ bankCode, branchCode }) => findBranch(bankCode, branchCode) !== undefined, {
    path: ["branchCode"],
    message: "この金融機関にその店番はありません。",
  });
export type SettingEntry = z.infer<typeof settingSchema>;

/** Proposes how the 事務 pays from a day on; another person approves it. */
export async function proposeSetting(work: Work, program: string, entry: SettingEntry) {
  await work.sql`select payments.propose_setting(${program}, ${entry.validFrom}, ${entry.originatorCode}, ${entry.originatorName},
    ${entry.bankCode}, ${entry.branchCode}, ${entry.accountType}, ${entry.accountNumber}, ${entry.clearingHouse}, ${entry.category},
    ${entry.lineEnds}, ${entry.closingDay}, ${entry.payMonths}, ${entry.payDay}, ${entry.whenClosed}, ${entry.leadDays}, ${entry.source})`;
}

/** @throws Problem 403 for who proposed it, 409 where it is decided already */
export async function decideSetting(work: Work, id: number, how: "approved" | "refused") {
  const [found] = await work.tx.select().from(setting).where(eq(setting.id, id));
  const row = ofThisProgram(work, found);
  if (!row) throw notFound("支払の設定が見つかりません。");
  if (row.proposedBy === work.actor.staffId)
    throw new Problem({
      status: 403,
      message: "起案した人は承認できません。別の決裁者が承認してください。",
    });
  const [made] = await work.sql<
    { done: boolean }[]
  >`select payments.decide_setting(${id}, ${how}) as done`;
  if (!made?.done) throw conflict("ほかの職員が先に決裁しました。");
}

/** A setting of the 事務 with who proposed and decided it. @throws Problem 404 */
export async function readSetting(work: Work, id: number) {
  const [proposer, decider] = [alias(staff, "proposer"), alias(staff, "decider")];
  const [found] = await work.tx
    .select({ setting, proposer: proposer.displayName, decider: decider.displayName })
    .from(setting)
    .innerJoin(proposer, eq(proposer.id, setting.proposedBy))
    .leftJoin(decider, eq(decider.id, setting.decidedBy))
    .where(eq(setting.id, id));
  if (!found || !ofThisProgram(work, found.setting)) throw notFound("支払の設定が見つかりません。");
  return found;
}

/** How the 事務 pays on a day, by what is approved; nothing where nothing holds. */
export async function settingOn(
  work: Work,
  program: string,
  on: IsoDate,
): Promise<PaymentSetting | undefined> {
  const [found] = await work.tx
    .select()
    .from(setting)
    .where(
      and(
        eq(setting.program, program),
        eq(setting.decision, "approved"),
        lte(setting.validFrom, on),
      ),
    )
    .orderBy(desc(setting.validFrom), desc(setting.id))
    .limit(1);
  return found;
}

/** What is owed and in no run: how many payables, and how much. */
export async function owedNow(
  work: Work,
  program: string,
): Promise<{ count: number; sum: number }> {
  const [row] = await work.tx
    .select({ count: count(), sum: sum(payable.amount).mapWith(Number) })
    .from(payable)
    .where(
      and(eq(payable.program, program), eq(payable.kind, "transfer"), eq(payable.state, "owed")),
    );
  return { count: row?.count ?? 0, sum: row?.sum ?? 0 };
}

/** Settings of a 事務, the newest first. */
export const settingsOf = (work: Work, program: string) =>
  work.tx
    .select()
    .from(setting)
    .where(eq(setting.program, program))
    .orderBy(desc(setting.validFrom), desc(setting.id))
    .limit(30);

/** How the 事務 pays today. @throws Problem 503 where nothing approved holds */
export async function settingInForce(work: Work, program: string): Promise<PaymentSetting> {
  const rows = await work.tx
    .select()
    .from(setting)
    .where(and(eq(setting.program, program), eq(setting.decision, "approved")))
    .orderBy(desc(setting.validFrom), desc(setting.id));
  const found = rows.find(({ validFrom }) => validFrom <= work.platform.clock.today());
  if (found) return found;
  throw new Problem({
    status: 503,
    message:
      "この事務の支払の設定（委託者、振込元の口座、締日と支払日）が、まだ承認されていません。",
    details: ["「支払の設定」で一人が起案し、別の決裁者が承認してください。"],
    see: { title: "支払の設定", path: `/${program}/payments/settings` },
  });
}

const kanaOf = (bankCode: string, branchCode: string) => {
  const branch = findBranch(bankCode, branchCode);
  return {
    bank: { code: bankCode, name: findBank(bankCode)?.kana ?? "" },
    branch: { code: branchCode, name: branch && branch !== "unknown" ? branch.kana : "" },
  };
};
/** Bank and branch as bank files name them: spaces where the name of the branch is not at hand. */
export const placesOf = kanaOf;

/** Who sends the bank's file. */
export const originatorOf = (row: PaymentSetting): Originator => ({
  code: row.originatorCode,
  name: row.originatorName,
  account: {
    ...kanaOf(row.bankCode, row.branchCode),
    type: row.accountType,
    number: row.accountNumber,
  },
});

/** What the bank wants in it. */
export const profileOf = (row: PaymentSetting): TransferProfile => ({
  clearingHouse: row.clearingHouse === "zeros" ? "0000" : "    ",
  category: row.category === "space" ? " " : row.category,
  lineEnd: row.lineEnds ? "\r\n" : "",
});
