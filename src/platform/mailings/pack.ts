import { join } from "node:path";
import { and, asc, eq, inArray, isNotNull } from "drizzle-orm";
import { batchItem, contractor, packageFile } from "#db/schema/mailings.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { runWork, type Work } from "../work.ts";
import { mailingKind } from "./kind.ts";
import { applyRunEvent } from "./move-run.ts";
import {
  encryptFor,
  envelopesAmong,
  type IndexLine,
  indexFile,
  type ManifestFile,
  manifestFile,
  pagesOf,
  tar,
} from "./package.ts";
import { lockRun, type RunRow, runNumber } from "./run.ts";
import { dateOf } from "./run-of-kind.ts";
import { readSealed, sha256 } from "./sealed-file.ts";
import { eraseWorkingFiles, folderOf, type Maker, workingKey } from "./working-files.ts";

/** Puts PDF files, index and manifest into one archive for the contractor alone. */
export async function pack({ platform, actor, options, runId }: Maker): Promise<void> {
  await runWork(platform, actor, options, async (work) => {
    const run = await lockRun(work, runId);
    if (run.state !== "making") return;
    const [to] = await work.tx.select().from(contractor).where(eq(contractor.id, run.contractorId));
    if (!to) throw new Error("no contractor");
    const datedOn = dateOf(run);
    if (!datedOn) throw new Error("a run without approval");
    const [folder, key] = [folderOf(platform, runId), workingKey(platform, run)];
    await requireAllDealtWith(work, runId);
    const pdfs = await filesOf(work, runId);
    if (pdfs.length === 0) {
      const comment = "作成のときに、送れるものが一枚も残っていなかった。";
      await applyRunEvent(work, { runId, type: "cancel", comment });
      return;
    }
    const lines: IndexLine[] = [];
    for (const { name } of pdfs) {
      const part = await readSealed(join(folder, `${name}.lines.sealed`), key);
      // Files made before pieces could have several pages tell no number of them.
      const own = JSON.parse(Buffer.from(part).toString()) as (Omit<IndexLine, "pages"> &
        Partial<IndexLine>)[];
      lines.push(...own.map((line) => ({ pages: 1, ...line })));
    }
    const { number } = mailingKind(run.kind);
    const index = {
      name: `${runNumber(run)}-index.csv`,
      bytes: indexFile(lines, { number: number.title }),
    };
    const manifest = {
      name: `${runNumber(run)}-manifest.json`,
      bytes: await manifestOf(work, run, {
        date: datedOn,
        pdfs,
        index,
        envelopes: run.bundling === "none" ? undefined : envelopesAmong(lines),
      }),
    };
    const name = `${runNumber(run)}.tar.age`;
    const entries = [
      ...pdfs.map((pdf) => ({
        name: pdf.name,
        read: () => readSealed(join(folder, `${pdf.name}.sealed`), key),
      })),
      ...[index, manifest].map(({ name, bytes }) => ({ name, read: async () => bytes })),
    ];
    const packed = await encryptFor(to.publicKey, tar(entries, datedOn), join(folder, name));
    const range = {
      pieces: lines.length,
      pages: pagesOf(lines),
      envelopes: envelopesAmong(lines),
      firstNumber: lines[0]?.pieceNumber ?? null,
      lastNumber: lines.at(-1)?.pieceNumber ?? null,
      runId,
      madeAt: platform.clock.now(),
    };
    await work.tx.insert(packageFile).values([
      { ...range, name: index.name, kind: "index", ...sizeOf(index.bytes) },
      { ...range, name: manifest.name, kind: "manifest", ...sizeOf(manifest.bytes) },
      { ...range, name, kind: "package", ...packed },
    ]);
    await applyRunEvent(work, { runId, type: "made" });
  });
  await eraseWorkingFiles(platform, runId);
}

/** No piece is forgotten: each with a number is made, or left out and listed as missing. */
async function requireAllDealtWith(work: Work, runId: string): Promise<void> {
  const open = and(
    eq(batchItem.runId, runId),
    eq(batchItem.state, "ready"),
    isNotNull(batchItem.file),
  );
  if ((await work.tx.$count(batchItem, open)) > 0) throw new Error("pieces are still to be made");
}

const sizeOf = (bytes: Uint8Array) => ({ bytes: bytes.length, sha256: sha256(bytes) });

const filesOf = (work: Work, runId: string) =>
  work.tx
    .select()
    .from(packageFile)
    .where(and(eq(packageFile.runId, runId), eq(packageFile.kind, "pdf")))
    .orderBy(asc(packageFile.file));

async function manifestOf(
  work: Work,
  run: RunRow,
  parts: {
    date: IsoDate;
    pdfs: readonly (Omit<ManifestFile, "envelopes"> & { envelopes: number | null })[];
    index: { name: string; bytes: Uint8Array };
    envelopes: number | undefined;
  },
): Promise<Uint8Array> {
  const missing = await work.tx
    .select({ pieceNumber: batchItem.pieceNumber })
    .from(batchItem)
    .where(
      and(
        eq(batchItem.runId, run.id),
        isNotNull(batchItem.pieceNumber),
        isNotNull(batchItem.file),
        inArray(batchItem.state, ["held", "left-out"]),
      ),
    )
    .orderBy(asc(batchItem.place));
  const files = parts.pdfs.map(
    ({ name, pieces, pages, envelopes, firstNumber, lastNumber, bytes, sha256 }): ManifestFile => ({
      name,
      pieces,
      pages,
      ...(parts.envelopes !== undefined && { envelopes: envelopes ?? pieces }),
      firstNumber,
      lastNumber,
      bytes,
      sha256,
    }),
  );
  const range = {
    pieces: files.reduce((sum, file) => sum + file.pieces, 0),
    pages: files.reduce((sum, file) => sum + file.pages, 0),
    ...(parts.envelopes !== undefined && { envelopes: parts.envelopes }),
    firstNumber: files[0]?.firstNumber ?? null,
    lastNumber: files.at(-1)?.lastNumber ?? null,
  };
  return manifestFile({
    run: runNumber(run),
    title: run.title,
    date: parts.date,
    ...range,
    missingNumbers: missing.flatMap(({ pieceNumber }) => pieceNumber ?? []),
    files,
    index: { name: parts.index.name, ...range, ...sizeOf(parts.index.bytes) },
  });
}
