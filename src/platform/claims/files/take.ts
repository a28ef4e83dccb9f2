import type { RowFault, RowFaultCode } from "#workflows/claims/file-row.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { applyEvent, getCase } from "../../cases/index.ts";
import { peopleOfRecipientNumber } from "../../entitlements/index.ts";
import { lookAtPerson } from "../../people/index.ts";
import { EntryProblem, Problem } from "../../problem.ts";
import { getSealed, putSealed } from "../../vault/index.ts";
import type { Work } from "../../work.ts";
import type { ClaimKind } from "../kind.ts";
import { openClaim } from "../open.ts";
import type { SealedRow } from "./items.ts";
import { type JudgedRow, judgeRow } from "./judge-row.ts";

/** A row of the database, as it waits. */
interface WaitingRow {
  line: number;
  sealed_id: string;
  place: number;
  mark: Buffer;
}

/** Runs one transaction in the name of whoever takes the file in. */
export type InWork = <T>(run: (work: Work) => Promise<T>) => Promise<T>;

class RowRefused extends Error {
  readonly line: number;
  readonly faults: readonly RowFault[];
  constructor(line: number, faults: readonly RowFault[]) {
    super("a row of a file of claims");
    this.line = line;
    this.faults = faults;
  }
}

/**
 * Takes in what waits of a file, row by row, each in a transaction of its own: a row becomes a claim, a claim that is still to be
 * completed, or an entry of the list of errors. Stopped at any point it goes on where it was.
 *
 * @param until a moment after which no further row is begun
 */
export async function takeRows(
  inWork: InWork,
  kind: ClaimKind,
  fileId: string,
  until: number,
): Promise<void> {
  for (;;) {
    if (Date.now() > until) return;
    try {
      if (!(await inWork((work) => takeNext(work, kind, fileId)))) return;
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      const { line, faults } = error;
      await inWork((work) => settle(work, { fileId, line }, { state: "faulty", faults }));
    }
  }
}

/** Takes the next row in. @returns whether there was one; @throws RowRefused with what speaks against it */
async function takeNext(work: Work, kind: ClaimKind, fileId: string): Promise<boolean> {
  const [row] = await work.sql<WaitingRow[]>`
    select line, sealed_id, place, mark from claims.next_row(${fileId})`;
  if (!row) return false;
  const { line } = row;
  const judged = judgeRow(await openRow(work, row));
  const { recipient, entry } = judged;
  const refuse = (item: string, code: RowFaultCode) => new RowRefused(line, [{ item, code }]);
  if (judged.faults.length > 0) throw new RowRefused(line, judged.faults);
  const before = await takenBefore(work, kind, row);
  if (before) throw refuse("row", before === fileId ? "duplicate" : "taken-before");
  const people = await peopleOfRecipientNumber(work, kind.program, recipient);
  const [personNumber] = people;
  if (!personNumber) throw refuse("recipient", "unknown-recipient");
  if (people.length > 1) throw refuse("recipient", "several-people");
  const person = await lookAtPerson(work, personNumber, ["facts"]);
  if (!person) throw refuse("recipient", "unknown-recipient");
  if (person.birthDate !== judged.birth) throw refuse("birth", "birth-differs");
  const receivedOn = judged.receivedOn ?? (await fileDay(work, fileId));
  try {
    const found = await openClaim(
      work,
      kind,
      { personNumber, receivedOn, channel: "electronic", idempotencyKey: `file ${fileId} ${line}` },
      entry,
    );
    if (entry) await settle(work, { fileId, line }, { state: "claimed", caseId: found.id });
    else {
      const sealedId = await sealPartial(work, { kind, caseId: found.id, personNumber }, judged);
      await settle(work, { fileId, line }, { state: "incomplete", caseId: found.id, sealedId });
    }
  } catch (error) {
    if (error instanceof EntryProblem)
      throw error.field === "receivedOn"
        ? refuse("receivedOn", "in-the-future")
        : refuse("recipient", "never-entitled");
    if (error instanceof Problem && error.status < 500) throw refuse("row", "refused");
    throw error;
  }
  return true;
}

/** A row as it lies sealed. */
export async function openRow(
  work: Work,
  { sealed_id, place }: Pick<WaitingRow, "sealed_id" | "place">,
): Promise<SealedRow> {
  const [lot] = await getSealed(work, [sealed_id]);
  const row = (lot?.data as SealedRow[] | undefined)?.[place];
  if (!row) throw new Error("a row that waits is sealed");
  return row;
}

/** The file from which the same row was taken already. */
async function takenBefore(
  work: Work,
  { program }: ClaimKind,
  { mark }: WaitingRow,
): Promise<string | undefined> {
  const [row] = await work.sql<{ file_id: string }[]>`
    select file_id from claims.file_row
     where program = ${program} and mark = ${mark} and state in ('claimed', 'incomplete') limit 1`;
  return row?.file_id;
}

async function fileDay(work: Work, fileId: string): Promise<IsoDate> {
  const [row] = await work.sql<{ on: IsoDate }[]>`
    select received_on::text as on from claims.file where id = ${fileId}`;
  if (!row) throw new Error("a row is of a file");
  return row.on;
}

/** What is there of a claim that is still to be completed lies with the claim. */
const sealPartial = (
  work: Work,
  about: { kind: ClaimKind; caseId: string; personNumber: string },
  { partial }: JudgedRow,
): Promise<string> =>
  putSealed(work, {
    holder: about.personNumber,
    program: about.kind.program,
    kind: "claim-row",
    caseId: about.caseId,
    data: partial,
  });

type Settled =
  | { state: "faulty"; faults: readonly RowFault[] }
  | { state: "dropped"; reason: string }
  | { state: "claimed"; caseId: string }
  | { state: "incomplete"; caseId: string; sealedId: string };

/** Says what became of a row. */
export async function settle(
  work: Work,
  { fileId, line }: { fileId: string; line: number },
  settled: Settled,
): Promise<void> {
  const faults =
    settled.state === "faulty" ? settled.faults.map(({ item, code }) => `${item}:${code}`) : [];
  await work.sql`select claims.settle_row(${fileId}, ${line}, ${settled.state}, ${faults}::text[],
    ${settled.state === "dropped" ? settled.reason : null}, ${"caseId" in settled ? settled.caseId : null},
    ${"sealedId" in settled ? settled.sealedId : null})`;
}

/**
 * Withdraws the claims of a file that is taken back, one after the other, each in a transaction of its own; what moved on
 * meanwhile stays.
 */
export async function withdrawClaims(inWork: InWork, fileId: string, until: number): Promise<void> {
  const one = (work: Work) => withdrawNext(work, fileId);
  while (Date.now() <= until) if (!(await inWork(one))) return;
}

async function withdrawNext(work: Work, fileId: string): Promise<boolean> {
  const [next] = await work.sql<{ line: number; case_id: string; revision: number }[]>`
    select line, case_id, revision from claims.next_to_withdraw(${fileId})`;
  if (!next) return false;
  const { number } = await getCase(work, next.case_id);
  await applyEvent(work, {
    caseId: next.case_id,
    expectedRevision: next.revision,
    event: { type: "withdraw" },
    idempotencyKey: `file ${fileId} ${next.line} back`,
    comment: `ファイルの取消しにより、申請 ${number} を取り下げます。`,
  });
  await work.sql`select claims.row_withdrawn(${fileId}, ${next.line})`;
  return true;
}
