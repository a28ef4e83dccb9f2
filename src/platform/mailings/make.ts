import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { batchItem, batchRun, packageFile } from "#db/schema/mailings.ts";
import type { PieceProblem } from "#forms/index.ts";
import { cutIntoLots } from "#workflows/mailings/lots.ts";
import { lookAtPeople } from "../people/index.ts";
import { recordUnprintable, stoppedCharacters } from "../printing/index.ts";
import { runWork, type Work } from "../work.ts";
import { applyRunEvent, lockRun, type RunRow, runNumber } from "./door.ts";
import { obstacle, stoppedPapers } from "./extract.ts";
import { type ItemReason, isHeld, mailingKind, type PieceToPrint, type RunOfKind } from "./kind.ts";
import { pack } from "./pack.ts";
import type { IndexLine } from "./package.ts";
import { folderOf, type Maker, ofKind, workingKey } from "./run-folder.ts";
import { sha256, writeSealed } from "./sealed-file.ts";

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
  const [kind, about] = [mailingKind(run.kind), await ofKind(work, run)];
  const open = await openPieces(work, run, { about, file });
  if (open.length === 0) return;
  const { pdf, stopped } = await kind.print(work, about, open);
  await leaveOut(
    work,
    run.id,
    new Map([...stopped].map(([number, problems]) => [number, reasonOf(problems)])),
  );
  await recordUnprintable(
    work,
    open.flatMap(({ pieceNumber, person: { personNumber, officeCode } }) => {
      const characters = stoppedCharacters(stopped.get(pieceNumber) ?? []);
      const { program, form } = kind;
      return { personNumber, officeCode, program, form: form.id, runId: run.id, characters };
    }),
  );
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

const reasonOf = (problems: readonly PieceProblem[]): ItemReason =>
  problems.some(({ kind }) => kind === "does-not-fit") ? "no-room" : "no-glyph";

const readyIn = (runId: string, file: number) =>
  and(eq(batchItem.runId, runId), eq(batchItem.file, file), eq(batchItem.state, "ready"));

/** The pieces of a file that may still go: the world may have moved since the approval. */
async function openPieces(
  work: Work,
  run: RunRow,
  { about, file }: { about: RunOfKind; file: number },
): Promise<PieceToPrint[]> {
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
  const unprintable = await kind.unprintable(work, about, [...people.values()]);
  await recordUnprintable(
    work,
    stoppedPapers(kind, run.id, { people: [...people.values()], stopped: unprintable }),
  );
  const pieces: PieceToPrint[] = [];
  const stopped = new Map<string, ItemReason>();
  for (const { personNumber, subject, pieceNumber, releasedBy } of items) {
    if (!pieceNumber) throw new Error("a piece without a number");
    const person = people.get(personNumber);
    const reason = person ? obstacle(person, unprintable) : "moved-out";
    if (reason && !(isHeld(reason) && releasedBy)) stopped.set(pieceNumber, reason);
    else if (person) pieces.push({ personNumber, subject, pieceNumber, person });
  }
  for (const [number, reason] of await kind.refuse(work, about, pieces))
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
