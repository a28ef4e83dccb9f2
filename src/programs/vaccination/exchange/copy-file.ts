import { createHash } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { encryptFor, tar } from "#src/platform/mailings/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { conflict, EntryProblem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type CopyRun, copyRunNumber, findRun } from "./copies.ts";

/** A row as it is sent. */
export interface CopyRow {
  number: number;
  operation: "register" | "delete";
  shotId: string;
  personNumber: string;
  vaccine: string;
  dose: number;
  givenOn: string;
  product: string | null;
  lot: string | null;
  volume: string | null;
  clinicCode: string | null;
  noAutoAnswer: boolean;
}

/** Columns of layout 1 (docs/copies.md). */
export const copyColumns = [
  "行番号",
  "処理区分",
  "統合宛名番号",
  "記録キー",
  "予防接種",
  "回数",
  "接種日",
  "製品",
  "製造番号",
  "接種量",
  "医療機関コード",
  "自動応答不可",
] as const;

/** A part of the file: UTF-8 with BOM, CRLF, every field quoted; of a deletion only whose record goes. */
export function copyPart(rows: readonly CopyRow[]): Uint8Array {
  const table = stringify(
    rows.map((row) => {
      const goes = row.operation === "delete";
      return [
        row.number,
        goes ? "2" : "1",
        row.personNumber,
        row.shotId,
        row.vaccine,
        row.dose,
        row.givenOn,
        goes ? "" : (row.product ?? ""),
        goes ? "" : (row.lot ?? ""),
        goes ? "" : (row.volume ?? ""),
        goes ? "" : (row.clinicCode ?? ""),
        row.noAutoAnswer ? "1" : "0",
      ];
    }),
    {
      header: true,
      columns: [...copyColumns],
      bom: true,
      record_delimiter: "\r\n",
      quoted: true,
      quoted_empty: true,
    },
  );
  return new TextEncoder().encode(table);
}

export const sha256 = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

const folder = (platform: Platform) => join(platform.dataFolder, "copies");
const pathOf = (platform: Platform, runId: string) => join(folder(platform), `${runId}.tar.age`);

/** Name under which the file of a run is taken out. */
export const copyFileName = (run: CopyRun): string => `copies-${copyRunNumber(run)}.tar.age`;

/** A part of a run as it was read: its rows, and their bytes once. */
export interface CopyPart {
  name: string;
  rows: number;
  bytes: Uint8Array;
}

/**
 * Writes the file of a run, sealed for its recipient, whole or not at all: parts as they are read, one in memory at a time, and
 * 管理票 (manifest.json) last, which tells rows, bytes and SHA-256 of each.
 */
export async function writeCopyFile(
  platform: Platform,
  run: CopyRun,
  publicKey: string,
  parts: AsyncIterable<CopyPart>,
): Promise<{ parts: number; rows: number; bytes: number; sha256: string }> {
  const listed: { name: string; rows: number; bytes: number; sha256: string }[] = [];
  async function* entries() {
    for await (const part of parts) {
      listed.push({
        name: part.name,
        rows: part.rows,
        bytes: part.bytes.length,
        sha256: sha256(part.bytes),
      });
      yield { name: part.name, read: async () => part.bytes };
    }
    const manifest = {
      layout: 1,
      run: copyRunNumber(run),
      scope: run.scope,
      date: run.preparedOn,
      rows: listed.reduce((sum, { rows }) => sum + rows, 0),
      parts: listed,
    };
    yield {
      name: "manifest.json",
      read: async () => new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`),
    };
  }
  await mkdir(folder(platform), { recursive: true, mode: 0o700 });
  const written = await encryptFor(
    publicKey,
    tar(entries(), run.preparedOn as IsoDate),
    pathOf(platform, run.id),
  );
  return {
    parts: listed.length,
    rows: listed.reduce((sum, { rows }) => sum + rows, 0),
    ...written,
  };
}

/** Removes the file of a run that is over; the recipient alone could have opened it. */
export const eraseCopyFile = (platform: Platform, runId: string): Promise<void> =>
  rm(pathOf(platform, runId), { force: true });

/** The sealed file of a run, as it leaves. @throws Problem 409 where there is none, it is not the one that was made, or somebody in it is hidden since */
export async function takeCopyFile(work: Work, id: string) {
  const run = await findRun(work, id);
  await refuseInWords(
    refuseInWords(
      work.sql`select exchange.take_copy_file(${id})`,
      "この回は、ファイルを取り出せる段階にありません。",
    ),
    "ファイルを作った後に、支援措置などで自動応答不可になった方が載っています。このファイルは取り出せません。取り消して、作り直してください。",
    ["MD020"],
  );
  const bytes = await readFile(pathOf(work.platform, id)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!bytes || sha256(bytes) !== run.fileSha256)
    throw conflict(
      "作成したファイルが、このサーバーにないか、壊れています。取り消して、作り直してください。",
    );
  return { name: copyFileName(run), bytes };
}

const outcomes: Readonly<Record<string, "accepted" | "refused">> = {
  "0": "accepted",
  "1": "refused",
};
const answerColumns = ["回番号", "行番号", "結果", "コード"] as const;

/** An answer as it stands in the file. */
export interface CopyAnswer {
  number: number;
  outcome: "accepted" | "refused";
  code: string;
}

/**
 * Reads the answers of a file of layout 1 (docs/copies.md).
 *
 * @throws EntryProblem of `file` with the line that cannot be read; nothing is taken then
 */
export function readCopyAnswers(bytes: Uint8Array, run: string): CopyAnswer[] {
  const refuse = (message: string) => {
    throw new EntryProblem("file", message);
  };
  let rows: string[][] = [];
  try {
    rows = parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes), {
      bom: true,
      relax_column_count: false,
    });
  } catch {
    refuse("回答のファイルとして読めません。UTF-8のCSVで、列の数が全行同じか確かめてください。");
  }
  const [header, ...lines] = rows;
  if (header?.join() !== answerColumns.join())
    refuse(`1行目は「${answerColumns.join(",")}」にしてください。`);
  if (lines.length === 0) refuse("回答が1行もありません。");
  const seen = new Set<number>();
  return lines.map(([ofRun = "", number = "", result = "", code = ""], at) => {
    const outcome = outcomes[result];
    const where = `${at + 2}行目: `;
    if (ofRun !== run) refuse(`${where}回番号が「${run}」ではありません。`);
    if (!/^[1-9]\d{0,8}$/.test(number)) refuse(`${where}行番号が読めません。`);
    if (!outcome) refuse(`${where}結果は0（登録）か1（拒否）です。`);
    if (!/^[A-Za-z0-9_.-]{0,30}$/.test(code)) refuse(`${where}コードは半角英数字30文字以内です。`);
    if (seen.has(Number(number))) refuse(`${where}行番号${number}が2回あります。`);
    seen.add(Number(number));
    return { number: Number(number), outcome: outcome ?? "refused", code };
  });
}

/**
 * Takes the answers to a run row by row; the last one ends it.
 *
 * @returns how many rows were settled, and how many answers belong to none that waits
 * @throws EntryProblem of `file`; Problem 409
 */
export async function takeCopyAnswers(work: Work, id: string, bytes: Uint8Array) {
  const run = await findRun(work, id);
  if (run.state !== "awaiting-answer") throw conflict("この回は、回答を待っていません。");
  const answers = readCopyAnswers(bytes, copyRunNumber(run));
  const [row] = await refuseInWords(
    work.sql<{ answered: number }[]>`
      select exchange.answer_copies(${id}, ${answers.map(({ number }) => number)}::integer[],
        ${answers.map(({ outcome }) => outcome)}::text[], ${answers.map(({ code }) => code || null)}::text[]) as answered`,
    "この回は、回答を待っていません。",
  );
  const settled = row?.answered ?? 0;
  return { settled, others: answers.length - settled };
}
