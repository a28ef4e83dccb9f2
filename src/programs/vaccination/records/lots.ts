import { asc, count, eq } from "drizzle-orm";
import { lot } from "#db/schema/vaccination.ts";
import type { Lines } from "#src/platform/lines.ts";
import { EntryFaults } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { findVaccine } from "#workflows/vaccination/schedule.ts";

/** Lots that are registered and count, by vaccine, those that last longest at the end. */
export async function listLots(work: Work, { from, size }: Lines) {
  const counts = eq(lot.withdrawn, false);
  const rows = await work.tx
    .select()
    .from(lot)
    .where(counts)
    .orderBy(asc(lot.vaccine), asc(lot.expiresOn), asc(lot.lot))
    .limit(size)
    .offset(from);
  const [row] = await work.tx.select({ lots: count() }).from(lot).where(counts);
  return { rows, total: row?.lots ?? 0 };
}

/** Registers a lot, or corrects one. @throws EntryProblem; Problem 403 */
export async function enterLot(
  work: Work,
  given: { vaccine: string; lot: string; product: string; expiresOn: IsoDate | undefined },
): Promise<void> {
  const faults = new EntryFaults();
  const within = (text: string, most: number) => (text.length <= most ? text : undefined);
  const vaccine = faults.need(
    "vaccine",
    findVaccine(given.vaccine)?.id,
    "予防接種を選んでください。",
  );
  const lot = faults.need(
    "lot",
    within(given.lot, 30),
    "ロット番号を、30文字以内で入力してください。",
  );
  const product = faults.need(
    "product",
    within(given.product, 60),
    "製品名を、60文字以内で入力してください。",
  );
  const expiresOn = faults.need(
    "expiresOn",
    given.expiresOn,
    "有効期限の最後の日を入力してください。例: R9.3.31",
  );
  if (expiresOn) {
    const last = addDays(work.platform.clock.today(), 3660);
    const holds = expiresOn >= "2000-01-01" && expiresOn <= last ? expiresOn : undefined;
    faults.need("expiresOn", holds, "有効期限は、2000年から10年先までの日で入力してください。");
  }
  faults.end();
  await work.sql`select vaccination.enter_lot(${vaccine}, ${lot}, ${product}, ${expiresOn})`;
}

/** Takes off a lot that was entered by mistake. @throws Problem 409 */
export async function withdrawLot(work: Work, given: { vaccine: string; lot: string }) {
  await refuseInWords(
    work.sql`select vaccination.withdraw_lot(${given.vaccine}, ${given.lot})`,
    "このロットは、既に取り消されています。",
  );
}
