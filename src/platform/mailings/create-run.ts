import { eq } from "drizzle-orm";
import { batchRun, contractor } from "#db/schema/mailings.ts";
import { recordAudit } from "../audit/write.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { isUnderContract } from "./contractors.ts";
import { mailingKind } from "./kind.ts";
import { askFor } from "./move-run.ts";
import { type RunRow, runNumber } from "./run.ts";

export interface NewRun {
  kind: string;
  title: string;
  parameters: unknown;
  contractorId: number;
}

/** Starts a run; who gets a piece is found in the background. @throws Problem 422 when the contractor is not under contract */
export async function createRun(work: Work, { kind, ...run }: NewRun): Promise<RunRow> {
  const { program } = mailingKind(kind).papers;
  await requireContract(work, run.contractorId);
  const { keys, clock } = work.platform;
  const [made] = await work.tx
    .insert(batchRun)
    .values({
      ...run,
      kind,
      program,
      preparedBy: work.actor.staffId,
      preparedAt: clock.now(),
      workingKey: keys.newKey().wrapped,
    })
    .returning();
  if (!made) throw new Error("run was not made");
  // The key for the comments, which others who may not make keys will write.
  await work.sql`select vault.put_key(${`mailing:${made.id}`}, ${keys.newKey().wrapped})`;
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
  if (!found || !isUnderContract(found, work.platform.clock.today()))
    throw new Problem({ status: 422, message: "契約期間中の委託先を選んでください。" });
}
