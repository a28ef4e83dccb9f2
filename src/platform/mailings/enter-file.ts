import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { batchItem, packageFile } from "#db/schema/mailings.ts";
import { stoppedCharacters } from "../printing/index.ts";
import type { Work } from "../work.ts";
import { reasonOf, recordStopped } from "./judge.ts";
import { mailingKind } from "./kind.ts";
import { envelopesAmong, type IndexLine, pagesOf } from "./package.ts";
import { leaveOut, readyIn } from "./prepare-file.ts";
import type { PrintedFile } from "./print-files.ts";
import { lockRun, type RunRow, runNumber } from "./run.ts";
import { sha256, writeSealed } from "./sealed-file.ts";
import { folderOf, workingKey } from "./working-files.ts";

/**
 * Keeps a printed file, and enters its pieces in the issue history; nothing when the run was cancelled meanwhile
 * (`stopped`), or when another process, which took this one for dead, has dealt with the file (`overtaken`).
 */
export async function enterFile(
  work: Work,
  runId: string,
  { file, run, pieces, envelopes, printed }: PrintedFile,
): Promise<"entered" | "stopped" | "overtaken"> {
  const found = await lockRun(work, runId);
  if (found.state !== "making") return "stopped";
  if ((await work.tx.$count(batchItem, readyIn(runId, file))) !== pieces.length) return "overtaken";
  const kind = mailingKind(found.kind);
  await setAside(work, found, { pieces, printed });
  const name = `${runNumber(found)}-${String(file).padStart(4, "0")}.pdf`;
  const lines = linesOf(name, pieces, { envelopes, printed });
  const numbers = new Set(lines.map(({ pieceNumber }) => pieceNumber));
  const kept = pieces.filter(({ pieceNumber }) => numbers.has(pieceNumber));
  if (kept.length === 0) return "entered";
  await kind.record(work, run, kept);
  await keep(work, found, { name, file, lines, pdf: printed.pdf });
  await work.sql`select mailings.print_file(${runId}, ${file})`;
  return "entered";
}

/** The lines of the index for what was printed of a file. */
function linesOf(
  file: string,
  pieces: PrintedFile["pieces"],
  { envelopes, printed }: Pick<PrintedFile, "envelopes" | "printed">,
): IndexLine[] {
  const lines: IndexLine[] = [];
  let page = 1;
  let place = 0;
  for (const { name, pieces: size } of envelopes ?? pieces.map(() => ({ name: "", pieces: 1 }))) {
    const begin = page;
    const own: IndexLine[] = [];
    for (const { pieceNumber, to } of pieces.slice(place, place + size)) {
      const pages = printed.pages[place] ?? 0;
      page += printed.before[place] ?? 0;
      if (pages > 0) own.push({ file, page, pages, pieceNumber, postalCode: to.postalCode });
      page += pages;
      place++;
    }
    const whole = { name, pieces: own.length, sheets: page - begin, page: begin };
    lines.push(
      ...own.map((line, at) =>
        envelopes ? { ...line, envelope: { ...whole, place: at + 1 } } : line,
      ),
    );
  }
  return lines;
}

/** Leaves out what the form could not print: only laying out a page tells. */
async function setAside(
  work: Work,
  run: RunRow,
  { pieces, printed }: Pick<PrintedFile, "pieces" | "printed">,
): Promise<void> {
  const stopped = printed.held.flatMap(({ index, problems }) => {
    const piece = pieces[index];
    if (!piece) return [];
    const { pieceNumber, person } = piece;
    return [
      { pieceNumber, person, reason: reasonOf(problems), characters: stoppedCharacters(problems) },
    ];
  });
  await leaveOut(work, run.id, stopped);
  await recordStopped(work, mailingKind(run.kind), run.id, stopped);
}

/** Writes a file, sealed, with its lines of the index, and its row. */
async function keep(
  work: Work,
  run: RunRow,
  file: { name: string; file: number; lines: readonly IndexLine[]; pdf: Uint8Array },
): Promise<void> {
  const { name, lines, pdf } = file;
  const key = workingKey(work.platform, run);
  const folder = folderOf(work.platform, run.id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeSealed(join(folder, `${name}.sealed`), key, pdf);
  await writeSealed(join(folder, `${name}.lines.sealed`), key, Buffer.from(JSON.stringify(lines)));
  await work.tx.insert(packageFile).values({
    runId: run.id,
    name,
    kind: "pdf",
    file: file.file,
    pieces: lines.length,
    pages: pagesOf(lines),
    envelopes: envelopesAmong(lines),
    firstNumber: lines[0]?.pieceNumber ?? null,
    lastNumber: lines.at(-1)?.pieceNumber ?? null,
    bytes: pdf.length,
    sha256: sha256(pdf),
    madeAt: work.platform.clock.now(),
  });
}
