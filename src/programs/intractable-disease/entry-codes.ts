import type { CaseRow, EventDetail, Step } from "#src/platform/cases/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import { parse } from "#src/platform/intake/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { recordFaults } from "#workflows/intractable-disease/clinical-records.ts";
import { diseaseOn } from "#workflows/intractable-disease/diseases.ts";
import { planArea } from "#workflows/intractable-disease/presets.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import { type DesignatedDoctor, doctorOn } from "./doctors.ts";
import { type ClinicalRecord, type Entered, enteredSchema } from "./entered.ts";

/**
 * Says what is entered in codes too, beside the sealed entry of the step.
 *
 * @throws EntryProblem for a disease that the list has not, a doctor who was not designated, a certificate that contradicts
 */
export async function keepEntry(work: Work, step: Step): Promise<EventDetail> {
  const { found } = step;
  const entered: Entered = parse(enteredSchema, step.input);
  const receivedOn = found.receivedOn as IsoDate;
  requireSort(entered, receivedOn);
  await work.sql`
    insert into intractable_disease.applied (case_id, sort, reception, method, insurer_consent, research_consent, hindered, mild_high_cost_met_on,
      certified_before, severe_before, income_unconfirmed)
    values (${found.id}, ${entered.sort}, ${entered.reception}, ${entered.method}, ${entered.insurerConsent}, ${entered.researchConsent},
      ${entered.hindered}, ${entered.mildHighCost ? entered.mildHighCostMetOn : null}, ${entered.certifiedBefore}, ${entered.severeBefore},
      ${entered.incomeUnconfirmed})`;
  await recordsOfEntry(work, found, entered);
  return { sort: entered.sort };
}

/**
 * Keeps what 臨床調査個人票 say in codes, in the step that enters them.
 *
 * @throws EntryProblem for a disease that the list has not, a day that cannot be, a doctor who was not designated
 */
export async function recordsOfEntry(
  work: Work,
  found: CaseRow,
  { records, sort }: Pick<Entered, "records" | "sort">,
): Promise<void> {
  const receivedOn = found.receivedOn as IsoDate;
  for (const [at, record] of records.entries()) {
    const field = (name: keyof ClinicalRecord) => `records.${at}.${name}`;
    const { disease, writtenOn, severeOn } = record;
    if (!diseaseOn(disease, receivedOn))
      throw new EntryProblem(
        field("disease"),
        `告示番号${disease}の指定難病はありません。番号を確かめてください。`,
      );
    if (writtenOn > receivedOn)
      throw new EntryProblem(field("writtenOn"), "記載日は、申請日以前の日付にしてください。");
    if (severeOn !== "" && severeOn > writtenOn)
      throw new EntryProblem(field("severeOn"), "診断年月日は、記載日以前の日付にしてください。");
    const doctor = await requireDoctor(work, record, sort, field("doctor"));
    await work.sql`
      insert into intractable_disease.clinical_record (case_id, disease_number, main, denied, doctor_number, doctor_from, written_on, severe_on, source)
      values (${found.id}, ${disease}, ${record.main}, ${record.denied}, ${doctor.number}, ${doctor.validFrom}, ${writtenOn},
        ${severeOn === "" ? null : severeOn}, ${record.source})`;
  }
}

/** Whoever brings a certificate that holds moves in; 転入 asks for one that holds on the day of the application. */
function requireSort({ sort, former }: Entered, receivedOn: IsoDate): void {
  if (sort === "transfer" && former && former.validTo < receivedOn)
    throw new EntryProblem(
      "former.validTo",
      `転入前の受給者証は、申請日（${formatWareki(receivedOn)}）に有効でなければなりません。申請区分を新規にしてください。`,
    );
  if (sort === "new" && former && former.validTo >= receivedOn)
    throw new EntryProblem(
      "sort",
      `ほかの都道府県・指定都市の受給者証が${formatWareki(former.validTo as IsoDate)}まで有効です。申請区分を転入にするか、受給していないことを確かめてください。`,
    );
}

async function requireDoctor(
  work: Work,
  { doctor: number, writtenOn }: ClinicalRecord,
  sort: Entered["sort"],
  field: string,
): Promise<DesignatedDoctor> {
  const doctor = await doctorOn(work, number, writtenOn as IsoDate);
  if (!doctor)
    throw new EntryProblem(
      field,
      `指定医番号${number}の方は、記載日（${formatWareki(writtenOn as IsoDate)}）に指定医の一覧にありません。`,
    );
  if (doctor.kind === "cooperating" && sort !== "renewal")
    throw new EntryProblem(
      field,
      `${doctor.name}さんは協力難病指定医です。協力難病指定医の個人票は、更新の申請に限ります。`,
    );
  return doctor;
}

/** What of the records does not hold up for a grant, a sentence each: too old, no such disease, all 非認定. */
export async function faultsOfRecords(
  work: Work,
  receivedOn: IsoDate,
  entered: Entered,
): Promise<readonly string[]> {
  const { recordMonths } = valueOn(await presetOf(work, planArea, receivedOn), receivedOn);
  return recordFaults(
    entered.records.map((one) => ({ ...one, writtenOn: one.writtenOn as IsoDate })),
    { appliedOn: receivedOn, months: recordMonths },
  ).map(({ reason }) => reason);
}
