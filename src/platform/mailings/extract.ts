import { eq } from "drizzle-orm";
import { batchItem, batchRun, contractor } from "#db/schema/mailings.ts";
import { postalOrderKey } from "#workflows/mailings/postal-order.ts";
import type { Actor } from "../access/actor.ts";
import { recordAudit } from "../audit/write.ts";
import { lookAtPeople, type Person } from "../people/index.ts";
import type { Platform } from "../platform.ts";
import { recordUnprintable, type StoppedCharacter, type StoppedPaper } from "../printing/index.ts";
import { Problem } from "../problem.ts";
import { runWork, type Work, type WorkOptions } from "../work.ts";
import { applyRunEvent, askFor, lockRun, type RunRow, runNumber } from "./door.ts";
import {
  type Candidate,
  type ItemReason,
  isHeld,
  type MailingKind,
  mailingKind,
  type RunOrder,
} from "./kind.ts";
import { orderOf } from "./run-folder.ts";

/** People looked at in one statement. */
const lot = 1000;

export interface NewRun {
  kind: string;
  title: string;
  parameters: unknown;
  contractorId: number;
}

/** Starts a run; who gets a piece is found in the background. */
export async function createRun(work: Work, { kind, ...run }: NewRun): Promise<RunRow> {
  const { program } = mailingKind(kind);
  await requireContract(work, run.contractorId);
  const [made] = await work.tx
    .insert(batchRun)
    .values({
      ...run,
      kind,
      program,
      preparedBy: work.actor.staffId,
      preparedAt: work.platform.clock.now(),
      workingKey: work.platform.keys.newKey().wrapped,
    })
    .returning();
  if (!made) throw new Error("run was not made");
  // The key for the comments, which others who may not make keys will write.
  await work.sql`select vault.put_key(${`mailing:${made.id}`}, ${work.platform.keys.newKey().wrapped})`;
  await askFor(work, made, "mailing.extract");
  await recordAudit(work, {
    kind: "event",
    action: "mailing.created",
    detail: { run: runNumber(made), kind },
  });
  return made as RunRow;
}

async function requireContract(work: Work, id: number): Promise<void> {
  const [found] = await work.tx.select().from(contractor).where(eq(contractor.id, id));
  const today = work.platform.clock.today();
  if (!found || found.endedAt || found.contractFrom > today || found.contractTo < today)
    throw new Problem({ status: 422, message: "契約期間中の委託先を選んでください。" });
}

/**
 * Finds the pieces of a run and their order. In one transaction, so that a process that dies leaves
 * the run as it was, and the same job does it again.
 */
export async function extractRun(
  platform: Platform,
  actor: Actor,
  options: WorkOptions,
  runId: string,
): Promise<void> {
  await runWork(platform, actor, options, async (work) => {
    const run = await lockRun(work, runId);
    if (run.state !== "preparing") return;
    await work.tx.delete(batchItem).where(eq(batchItem.runId, runId));
    const kind = mailingKind(run.kind);
    const order = await orderOf(work, run);
    const candidates = await kind.select(work, order);
    const judged = await judgeAndOrder(work, candidates, { kind, order });
    await insertItems(work, runId, judged);
    await applyRunEvent(work, { runId, type: "extracted" });
  });
}

interface Judged extends Candidate {
  state: "ready" | "held" | "left-out";
  reason: ItemReason | null;
  place: number | null;
}

/**
 * Looks at those who would get a piece: may it be sent, and where does it stand in postal order. Characters that stop one
 * enter the 外字一覧.
 */
async function judgeAndOrder(
  work: Work,
  candidates: readonly Candidate[],
  { kind, order }: { kind: MailingKind; order: RunOrder },
): Promise<Judged[]> {
  const leftOut = candidates
    .filter(({ leftOut }) => leftOut)
    .map(
      (one): Judged => ({ ...one, state: "left-out", reason: one.leftOut ?? null, place: null }),
    );
  const open = Map.groupBy(
    candidates.filter((one) => !one.leftOut),
    ({ personNumber }) => personNumber,
  );
  const numbers = [...open.keys()];
  const ordered: { key: string; piece: Candidate; reason: ItemReason | null }[] = [];
  for (let start = 0; start < numbers.length; start += lot) {
    const people = await lookAtPeople(work, numbers.slice(start, start + lot), ["name", "address"]);
    const stopped = await kind.unprintable(work, order, people);
    await recordUnprintable(work, stoppedPapers(kind, order.id, { people, stopped }));
    for (const person of people) {
      const reason = obstacle(person, stopped);
      const key = `${addressKey(person)} ${person.personNumber}`;
      for (const piece of open.get(person.personNumber) ?? [])
        if (reason && !isHeld(reason))
          leftOut.push({ ...piece, state: "left-out", reason, place: null });
        else ordered.push({ key: `${key} ${piece.subject}`, piece, reason });
    }
  }
  ordered.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  return [
    ...ordered.map(
      ({ piece, reason }, index): Judged => ({
        ...piece,
        state: reason ? "held" : "ready",
        reason,
        place: index + 1,
      }),
    ),
    ...leftOut,
  ];
}

/** Characters that cannot be printed, by 統合宛名番号; only of those who have such. */
type Unprintable = ReadonlyMap<string, readonly StoppedCharacter[]>;

/** Those whose pieces are left out for their characters alone. */
export const stoppedPapers = (
  { program, form }: MailingKind,
  runId: string,
  { people, stopped }: { people: readonly Person[]; stopped: Unprintable },
): StoppedPaper[] =>
  people
    .filter((person) => obstacle(person, stopped) === "no-glyph")
    .map(({ personNumber, officeCode }) => ({
      personNumber,
      officeCode,
      program,
      form: form.id,
      runId,
      characters: stopped.get(personNumber) ?? [],
    }));

/** What keeps a letter from being sent to a person now; `null` when nothing does. */
export function obstacle(person: Person, unprintable: Unprintable): ItemReason | null {
  if (person.diedOn || person.residence.toReason === "death") return "deceased";
  if (person.residence.to) return "moved-out";
  const { address } = person;
  if (!/^\d{7}$/.test(address?.postalCode ?? "") || !address?.town) return "no-address";
  if (unprintable.has(person.personNumber)) return "no-glyph";
  return person.isProtected ? "protected" : null;
}

const addressKey = ({ address }: Person): string =>
  address
    ? postalOrderKey({
        postalCode: address.postalCode,
        address: `${address.town}${address.block}　${address.building}`,
      })
    : "";

async function insertItems(work: Work, runId: string, items: readonly Judged[]): Promise<void> {
  const chunk = 10_000;
  for (let start = 0; start < items.length; start += chunk) {
    const part = items.slice(start, start + chunk);
    await work.sql`
      insert into mailings.batch_item (run_id, person_number, subject, state, reason, place)
      select ${runId}, p, s, st, r, pl
        from unnest(${part.map((i) => i.personNumber)}::text[], ${part.map((i) => i.subject)}::text[],
          ${part.map((i) => i.state)}::text[], ${part.map((i) => i.reason)}::text[],
          ${part.map((i) => i.place)}::integer[]) x(p, s, st, r, pl)`;
  }
}
