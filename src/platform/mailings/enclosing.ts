import { createHash } from "node:crypto";
import { Encrypter } from "age-encryption";
import { stringify } from "csv-stringify/sync";
import { and, asc, desc, eq } from "drizzle-orm";
import { batchRun, contractor, enclosing, handOver, packageFile } from "#db/schema/mailings.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { EntryProblem, notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { ofProgram, runNumber } from "./run.ts";

/** What is told of the enclosing, in its order. */
export const enclosingSteps = {
  handed: "封入封緘指示書の引渡し",
  printed: "印刷の結果",
  delivered: "印刷物の授受",
  posted: "発送の結果",
} as const;
export type EnclosingStep = keyof typeof enclosingSteps;

/** Why fewer pieces went to the post than were printed. */
export const differenceTitles = {
  spoilt: "損傷（再印刷へ）",
  withdrawn: "引抜き（発送の取りやめ）",
  missing: "不足（調査中）",
  other: "その他",
} as const;
export type Difference = keyof typeof differenceTitles;

export type Enclosing = Awaited<ReturnType<typeof enclosingOf>>;

const select = (work: Work) =>
  work.tx
    .select({
      entry: enclosing,
      contractorName: contractor.name,
      publicKey: contractor.publicKey,
      title: batchRun.title,
      serial: batchRun.serial,
      state: batchRun.state,
      pieces: handOver.pieces,
      handedOverOn: handOver.handedOn,
    })
    .from(enclosing)
    .innerJoin(contractor, eq(contractor.id, enclosing.contractorId))
    .innerJoin(batchRun, eq(batchRun.id, enclosing.runId))
    .leftJoin(handOver, eq(handOver.runId, enclosing.runId))
    .$dynamic();

/** Who encloses a run and what both contractors told; nothing where the printer does it all. */
export async function enclosingOf(work: Work, runId: string) {
  const [found] = await select(work).where(and(eq(enclosing.runId, runId), ofProgram(work)));
  return found;
}

/** Enclosings of a 事務, the newest first; for the 授受簿. */
export const listEnclosings = (work: Work, size: number) =>
  select(work).where(ofProgram(work)).orderBy(desc(batchRun.serial)).limit(size);

/** Names who encloses, while the run is prepared. @throws Problem 422 */
export async function nameEncloser(
  work: Work,
  run: { id: string; contractorId: number },
  contractorId: number,
): Promise<void> {
  if (contractorId === run.contractorId)
    throw new Problem({
      status: 422,
      message: "封入封緘の委託先には、印刷の委託先と別の委託先を選んでください。",
    });
  await work.sql`select mailings.name_encloser(${run.id}, ${contractorId})`;
}

/** What comes next to be told. */
export const nextOf = ({ entry }: NonNullable<Enclosing>): EnclosingStep | undefined =>
  (Object.keys(enclosingSteps) as EnclosingStep[]).find((step) => entry[`${step}On`] === null);

/**
 * 封入封緘指示書: for each file of the package how many pieces, envelopes and pages it has, and nothing else: no number of a
 * piece, no postal code. Handing it over is entered with its SHA-256; it can be read by that contractor alone.
 *
 * @throws Problem 404, 409
 */
export async function handEnclosing(
  work: Work,
  runId: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  const found = await require(work, runId);
  if (found.entry.handedOn) throw new Problem({ status: 409, message: "既に引き渡しています。" });
  const files = await work.tx
    .select()
    .from(packageFile)
    .where(and(eq(packageFile.runId, runId), eq(packageFile.kind, "pdf")))
    .orderBy(asc(packageFile.file));
  const sum = (of: (file: (typeof files)[number]) => number) =>
    files.reduce((total, file) => total + of(file), 0);
  const envelopes = (file: (typeof files)[number]) => file.envelopes ?? file.pieces;
  const csv = stringify(
    [
      ...files.map((file) => [file.name, file.pieces, envelopes(file), file.pages]),
      ["合計", sum(({ pieces }) => pieces), sum(envelopes), sum(({ pages }) => pages)],
    ],
    {
      header: true,
      columns: ["ファイル名", "通数", "封筒数", "ページ数"],
      bom: true,
      record_delimiter: "\r\n",
      quoted: true,
    },
  );
  const plain = new TextEncoder().encode(csv);
  await note(work, runId, "handed", {
    day: work.platform.clock.today(),
    words: createHash("sha256").update(plain).digest("hex"),
  });
  const encrypter = new Encrypter();
  encrypter.addRecipient(found.publicKey);
  return { name: `${runNumber(found)}-enclosing.csv.age`, bytes: await encrypter.encrypt(plain) };
}

/** What a contractor told, with its counts: each step once and in its turn. @throws EntryProblem of the field; Problem 404 */
export async function noteEnclosing(
  work: Work,
  runId: string,
  told: {
    step: Exclude<EnclosingStep, "handed">;
    day: IsoDate;
    good: number | undefined;
    bad: number | undefined;
    number: string;
    difference: Difference | undefined;
  },
): Promise<void> {
  const { entry, pieces, handedOverOn } = await require(work, runId);
  const { step, day, good, bad = 0, number, difference } = told;
  const total = pieces ?? 0;
  const before = { printed: handedOverOn, delivered: entry.printedOn, posted: entry.deliveredOn };
  if (day > work.platform.clock.today() || day < (before[step] ?? ""))
    throw new EntryProblem("day", "前の段階の日から今日までの日付を入力してください。");
  const most = { printed: total, delivered: entry.printed ?? 0, posted: entry.delivered ?? 0 }[
    step
  ];
  if (good === undefined || good < 0 || good > most)
    throw new EntryProblem("good", `通数を0から${most}までの数で入力してください。`);
  if (step === "printed" && good !== total)
    throw new EntryProblem(
      "good",
      `発送データは${total}通です。刷り直しを済ませ、全部がそろってから記録してください。`,
    );
  if (step === "delivered" && !number)
    throw new EntryProblem("number", "受領書の番号を入力してください。");
  if (step === "posted" && good < total && !difference)
    throw new EntryProblem("difference", "通数が発送データと違います。理由を選んでください。");
  await note(work, runId, step, {
    day,
    good,
    bad,
    words: step === "delivered" ? number : undefined,
    why: step === "posted" && good < total ? difference : undefined,
  });
}

async function require(work: Work, runId: string) {
  const found = await enclosingOf(work, runId);
  if (!found) throw notFound("封入封緘の委託先はありません。");
  if (!found.handedOverOn)
    throw new Problem({ status: 409, message: "発送データを引き渡してから記録してください。" });
  return found;
}

async function note(
  { sql }: Work,
  runId: string,
  step: EnclosingStep,
  told: {
    day: IsoDate;
    good?: number;
    bad?: number;
    words?: string | undefined;
    why?: string | undefined;
  },
): Promise<void> {
  const { day, good = null, bad = null, words = null, why = null } = told;
  await sql`select mailings.note_enclosing(${runId}, ${step}, ${day}, ${good}, ${bad}, ${words}, ${why})`;
}
