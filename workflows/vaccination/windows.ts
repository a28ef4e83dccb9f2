import { earlier, type IsoDate, later } from "#workflows/dates/iso-date.ts";
import { dateOf, inCohort, presentSpans } from "./points.ts";
import { schedule } from "./schedule.ts";
import type { Dose, Person, Vaccine, VaccineId } from "./vocabulary.ts";

/** Where the law as it stands now lets a dose fall, whatever came before; both ends inclusive. */
export interface DoseWindow {
  readonly vaccine: VaccineId;
  readonly dose: number;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Recommended dates (標準的な接種期間), where the rules name some. */
  readonly standardFrom?: IsoDate;
  readonly standardTo?: IsoDate;
}

/** The windows of all vaccines for a person, in the order of the schedule. */
export function vaccinationWindows(person: Person): DoseWindow[] {
  return schedule.flatMap((vaccine) => windowsOf(vaccine, person));
}

/** The windows of one vaccine: every dose of every course the person's birth allows. */
export function windowsOf(vaccine: Vaccine, person: Person): DoseWindow[] {
  const spans = presentSpans(vaccine, person);
  return dosesByNumber(vaccine, person.birth).flatMap((variants, index) =>
    spans.flatMap((span) => {
      const bounds = variants.map((dose) => doseSpan(dose, person, span));
      const from = bounds.map((bound) => bound.from).reduce(earlier);
      const to = bounds.map((bound) => bound.to).reduce(later);
      if (from > to) return [];
      return [{ vaccine: vaccine.id, dose: index + 1, from, to, ...standardOf(variants, person) }];
    }),
  );
}

/** For each number, that dose as the courses open to a birth have it. */
export function dosesByNumber(vaccine: Vaccine, birth: IsoDate): Dose[][] {
  const courses = vaccine.courses.filter((course) => inCohort(birth, course));
  const own = courses.filter(
    ({ bornFrom, bornTo }) => bornFrom !== undefined || bornTo !== undefined,
  );
  const numbered: Dose[][] = [];
  for (const { doses } of own.length > 0 ? own : courses)
    doses.forEach((dose, index) => {
      numbered[index] = [...(numbered[index] ?? []), dose];
    });
  return numbered;
}

/** A span of the target cut to the ages of the dose itself; inverted when nothing is left. */
export function doseSpan(dose: Dose, person: Person, span: { from: IsoDate; to: IsoDate }) {
  const notBefore = dose.notBefore && dateOf(dose.notBefore, person);
  const notAfter = dose.notAfter && dateOf(dose.notAfter, person);
  return {
    from: notBefore ? later(span.from, notBefore) : span.from,
    to: notAfter ? earlier(span.to, notAfter) : span.to,
  };
}

function standardOf(variants: readonly Dose[], person: Person) {
  const standard = variants.find((dose) => dose.standard)?.standard;
  const from = standard && dateOf(standard.from, person);
  const to = standard && dateOf(standard.to, person);
  return from && to ? { standardFrom: from, standardTo: to } : {};
}
