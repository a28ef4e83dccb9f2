import { z } from "zod";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { getCase } from "../cases/index.ts";
import { type Change, entitlementsOfCase } from "../entitlements/index.ts";
import { isoDate } from "../entry-parts/index.ts";
import type { Work } from "../work.ts";
import type { ChangeSubject } from "./change-kind.ts";
import { currentData, reportedData } from "./data.ts";
import type { AnyApplicationKind, ApplicationKind, Titles } from "./kind.ts";

const nothing = z.strictObject({});

/** Why an entitlement is suspended, where the 事務 has no list of its own. */
export const suspensionReasons: Titles = {
  welfare: "生活保護の開始",
  facility: "施設入所・里親委託",
  "other-fund": "他の公費による医療の給付",
  other: "その他",
};

/** 停止: the days from the one reported on do not count until 再開; the period goes on. */
export const suspensionSubject = <Entered>(
  reasons: Titles = suspensionReasons,
  concerns: "each" | "all" = "all",
): ChangeSubject<Entered> => ({
  title: "資格の停止",
  schema: nothing,
  reasons,
  movement: "suspended",
  concerns,
  items: () => [],
});

/** 再開: from the day reported on the entitlement counts again. */
export const resumptionSubject = <Entered>(
  concerns: "each" | "all" = "all",
): ChangeSubject<Entered> => ({
  title: "資格の再開",
  schema: nothing,
  reasons: {
    "reason-ended": "停止の事由の終了",
    "suspension-mistake": "停止の誤り",
    other: "その他",
  },
  movement: "resumed",
  concerns,
  items: () => [],
});

/** The days as they are to be, both inclusive; of one person. */
export const correctionSchema = z
  .strictObject({
    correction: z.strictObject({ from: isoDate("訂正後の始期"), to: isoDate("訂正後の終期") }),
  })
  .refine(({ correction: { from, to } }) => from <= to, {
    path: ["correction", "to"],
    message: "訂正後の終期には、始期以後の日付を入力してください。",
  });

interface Corrected {
  correction?: { from: IsoDate; to: IsoDate };
}

/** The days that a report of 訂正 asks for, once they are entered; opened, and that is logged. */
export async function correctionOf(
  work: Work,
  caseId: string,
): Promise<Corrected["correction"] | undefined> {
  return ((await reportedData(work, caseId))?.data as Corrected | undefined)?.correction;
}

/**
 * 訂正 (遡及): the period of an entitlement, whatever became of it but 取消, is set to other days; what was issued and paid on
 * the old ones is shown before and followed up after. The rules' own period of today stands beside it.
 */
export const correctionSubject = <Entered>(
  application: () => Pick<AnyApplicationKind, "granting" | "join" | "split">,
  concerns: "each" | "all" = "all",
): ChangeSubject<Entered> => ({
  title: "資格の期間の訂正",
  schema: correctionSchema,
  reasons: {
    "wrong-start": "資格取得日の誤り",
    "wrong-end": "有効期間の終わり・喪失日の誤り",
    "loss-undone": "喪失の取消し",
    "birth-corrected": "生年月日の訂正",
    "residence-corrected": "転入日・転出日の訂正",
    "insurance-corrected": "保険の資格取得日・喪失日の訂正",
    other: "その他",
  },
  movement: "corrected",
  concerns,
  items(data) {
    const { correction } = data as Corrected;
    const shown = (day: IsoDate | undefined) => (day ? formatWareki(day) : "");
    return [
      { label: "訂正後の始期", value: shown(correction?.from) },
      { label: "訂正後の終期", value: shown(correction?.to) },
    ];
  },
  faults(data, { personNumber, birthOf }) {
    const from = (data as Corrected).correction?.from;
    const birth = birthOf(personNumber);
    return from && birth && from < birth
      ? { "correction.from": "訂正後の始期が、この方の出生日より前です。" }
      : {};
  },
  async granting(work, _found, change) {
    const kind = application() as unknown as ApplicationKind<Entered>;
    return kind.granting(
      work,
      await getCase(work, change.grantingCaseId),
      await dataOf(work, kind, change),
    );
  },
  async mayOpen() {},
});

async function dataOf<Entered>(work: Work, kind: ApplicationKind<Entered>, change: Change) {
  const granting = await getCase(work, change.grantingCaseId);
  return currentData(work, kind, { caseId: granting.id, personNumber: granting.personNumber });
}

/** The period of each entitlement that a 訂正 concerns, as it is entered; what its proposal says and its decision carries out. */
export async function correctedPeriods(work: Work, caseId: string, reason: string) {
  const correction = await correctionOf(work, caseId);
  if (!correction) return [];
  return (await entitlementsOfCase(work, caseId)).map(({ id, personNumber, kind }) => ({
    personNumber,
    kind,
    entitlementId: id,
    ...correction,
    reason,
  }));
}
