import { applyEvent, getCase } from "#src/platform/cases/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { readSlip } from "../records/slips.ts";
import { slipsOfLetter } from "./told-results.ts";

/**
 * A slip that was told of a letter and has become the record of its dose is the result of that dose: makes the step. Nothing where
 * it is no slip of a letter, or the record of something else.
 *
 * @throws Problem where the case does not take the result now; its page says then that the record is there
 */
async function resultOfSettled(work: Work, slipId: string): Promise<boolean> {
  const { slip, details } = await readSlip(work, slipId);
  const [caseId = "", line = ""] = slip.reference?.split(".") ?? [];
  if (slip.channel !== "letter" || caseId === "" || slip.outcome !== "given") return false;
  const told = (await slipsOfLetter(work, caseId)).get(Number(line));
  if (told?.slipId !== slipId || !told.isRecord) return false;
  const found = await getCase(work, caseId);
  await applyEvent(work, {
    caseId,
    expectedRevision: found.revision,
    event: { type: "recordResult" },
    idempotencyKey: `slip ${slipId}`,
    input: {
      line: Number(line),
      outcome: "given",
      on: slip.givenOn,
      product: slip.product ?? undefined,
      lot: slip.lot ?? undefined,
      amount: slip.volume === null ? undefined : Math.round(Number(slip.volume) * 100),
      clinic: slip.clinicName ?? undefined,
      doctor: details.doctor,
    },
  });
  return true;
}

/**
 * The same after a slip was settled, in a unit of work of its own: what was settled stands, whatever the case says.
 *
 * @returns whether the dose of a letter has its result by it
 */
export async function followSettled(
  work: <T>(run: (unit: Work) => Promise<T>) => Promise<T>,
  slipId: string,
): Promise<boolean> {
  try {
    return await work((unit) => resultOfSettled(unit, slipId));
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
