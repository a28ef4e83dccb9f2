import type { CaseRow } from "#src/platform/cases/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { SlipState } from "../records/slips.ts";
import type { ToldRecord } from "../records/told.ts";
import type { LetterLineRow } from "./requests.ts";
import type { ResultEntry } from "./result.ts";

/** A slip that was told of a dose of a letter. */
export interface LineSlip {
  slipId: string;
  serial: number;
  line: number;
  state: SlipState;
  reference: string;
  givenOn: IsoDate;
  product: string | null;
  lot: string | null;
  clinicName: string | null;
  /** It is the record of just the dose that the letter names. */
  isRecord: boolean;
}

/** What a slip says that its line is: the case, the number of the dose, and which attempt. */
const referenceOf = (caseId: string, line: number, attempt: number) =>
  `${caseId}.${line}.${attempt}`;

/** The newest slip of a shot of each dose of a letter, by the number of the dose. */
export async function slipsOfLetter(work: Work, caseId: string): Promise<Map<number, LineSlip>> {
  const rows = await work.sql<LineSlip[]>`
    select s.id as "slipId", s.serial, l.number as line, s.state, s.reference, s.given_on::text as "givenOn", s.product, s.lot,
           s.clinic_name as "clinicName",
           coalesce(s.state in ('recorded', 'second-channel') and exists (select from vaccination.shot o where o.id = s.shot_id
             and o.person_number = l.person_number and o.vaccine = l.vaccine and o.dose = l.dose), false) as "isRecord"
      from request_letters.line l
      join vaccination.slip s on s.channel = 'letter' and s.outcome = 'given'
        and starts_with(s.reference, l.case_id::text || '.' || l.number || '.')
     where l.case_id = ${caseId}
     order by s.serial`;
  return new Map(rows.map((row) => [row.line, row]));
}

/** Whether a slip is still to be looked at in the work lists. */
export const isWaiting = ({ state }: Pick<LineSlip, "state">): boolean =>
  state === "doubtful" || state === "unmatched";

/**
 * A result as the door for records takes it. A shot that was told before and waits, or became the record of the dose, is that one
 * again; where it came to nothing, or to the record of another dose, the next is told anew.
 */
export async function toldOf(
  work: Work,
  { found, line, said }: { found: CaseRow; line: LetterLineRow; said: ResultEntry },
): Promise<ToldRecord & { reference: string; before: LineSlip | undefined }> {
  const given = said.outcome === "given";
  const last = given ? (await slipsOfLetter(work, found.id)).get(line.number) : undefined;
  const stands = last && (isWaiting(last) || last.isRecord);
  const attempt = Number(last?.reference.split(".").at(-1) ?? 0) + 1;
  const { product, lot, amount, clinic, doctor } = said;
  return {
    channel: "letter",
    personNumber: found.personNumber,
    outcome: given ? "given" : "interview-only",
    vaccine: line.vaccine,
    dose: line.dose,
    givenOn: said.on as IsoDate,
    product,
    lot,
    volume: amount === undefined ? undefined : String(amount / 100),
    clinicName: clinic,
    doctor,
    before: stands ? last : undefined,
    reference: given
      ? stands
        ? last.reference
        : referenceOf(found.id, line.number, attempt)
      : `${found.id}.${line.number}.screened.${found.revision}`,
  };
}
