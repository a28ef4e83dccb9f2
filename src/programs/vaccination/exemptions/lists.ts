import { createHash, randomUUID } from "node:crypto";
import { count, desc, eq } from "drizzle-orm";
import { exemptionCertificate, exemptionList } from "#db/schema/exemptions.ts";
import type { Lines } from "#src/platform/lines.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { ExemptionGround } from "#workflows/vaccination/exemptions/grounds.ts";
import { readListFile } from "#workflows/vaccination/exemptions/list-file.ts";

export type ExemptionList = typeof exemptionList.$inferSelect;

/** Number as it is shown: `N000012`. */
export const listNumber = ({ serial }: { serial: number }): string =>
  `N${String(serial).padStart(6, "0")}`;

/** Lists, the newest first, with how many certificates of each hold. */
export async function listLists(work: Work, { from, size }: Lines) {
  const rows = await work.tx
    .select()
    .from(exemptionList)
    .orderBy(desc(exemptionList.serial))
    .limit(size)
    .offset(from);
  const [total] = await work.tx.select({ all: count() }).from(exemptionList);
  const issued = await work.tx
    .select({ list: exemptionCertificate.listId, certificates: count() })
    .from(exemptionCertificate)
    .where(eq(exemptionCertificate.state, "issued"))
    .groupBy(exemptionCertificate.listId);
  const made = new Map(issued.map(({ list, certificates }) => [list, certificates]));
  return {
    rows: rows.map((row) => ({ ...row, certificates: made.get(row.id) ?? 0 })),
    total: total?.all ?? 0,
  };
}

/** A list that counts, by the number under which it is shown; nothing where there is none. */
export async function openList(work: Work, number: string): Promise<ExemptionList | undefined> {
  const [, serial] = /^[NnＮｎ]?0*(\d{1,9})$/.exec(number.normalize("NFKC").trim()) ?? [];
  if (!serial) return undefined;
  const [row] = await work.tx
    .select()
    .from(exemptionList)
    .where(eq(exemptionList.serial, Number(serial)));
  return row?.state === "open" ? row : undefined;
}

/**
 * Takes a list of 宛名番号 that the office of a ground handed over, as of a day. A file with a line that is no such number is taken not at
 * all; numbers that are nobody's are counted.
 *
 * @returns how many people are on it, and how many numbers are nobody's
 * @throws EntryProblem of `file` or `asOf`; Problem 403; 409 where the same file was taken for the same day
 */
export async function takeList(
  work: Work,
  given: { bytes: Uint8Array; ground: ExemptionGround; asOf: IsoDate },
): Promise<{ people: number; unknown: number }> {
  const today = work.platform.clock.today();
  if (given.asOf > today)
    throw new EntryProblem("asOf", "名簿の基準日は、今日までの日にしてください。");
  const read = readListFile(given.bytes);
  if ("fault" in read) throw new EntryProblem("file", read.fault);
  const digest = createHash("sha256").update(given.bytes).digest("hex");
  const [row] = await refuseInWords(
    work.sql<{ people: number }[]>`
      select exemptions.take_list(${randomUUID()}, ${given.ground}, ${given.asOf}, ${read.numbers}::text[], ${digest}) as people`,
    "同じ名簿を、既に取り込んでいます。",
  ).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "22023")
      throw new EntryProblem(
        "file",
        "名簿の番号に、本市に登録のある方がいません。基準日も確かめてください。",
      );
    throw error;
  });
  const people = row?.people ?? 0;
  return { people, unknown: read.numbers.length - people };
}

/** Takes off a list from which no certificate holds. @throws Problem 403, 409 */
export const withdrawList = (work: Work, id: string): Promise<unknown> =>
  refuseInWords(
    work.sql`select exemptions.withdraw_list(${id})`,
    "この名簿から作った確認証が有効なため、取り消せません。",
  );
