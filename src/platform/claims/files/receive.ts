import { createHash } from "node:crypto";
import { and, eq, ne } from "drizzle-orm";
import { claimFile } from "#db/schema/claims.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { Problem } from "../../problem.ts";
import { putSealed } from "../../vault/index.ts";
import type { Work } from "../../work.ts";
import type { ClaimKind } from "../kind.ts";
import type { RawRow, SealedRow } from "./items.ts";
import { claimLayouts, type ReadRow, readClaimFile } from "./read-file.ts";

/** Rows that are sealed together. */
const rowsPerLot = 500;

/** What tells the same row twice: all that it says, whatever the order of the columns. */
export const markOfRow = ({ platform }: Work, { raw }: Pick<SealedRow, "raw">): string =>
  platform.keys.fingerprint(`claim-row\n${JSON.stringify(sorted(raw))}`).toString("hex");

const sorted = (raw: RawRow) =>
  Object.entries(raw)
    .filter(([, text]) => text !== "")
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

/**
 * Receives a file of claims: all its rows are kept, sealed, and wait to be taken in one by one. Nothing in it is refused silently.
 *
 * @returns the id of the file
 * @throws Problem 422 where it is no file of the map, 409 where the same bytes were received before
 */
export async function receiveClaimFile(
  work: Work,
  { program }: ClaimKind,
  file: { name: string; layout: string; bytes: Uint8Array; receivedOn: IsoDate },
): Promise<string> {
  const layout = (await claimLayouts(work.platform)).find(({ id }) => id === file.layout);
  if (!layout) throw new Problem({ status: 422, message: "この並びの対応表が見つかりません。" });
  const rows = await readClaimFile(layout, file.bytes);
  const digest = createHash("sha256").update(file.bytes).digest("hex");
  const [same] = await work.tx
    .select({ name: claimFile.name })
    .from(claimFile)
    .where(
      and(
        eq(claimFile.program, program),
        eq(claimFile.digest, digest),
        ne(claimFile.state, "taken-back"),
      ),
    );
  if (same)
    throw new Problem({
      status: 409,
      message: `同じ内容のファイルをもう受け取っています（${same.name}）。`,
    });
  const name = file.name.slice(0, 200) || "ファイル";
  const [opened] = await work.sql<{ id: string }[]>`
    select claims.open_file(${program}, ${name}, ${layout.id}, ${digest}, ${file.bytes.length}, ${rows.length}, ${file.receivedOn}) as id`;
  if (!opened) throw new Error("no file was opened");
  for (let at = 0; at < rows.length; at += rowsPerLot)
    await keepLot(work, { fileId: opened.id, program }, rows.slice(at, at + rowsPerLot));
  return opened.id;
}

async function keepLot(
  work: Work,
  { fileId, program }: { fileId: string; program: string },
  rows: readonly ReadRow[],
): Promise<void> {
  const sealedId = await sealRows(
    work,
    { fileId, program },
    rows.map(({ line: _, ...row }) => row),
  );
  await work.sql`select claims.add_rows(${fileId}, ${rows.map(({ line }) => line)}::integer[], ${sealedId},
    ${rows.map((row) => markOfRow(work, row))}::text[])`;
}

/** Seals rows with the key of their file, which goes when nothing of it waits any more. */
export const sealRows = (
  work: Work,
  { fileId, program }: { fileId: string; program: string },
  rows: readonly SealedRow[],
): Promise<string> =>
  putSealed(work, { holder: `claims:${fileId}`, program, kind: "claim-rows", data: rows });
