import { and, asc, desc, eq, gt, inArray, notExists, sql } from "drizzle-orm";
import { applied, clinicalRecord } from "#db/schema/intractable-disease.ts";
import type { CaseLine } from "#src/platform/cases/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { ListColumn } from "#src/web/cases/index.ts";
import { diseaseTitle } from "#workflows/intractable-disease/diseases.ts";
import { sortTitles } from "../titles.ts";

/** 申請区分 and the main disease of the newest entry of each application, for the list of applications on the screen. */
export const appliedFor: ListColumn = {
  title: "申請区分・疾病",
  async read(work, lines) {
    const ids = lines.map(({ id }) => id);
    if (ids.length === 0) return new Map();
    const sorts = await newestSorts(work, ids);
    const diseases = await diseasesOf(work, ids);
    return new Map(lines.flatMap((line) => titleOf(line, sorts, diseases.get(line.id) ?? [])));
  },
};

function titleOf(
  { id, receivedOn }: CaseLine,
  sorts: ReadonlyMap<string, keyof typeof sortTitles>,
  [main, ...others]: readonly number[],
): [string, string][] {
  const sort = sorts.get(id);
  if (!sort) return [];
  const disease = main === undefined ? "" : `　${diseaseTitle(main, receivedOn)}`;
  const more = others.length > 0 ? `ほか${others.length}` : "";
  return [[id, `${sortTitles[sort]}${disease}${more}`]];
}

async function newestSorts(work: Work, ids: readonly string[]) {
  const rows = await work.tx
    .selectDistinctOn([applied.caseId], { caseId: applied.caseId, sort: applied.sort })
    .from(applied)
    .where(inArray(applied.caseId, [...ids]))
    .orderBy(applied.caseId, desc(applied.revision));
  return new Map(rows.map(({ caseId, sort }) => [caseId, sort]));
}

/** 告示番号 by application, the main disease first. */
async function diseasesOf(work: Work, ids: readonly string[]): Promise<Map<string, number[]>> {
  const newest = work.tx
    .select({ one: sql`1` })
    .from(applied)
    .where(
      and(eq(applied.caseId, clinicalRecord.caseId), gt(applied.revision, clinicalRecord.revision)),
    );
  const rows = await work.tx
    .select({ caseId: clinicalRecord.caseId, number: clinicalRecord.diseaseNumber })
    .from(clinicalRecord)
    .where(and(inArray(clinicalRecord.caseId, [...ids]), notExists(newest)))
    .orderBy(desc(clinicalRecord.main), asc(clinicalRecord.diseaseNumber));
  const found = new Map<string, number[]>();
  for (const { caseId, number } of rows) found.set(caseId, [...(found.get(caseId) ?? []), number]);
  return found;
}
