import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { batchItem, batchRun, contractor, packageFile } from "#db/schema/mailings.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import { cutIntoLots } from "#workflows/mailings/lots.ts";
import type { Actor } from "../access/actor.ts";
import { lookAtPeople } from "../people/index.ts";
import type { Platform } from "../platform.ts";
import { runWork, type Work, type WorkOptions } from "../work.ts";
import { applyRunEvent, lockRun, type RunRow, runNumber } from "./door.ts";
import { obstacle } from "./extract.ts";
import { type ItemReason, isHeld, mailingKind, type PieceToPrint, type RunOfKind } from "./kind.ts";
import {
  encryptFor,
  type IndexLine,
  indexFile,
  type ManifestFile,
  manifestFile,
  tar,
} from "./package.ts";
import { readSealed, sha256, writeSealed } from "./sealed-file.ts";

/** For how many days a package can be taken out. */
const downloadDays = 30;

/** In whose name a run is made, and why. */
interface Maker {
  platform: Platform;
  actor: Actor;
  options: WorkOptions;
  runId: string;
  signal?: AbortSignal | undefined;
}

/**
 * Makes the files of an approved run and packs them. Each file is one transaction, so that a
 * process may die at any moment: what was committed stays, the rest is made by the next call,
 * byte for byte as it would have been.
 */
export async function makeRun(maker: Maker): Promise<void> {
  const { platform, actor, options } = maker;
  const inWork = <T>(work: (work: Work) => Promise<T>) => runWork(platform, actor, options, work);
  await inWork((work) => start(work, maker.runId));
  while (!maker.signal?.aborted) {
    const made = await inWork((work) => makeNextFile(work, maker.runId));
    if (made === "stopped") return;
    if (made === "none left") break;
  }
  if (!maker.signal?.aborted) await pack(maker);
}

export const folderOf = (platform: Platform, runId: string): string =>
  join(platform.dataFolder, "mailings", runId);

/** Gives every piece its number and its file, in postal order. */
async function start(work: Work, runId: string): Promise<void> {
  const run = await lockRun(work, runId);
  const numbered = run.fileCount > 0;
  if (numbered || (run.state !== "approved" && run.state !== "making")) return;
  const pieces = await work.tx
    .select({ personNumber: batchItem.personNumber, subject: batchItem.subject })
    .from(batchItem)
    .where(and(eq(batchItem.runId, runId), eq(batchItem.state, "ready")))
    .orderBy(asc(batchItem.place));
  const numbers = await mailingKind(run.kind).takeNumbers(work, run, pieces);
  const lots = cutIntoLots(pieces.length);
  const files = lots.flatMap(({ file, first, last }) => Array<number>(last - first + 1).fill(file));
  await work.sql`
    update mailings.batch_item i set piece_number = x.n, file = x.f
      from unnest(${pieces.map((p) => p.personNumber)}::text[], ${pieces.map((p) => p.subject)}::text[],
        ${numbers}::text[], ${files}::integer[]) x(p, s, n, f)
     where i.run_id = ${runId} and i.person_number = x.p and i.subject = x.s`;
  await work.tx.update(batchRun).set({ fileCount: lots.length }).where(eq(batchRun.id, runId));
  if (run.state === "approved") await applyRunEvent(work, { runId, type: "make" });
}

const fileName = (run: RunRow, file: number) =>
  `${runNumber(run)}-${String(file).padStart(4, "0")}.pdf`;

async function makeNextFile(work: Work, runId: string): Promise<"made" | "none left" | "stopped"> {
  const run = await lockRun(work, runId);
  if (run.state !== "making") return "stopped";
  const [next] = await work.tx
    .select({ file: sql<number | null>`min(${batchItem.file})` })
    .from(batchItem)
    .where(
      and(eq(batchItem.runId, runId), eq(batchItem.state, "ready"), isNotNull(batchItem.file)),
    );
  if (!next?.file) return "none left";
  await makeFile(work, run, next.file);
  return "made";
}

async function makeFile(work: Work, run: RunRow, file: number): Promise<void> {
  const [kind, about] = [mailingKind(run.kind), ofKind(run)];
  const open = await openPieces(work, run, file);
  const { pdf, stopped } = await kind.print(work, about, open);
  await leaveOut(work, run.id, stopped);
  const pieces = open.filter(({ pieceNumber }) => !stopped.has(pieceNumber));
  if (pieces.length === 0) return;
  await kind.issue(work, about, pieces);
  const name = fileName(run, file);
  const lines = pieces.map(
    ({ pieceNumber, person }, index): IndexLine => ({
      file: name,
      page: index + 1,
      pieceNumber,
      postalCode: person.address?.postalCode ?? "",
    }),
  );
  const key = workingKey(work.platform, run);
  const folder = folderOf(work.platform, run.id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeSealed(join(folder, `${name}.sealed`), key, pdf);
  await writeSealed(join(folder, `${name}.lines.sealed`), key, Buffer.from(JSON.stringify(lines)));
  await work.tx.insert(packageFile).values({
    runId: run.id,
    name,
    kind: "pdf",
    file,
    pieces: pieces.length,
    firstNumber: pieces[0]?.pieceNumber ?? null,
    lastNumber: pieces.at(-1)?.pieceNumber ?? null,
    bytes: pdf.length,
    sha256: sha256(pdf),
    madeAt: work.platform.clock.now(),
  });
  await work.tx.update(batchItem).set({ state: "made" }).where(readyIn(run.id, file));
  await work.tx
    .update(batchRun)
    .set({ madeCount: sql`${batchRun.madeCount} + ${pieces.length}` })
    .where(eq(batchRun.id, run.id));
}

const readyIn = (runId: string, file: number) =>
  and(eq(batchItem.runId, runId), eq(batchItem.file, file), eq(batchItem.state, "ready"));

/** The pieces of a file that may still go: the world may have moved since the approval. */
async function openPieces(work: Work, run: RunRow, file: number): Promise<PieceToPrint[]> {
  const kind = mailingKind(run.kind);
  const items = await work.tx
    .select()
    .from(batchItem)
    .where(readyIn(run.id, file))
    .orderBy(asc(batchItem.place));
  const numbers = [...new Set(items.map(({ personNumber }) => personNumber))];
  const people = new Map(
    (await lookAtPeople(work, numbers, ["name", "address"])).map((one) => [one.personNumber, one]),
  );
  const pieces: PieceToPrint[] = [];
  const stopped = new Map<string, ItemReason>();
  for (const { personNumber, subject, pieceNumber, releasedBy } of items) {
    if (!pieceNumber) throw new Error("a piece without a number");
    const person = people.get(personNumber);
    const reason = person ? obstacle(person, kind.unprintable) : "moved-out";
    if (reason && !(isHeld(reason) && releasedBy)) stopped.set(pieceNumber, reason);
    else if (person) pieces.push({ personNumber, subject, pieceNumber, person });
  }
  for (const [number, reason] of await kind.refuse(work, ofKind(run), pieces))
    stopped.set(number, reason);
  await leaveOut(work, run.id, stopped);
  return pieces.filter(({ pieceNumber }) => !stopped.has(pieceNumber));
}

async function leaveOut(work: Work, runId: string, stopped: Map<string, ItemReason>) {
  for (const [reason, some] of Map.groupBy(stopped, ([, reason]) => reason))
    await work.tx
      .update(batchItem)
      .set({ state: isHeld(reason) ? "held" : "left-out", reason })
      .where(
        and(
          eq(batchItem.runId, runId),
          inArray(
            batchItem.pieceNumber,
            some.map(([number]) => number),
          ),
        ),
      );
}

function ofKind(run: RunRow): RunOfKind {
  if (!run.datedOn) throw new Error("a run without approval");
  return { id: run.id, datedOn: run.datedOn as RunOfKind["datedOn"], parameters: run.parameters };
}

function workingKey(platform: Platform, run: RunRow): Buffer {
  if (!run.workingKey) throw new Error("the run is over");
  return platform.keys.unwrap(run.workingKey);
}

/** Puts PDF files, index and manifest into one archive for the contractor alone. */
async function pack({ platform, actor, options, runId }: Maker): Promise<void> {
  await runWork(platform, actor, options, async (work) => {
    const run = await lockRun(work, runId);
    if (run.state !== "making") return;
    const [to] = await work.tx.select().from(contractor).where(eq(contractor.id, run.contractorId));
    if (!to) throw new Error("no contractor");
    const { datedOn } = ofKind(run);
    const [folder, key] = [folderOf(platform, runId), workingKey(platform, run)];
    const pdfs = await filesOf(work, runId);
    if (pdfs.length === 0) {
      const comment = "作成のときに、送れるものが一枚も残っていなかった。";
      await applyRunEvent(work, { runId, type: "cancel", comment });
      return;
    }
    const lines: IndexLine[] = [];
    for (const { name } of pdfs) {
      const part = await readSealed(join(folder, `${name}.lines.sealed`), key);
      lines.push(...(JSON.parse(Buffer.from(part).toString()) as IndexLine[]));
    }
    const index = { name: `${runNumber(run)}-index.csv`, bytes: indexFile(lines) };
    const manifest = {
      name: `${runNumber(run)}-manifest.json`,
      bytes: await manifestOf(work, run, { pdfs, index: index.bytes, indexName: index.name }),
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
    await work.tx
      .update(batchRun)
      .set({ downloadUntil: addDays(platform.clock.today(), downloadDays), workingKey: null })
      .where(eq(batchRun.id, runId));
    await applyRunEvent(work, { runId, type: "made" });
  });
  await eraseWorkingFiles(platform, runId);
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
  parts: { pdfs: readonly ManifestFile[]; index: Uint8Array; indexName: string },
): Promise<Uint8Array> {
  const missing = await work.tx
    .select({ pieceNumber: batchItem.pieceNumber })
    .from(batchItem)
    .where(
      and(
        eq(batchItem.runId, run.id),
        isNotNull(batchItem.pieceNumber),
        inArray(batchItem.state, ["held", "left-out"]),
      ),
    )
    .orderBy(asc(batchItem.place));
  const files = parts.pdfs.map(
    ({ name, pieces, firstNumber, lastNumber, bytes, sha256 }): ManifestFile => ({
      name,
      pieces,
      firstNumber,
      lastNumber,
      bytes,
      sha256,
    }),
  );
  const pieces = files.reduce((sum, file) => sum + file.pieces, 0);
  const range = {
    pieces,
    firstNumber: files[0]?.firstNumber ?? null,
    lastNumber: files.at(-1)?.lastNumber ?? null,
  };
  return manifestFile({
    run: runNumber(run),
    title: run.title,
    date: ofKind(run).datedOn,
    ...range,
    missingNumbers: missing.flatMap(({ pieceNumber }) => pieceNumber ?? []),
    files,
    index: { name: parts.indexName, ...range, ...sizeOf(parts.index) },
  });
}

/** Removes what waited for the package; its key is gone already. */
export async function eraseWorkingFiles(platform: Platform, runId: string): Promise<void> {
  const folder = folderOf(platform, runId);
  for (const name of await readdir(folder).catch(() => []))
    if (name.endsWith(".sealed") || name.endsWith(".part")) await rm(join(folder, name));
}
