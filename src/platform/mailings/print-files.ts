import { availableParallelism } from "node:os";
import {
  type BulkResult,
  type FontSupply,
  type Form,
  formOf,
  type Wording,
  writeFiles,
} from "#forms/index.ts";
import { printingOf, settingsOf } from "../printing/index.ts";
import type { Work } from "../work.ts";
import { mailingKind } from "./kind.ts";
import type { PreparedFile } from "./prepare-file.ts";
import { printPieces } from "./print.ts";
import { getRun } from "./run.ts";
import { runOfKind } from "./run-of-kind.ts";

/** A file with its PDF, the number of pages of each piece and those that could not be printed. */
export interface PrintedFile extends PreparedFile {
  printed: BulkResult;
}

/** In what form, fonts and words all files of a run are printed, and on how many cores. */
export interface Press {
  form: Form<unknown>;
  supply: FontSupply;
  wording: Wording;
  workers: number;
}

/** The press of a run of several files; `undefined` where one alone is printed, or each piece as it was issued. */
export async function pressOf(work: Work, runId: string): Promise<Press | undefined> {
  const found = await getRun(work, runId);
  const { papers } = mailingKind(found.kind);
  const { paper, datedOn: on } = await runOfKind(work, found);
  if (!paper || found.fileCount < 2) return undefined;
  const form = formOf(paper.template);
  const { content } = await settingsOf(work, papers, { ...paper, on });
  const { wording } = await printingOf(work, papers, { ...paper, on });
  const { reduceFor, reduceTo } = content;
  return {
    form,
    supply: { ...work.platform.fonts, reduceFor, reduceTo },
    wording: wording(form),
    workers: Math.min(found.fileCount, availableParallelism()),
  };
}

/**
 * Prints files and gives them in order: with a press on all cores, a few ahead of the one that is entered, otherwise here,
 * since to start the others would take longer. The bytes are the same.
 */
export async function* printFiles(
  files: AsyncIterable<PreparedFile>,
  press: Press | undefined,
): AsyncGenerator<PrintedFile> {
  if (!press) {
    for await (const file of files)
      yield { ...file, printed: await printPieces(file.pieces, file.envelopes) };
    return;
  }
  const { form, ...options } = press;
  const ahead: PreparedFile[] = [];
  async function* batches() {
    for await (const file of files) {
      ahead.push(file);
      const { envelopes } = file;
      yield { pieces: file.pieces.map(({ data }) => data), envelopes };
    }
  }
  for await (const printed of writeFiles(form, batches(), options)) {
    const file = ahead.shift();
    if (file) yield { ...file, printed };
  }
}
