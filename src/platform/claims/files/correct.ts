import type { dropReasons } from "#workflows/claims/file-row.ts";
import { conflict } from "../../problem.ts";
import type { Work } from "../../work.ts";
import type { ClaimKind } from "../kind.ts";
import type { RawRow } from "./items.ts";
import { getClaimFile, getRow } from "./lists.ts";
import { markOfRow, sealRows } from "./receive.ts";
import { settle } from "./take.ts";

/** Puts what somebody corrected in the place of a row at fault; it waits to be taken again. @throws Problem 409 once settled */
export async function correctRow(
  work: Work,
  { program }: ClaimKind,
  { fileId, line, raw }: { fileId: string; line: number; raw: RawRow },
): Promise<void> {
  await requireFaulty(work, fileId, line);
  const sealedId = await sealRows(work, { fileId, program }, [{ raw }]);
  await work.sql`select claims.correct_row(${fileId}, ${line}, ${sealedId}, ${markOfRow(work, { raw })})`;
}

/** Gives a row at fault up, for a reason. @throws Problem 409 once settled */
export async function dropRow(
  work: Work,
  { fileId, line, reason }: { fileId: string; line: number; reason: keyof typeof dropReasons },
): Promise<void> {
  await requireFaulty(work, fileId, line);
  await settle(work, { fileId, line }, { state: "dropped", reason });
}

async function requireFaulty(work: Work, fileId: string, line: number): Promise<void> {
  const { state } = await getRow(work, fileId, line);
  if (state !== "faulty") throw conflict("この行は、もう処理されています。");
}

/** Takes a file back: its claims are withdrawn, its other rows given up. @throws Problem 409 once one of its claims moved on */
export async function takeFileBack(work: Work, kind: ClaimKind, fileId: string): Promise<void> {
  const { state } = await getClaimFile(work, kind, fileId);
  if (state !== "taking" && state !== "taken")
    throw conflict("このファイルは、もう取り消されています。");
  const [row] = await work.sql<{ moved: number }[]>`select claims.moved_on(${fileId}) as moved`;
  if ((row?.moved ?? 0) > 0)
    throw conflict(
      `このファイルの申請のうち${row?.moved}件は、先に進んでいるため、ファイルを取り消せません。`,
    );
  await work.sql`select claims.take_file_back(${fileId})`;
}
