import type { Actor } from "#src/platform/access/index.ts";
import {
  accountsToConfirm,
  decideSetting,
  moveAccount,
  proposeSetting,
  type SettingEntry,
  settingsOf,
} from "#src/platform/payments/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import { fiscalYear } from "#workflows/dates/ages.ts";
import { isoDate } from "#workflows/dates/iso-date.ts";
import type { OfficeTeam } from "./work-in-hand.ts";

/** The 事務 of the demonstration that pay. */
const programs = [
  "child-medical",
  "single-parent-medical",
  "intractable-disease",
  "vaccination",
] as const;

/** An invented agreement with a bank: closed at the end of a month, paid on the 20th of the next one. */
export const agreement: Omit<SettingEntry, "validFrom"> = {
  originatorCode: "0000000001",
  originatorName: "ﾐﾎﾝｼ ｶｲｹｲｶﾝﾘｼﾔ",
  bankCode: "0001",
  branchCode: "001",
  accountType: "1",
  accountNumber: "0000001",
  clearingHouse: "zeros",
  category: "7",
  lineEnds: true,
  closingDay: 31,
  payMonths: 1,
  payDay: 20,
  whenClosed: "after",
  leadDays: 3,
  source: "デモ用の仮の設定（銀行との協定はない）",
};

/**
 * How each 事務 pays, proposed by one and approved by another; and of the accounts that came with granted applications some are
 * confirmed by a second clerk, the others wait.
 */
export async function seedPayments(
  platform: Platform,
  { prepares, decides, teams }: { prepares: Actor; decides: Actor; teams: readonly OfficeTeam[] },
): Promise<void> {
  const validFrom = isoDate(fiscalYear(platform.clock.today()), 4, 1);
  for (const program of programs) {
    const as = <T>(actor: Actor, run: Parameters<typeof runWork<T>>[3]) =>
      runWork(platform, actor, { purpose: "payment", program }, run);
    await as(prepares, (work) => proposeSetting(work, program, { ...agreement, validFrom }));
    await as(decides, async (work) => {
      for (const { id } of await settingsOf(work, program))
        await decideSetting(work, id, "approved");
    });
    for (const { examines } of teams)
      await as(examines, async (work) => {
        const waiting = await accountsToConfirm(work, { from: 0, size: 30 });
        const others = waiting.filter(
          ({ enteredBy, recordedBy }) => ![enteredBy, recordedBy].includes(examines.staffId),
        );
        for (const { id } of others.slice(0, Math.ceil(others.length / 2)))
          await moveAccount(work, id, "confirm", { evidence: "passbook" });
      });
  }
}
