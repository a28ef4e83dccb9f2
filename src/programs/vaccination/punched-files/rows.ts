import { Encrypter } from "age-encryption";
import { stringify } from "csv-stringify/sync";
import { and, asc, eq } from "drizzle-orm";
import { punchedLot, punchedRow } from "#db/schema/punched.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { getSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import {
  type DropReason,
  punchedFaults,
  readFault,
} from "#workflows/vaccination/punched-files/faults.ts";
import { type TakenRecord, takeRecords } from "../records/take.ts";
import {
  type PunchedItem,
  punchedItems,
  punchedItemTitle,
  type RawRow,
  type SealedRow,
} from "./items.ts";
import { judgeRow, vaccineOf } from "./judge-row.ts";
import { layoutOfFile } from "./layouts.ts";
import { foresee } from "./lots.ts";
import { fileNumber, getFile } from "./move.ts";
import { sealRows } from "./receive.ts";

export type PunchedRow = typeof punchedRow.$inferSelect;

const movedOn = "この行は、ほかの職員が先に処理したか、ファイルの状態が変わりました。";

/** A row as it stands, with what it says where that is still kept; opening it is logged. @throws Problem 404 */
export async function readRow(work: Work, fileId: string, row: number) {
  const { file } = await getFile(work, fileId);
  const [found] = await work.tx
    .select({ row: punchedRow, sealedId: punchedLot.sealedId, firstRow: punchedLot.firstRow })
    .from(punchedRow)
    .innerJoin(
      punchedLot,
      and(eq(punchedLot.fileId, punchedRow.fileId), eq(punchedLot.number, punchedRow.lot)),
    )
    .where(and(eq(punchedRow.fileId, fileId), eq(punchedRow.row, row)));
  if (!found) throw notFound("この行は見つかりません。");
  const closed = file.state === "closed" || file.state === "cancelled";
  const said = closed ? undefined : await saidOf(work, found);
  const { vaccines } = await layoutOfFile(work, file.layoutId);
  return { file, row: found.row, said, shown: inOurWords(said?.raw ?? {}, vaccines) };
}

/** What a row says, with the vaccine by our id where the code of the contractor is known. */
function inOurWords(
  { period, ...raw }: RawRow,
  vaccines: Readonly<Record<string, string>>,
): RawRow {
  const vaccine = vaccineOf({ ...raw, ...(period && { period }) }, vaccines);
  return vaccine ? { ...raw, vaccine } : raw;
}

async function saidOf(
  work: Work,
  found: { row: PunchedRow; sealedId: string; firstRow: number },
): Promise<SealedRow | undefined> {
  const { correctedId, row } = found.row;
  const [opened] = await getSealed(work, [correctedId ?? found.sealedId]);
  const rows = opened?.data as SealedRow[] | undefined;
  return rows?.[correctedId ? 0 : row - found.firstRow];
}

/**
 * Puts what somebody typed in the place of a row. Before the file is taken up it waits with the others; afterwards it is taken up
 * at once, in the name of whoever corrected it.
 *
 * @returns what became of it, where it was taken up
 * @throws EntryProblem with what is still wrong, by item; Problem 403, 409
 */
export async function correctRow(
  work: Work,
  given: { fileId: string; row: number; raw: RawRow },
): Promise<TakenRecord | undefined> {
  const { file, row } = await readRow(work, given.fileId, given.row);
  const { vaccines } = await layoutOfFile(work, file.layoutId);
  const judged = judgeRow({ raw: given.raw }, { today: work.platform.clock.today(), vaccines });
  if ("faults" in judged) {
    const errors = Object.fromEntries(
      judged.faults
        .filter(({ code }) => code !== "shifted")
        .map(({ item, code }) => [item === "row" ? "coupon" : item, punchedFaults[code]]),
    );
    const [[field, message] = ["outcome", movedOn]] = Object.entries(errors);
    throw new EntryProblem(field, message, errors);
  }
  const told = { ...judged.told, reference: `${file.id}:${row.row}` };
  if (file.state === "taken") {
    const [taken] = await takeRecords(work, [told]);
    if (!taken) throw new Error("nothing was taken");
    await refuseInWords(
      work.sql`select punched.row_taken(${file.id}, ${row.row}, ${taken.slipId})`,
      movedOn,
    );
    return taken;
  }
  const [found] = await foresee(work, [told]);
  const sealedId = await sealRows(work, file.id, [{ raw: given.raw }]);
  await refuseInWords(
    work.sql`select punched.correct_row(${file.id}, ${row.row}, ${sealedId}, '{}'::text[], ${found?.state ?? null}, ${found?.doubts ?? []}::text[])`,
    movedOn,
  );
  return undefined;
}

/** Gives a row up, for a reason; it stays in the list. @throws Problem 403, 409 */
export const dropRow = (
  work: Work,
  { fileId, row, reason }: { fileId: string; row: number; reason: DropReason },
): Promise<unknown> =>
  refuseInWords(work.sql`select punched.drop_row(${fileId}, ${row}, ${reason})`, movedOn);

/** Sends all rows at fault back to the contractor, to come again in another file. @throws Problem 403, 409 */
export const returnRows = (
  work: Work,
  { fileId, seen }: { fileId: string; seen: number },
): Promise<unknown> =>
  refuseInWords(
    work.sql`select punched.return_rows(${fileId}, ${seen})`,
    "戻すエラーの行がないか、ファイルの状態が変わりました。",
  );

/**
 * The rows that went back, as a file for the contractor: line, what is wrong, and what stood there; encrypted to its key.
 *
 * @throws Problem 404, 409 where none went back, or the file is closed
 */
export async function faultsFile(
  work: Work,
  fileId: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  const { file, handover, contractor } = await getFile(work, fileId);
  const rows = await work.tx
    .select({ row: punchedRow, sealedId: punchedLot.sealedId, firstRow: punchedLot.firstRow })
    .from(punchedRow)
    .innerJoin(
      punchedLot,
      and(eq(punchedLot.fileId, punchedRow.fileId), eq(punchedLot.number, punchedRow.lot)),
    )
    .where(and(eq(punchedRow.fileId, fileId), eq(punchedRow.state, "returned")))
    .orderBy(asc(punchedRow.row));
  if (rows.length === 0 || file.state === "closed" || file.state === "cancelled")
    throw notFound("委託先へ戻した行は、このファイルにはもうありません。");
  const opened = await getSealed(work, [
    ...new Set(rows.map(({ row, sealedId }) => row.correctedId ?? sealedId)),
  ]);
  const byId = new Map(opened.map(({ id, data }) => [id, data as SealedRow[]]));
  const items = Object.keys(punchedItems) as PunchedItem[];
  const table = stringify(
    rows.map(({ row, sealedId, firstRow }) => {
      const said = row.correctedId
        ? byId.get(row.correctedId)?.[0]
        : byId.get(sealedId)?.[row.row - firstRow];
      const why = row.faults
        .map(readFault)
        .map(({ item, code }) => `${punchedItemTitle(item)}: ${punchedFaults[code]}`);
      return [
        handover.orderNumber,
        row.row,
        why.join(" "),
        ...(said?.unreadable ? said.unreadable.fields : items.map((item) => said?.raw[item] ?? "")),
      ];
    }),
    {
      header: true,
      columns: ["注文番号", "行", "理由", ...items.map((item) => punchedItems[item].title)],
      bom: true,
      record_delimiter: "\r\n",
      quoted: true,
    },
  );
  const encrypter = new Encrypter();
  encrypter.addRecipient(contractor.publicKey);
  return {
    name: `${fileNumber(file)}-errors.csv.age`,
    bytes: await encrypter.encrypt(new TextEncoder().encode(table)),
  };
}
