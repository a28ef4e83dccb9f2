import { earlier, type IsoDate, later } from "#workflows/dates/iso-date.ts";
import { floorOf, limitsByOthers } from "./limits.ts";
import { requireRules } from "./older-rules.ts";
import { FOREVER } from "./points.ts";
import { schedule } from "./schedule.ts";
import { countedHistory, nextDose, occasionsOf, type Series } from "./series.ts";
import type { Person, Shot, Vaccine, VaccineId } from "./vocabulary.ts";

/** A dose that may be given from `earliest` to `latest`, both inclusive. */
export interface DueDose {
  readonly vaccine: VaccineId;
  readonly dose: number;
  /** As the person's own course calls it, e.g. `追加`. */
  readonly label: string;
  readonly earliest: IsoDate;
  readonly latest: IsoDate;
}

/**
 * The next dose of each vaccine that may be given, by the law of each day, on `on` or later, as the history up to now leaves it.
 * Vaccines that can no longer be given are left out; so are those used instead of one already begun.
 */
export function dueDoses(person: Person, on: IsoDate, history: readonly Shot[]): DueDose[] {
  return schedule.flatMap((vaccine) => dueDose(vaccine, person, on, history) ?? []);
}

/** The next dose of one vaccine; see {@link dueDoses}. @throws MissingParameterError for a day before the table of the law */
export function dueDose(
  vaccine: Vaccine,
  person: Person,
  on: IsoDate,
  history: readonly Shot[],
): DueDose | undefined {
  const counted = countedHistory(person, history);
  if (isSetAside(vaccine, counted)) return undefined;
  for (const series of occasionsOf(vaccine, person, counted, on)) {
    const due = dueIn(series, on);
    if (due) {
      requireRules(vaccine, due.earliest);
      return due;
    }
  }
  return undefined;
}

function dueIn(series: Series, on: IsoDate): DueDose | undefined {
  for (const { from } of series.spans) {
    const start = later(on, from);
    const next = nextDose(series, start);
    if (!next) return undefined;
    const floor = floorOf(next.limits, start);
    for (const span of next.spans) {
      const others = (date: IsoDate) =>
        limitsByOthers({ vaccine: series.vaccine.id, date }, series.history);
      const first = later(floor, span.from);
      const earliest = floorOf(others(first), first);
      const last = earlier(span.to, FOREVER);
      if (earliest > last) continue;
      // With another live vaccine of the same day, that day may be the only one before the target ends.
      const latest = floorOf(others(last), last) > last ? earliest : last;
      return {
        vaccine: series.vaccine.id,
        dose: next.dose,
        label: next.rule.label,
        earliest,
        latest,
      };
    }
  }
  return undefined;
}

/** Whether another vaccine has taken this one's place, or this one is only for those who have begun it. */
function isSetAside(vaccine: Vaccine, history: readonly Shot[]): boolean {
  const begun = history.some((shot) => shot.vaccine === vaccine.id);
  if (vaccine.begunOnly && !begun) return true;
  if (vaccine.insteadOf?.some((other) => history.some((shot) => shot.vaccine === other)))
    return true;
  const latest = history
    .filter((shot) => shot.vaccine === vaccine.id || vaccine.continues?.includes(shot.vaccine))
    .toSorted((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)))
    .at(-1);
  return latest !== undefined && latest.vaccine !== vaccine.id && isOffered(latest.vaccine);
}

function isOffered(id: string): boolean {
  return schedule.some((vaccine) => vaccine.id === id);
}
