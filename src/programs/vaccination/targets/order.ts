import { and, asc, eq, inArray } from "drizzle-orm";
import { found } from "#db/schema/targets.ts";
import { printInOffice } from "#src/platform/mailings/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { readCriteria } from "#workflows/vaccination/targets/criteria.ts";
import {
  type Extraction,
  extractionNumber,
  getExtraction,
  goingOfPeople,
  useExtraction,
} from "./extractions.ts";
import { mailingOf, type TargetRunOrder } from "./kinds.ts";
import { targetVaccines } from "./vaccines.ts";

/** What a run of an extraction is begun with. @throws Problem 422 where nobody goes, or it is a list for a session */
export async function mailingOrder(work: Work, extraction: Extraction) {
  const { output, criteria, asOf } = extraction;
  if (extraction.state === "discarded" || output === "session")
    throw new Problem({ status: 422, message: "この抽出から発送は始められません。" });
  const rows = await work.tx
    .selectDistinct({ subject: found.subject })
    .from(found)
    .where(
      and(eq(found.extractionId, extraction.id), inArray(found.outcome, ["included", "protected"])),
    )
    .orderBy(asc(found.subject));
  if (rows.length === 0) throw new Problem({ status: 422, message: "発送する対象者がいません。" });
  const known = await targetVaccines(work, asOf as IsoDate);
  const asked = new Set(readCriteria(criteria).vaccines);
  const kinds = new Set(
    known.filter(({ vaccine }) => asked.has(vaccine.id)).map(({ kind }) => kind),
  );
  const parameters: TargetRunOrder = {
    extraction: extraction.id,
    number: extractionNumber(extraction),
    on: asOf as IsoDate,
    subjects: rows.map(({ subject }) => subject),
  };
  return { kind: mailingOf(output, kinds), title: extraction.title, parameters };
}

/**
 * Prints for some people of an extraction in the office. @throws Problem 422 where nobody of them can be printed for
 */
export async function printExtraction(
  work: Work,
  id: string,
  personNumbers: readonly string[],
): Promise<{ pdf: Uint8Array; printed: number; left: { personNumber: string; reason: string }[] }> {
  const extraction = await getExtraction(work, id);
  const { kind, parameters } = await mailingOrder(work, extraction);
  const rows = await goingOfPeople(work, id, personNumbers);
  const candidates =
    extraction.output === "booklet"
      ? [...new Set(rows.map(({ personNumber }) => personNumber))].map((personNumber) => ({
          personNumber,
          subject: "booklet",
        }))
      : rows.map(({ personNumber, subject }) => ({ personNumber, subject }));
  const printed = await printInOffice(work, kind as never, parameters, candidates);
  await useExtraction(work, id);
  return printed;
}
