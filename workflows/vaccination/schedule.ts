import { adultVaccines } from "./schedule-adults.ts";
import { childVaccines } from "./schedule-children.ts";
import type { Product, Shot, Vaccine, VaccineId } from "./vocabulary.ts";

/** All vaccines that are routine as of October 2026, or were since April 2013; children first. */
export const schedule: readonly Vaccine[] = [...childVaccines, ...adultVaccines];

const byId = new Map<string, Vaccine>(schedule.map((vaccine) => [vaccine.id, vaccine]));

/** The vaccine of an id, if it belongs to the schedule. */
export function findVaccine(id: string): Vaccine | undefined {
  return byId.get(id);
}

/** The vaccine of an id; throws a RangeError when it is not in the schedule. */
export function getVaccine(id: string): Vaccine {
  const vaccine = byId.get(id);
  if (!vaccine) throw new RangeError("the vaccine is not in the schedule");
  return vaccine;
}

/** One id for all vaccines whose shots count as doses of one series, or of which only one may be used (4種・5種混合, ロタ). */
export function seriesOf(id: string): string {
  const vaccine = byId.get(id);
  if (!vaccine) return id;
  return [id, ...(vaccine.continues ?? []), ...(vaccine.insteadOf ?? [])]
    .filter((other) => byId.has(other))
    .reduce((least, other) => (other < least ? other : least));
}

/** Name of a vaccine for papers, e.g. `麻しん風しん混合(MR)`; of the city's own (`city-7`) its number, since its name stands with the city. */
export function vaccineLabel(id: string): string {
  const [, number] = /^city-(\d+)$/.exec(id) ?? [];
  return number ? `市独自の予防接種（${number}番）` : getVaccine(id).label;
}

/** 期 of a vaccine (`1期`, `2期`), nothing where the law knows but one. */
export function periodLabel(id: VaccineId): string | undefined {
  return getVaccine(id).period;
}

/** Name of a dose in the usual course, e.g. `1期初回1回目`, `追加`. */
export function doseLabel(id: string, dose: number): string {
  const longest = byId
    .get(id)
    ?.courses.map(({ doses }) => doses)
    .toSorted((a, b) => b.length - a.length)[0];
  return longest?.[dose - 1]?.label ?? `${dose}回目`;
}

/** The product told with a shot, where the vaccine knows products. */
export function productOf(vaccine: Vaccine, shot: Shot): Product | undefined {
  return vaccine.products?.find(
    ({ names, ids }) =>
      (shot.product !== undefined && names.includes(shot.product)) || ids?.includes(shot.vaccine),
  );
}

/** A shot under the id by which the schedule has it: records of the past name products by ids of their own (`hpv4`). */
export function asScheduled(shot: Shot): Shot {
  if (byId.has(shot.vaccine)) return shot;
  for (const { id, products = [] } of schedule) {
    const product = products.find(({ ids }) => ids?.includes(shot.vaccine));
    if (product) return { ...shot, vaccine: id, product: product.names[0] };
  }
  return shot;
}

/** Whether a shot is a live vaccine, injected or taken by mouth. */
export function isLive(shot: Shot): boolean {
  return byId.get(shot.vaccine)?.kind === "oral-live" || isInjectedLive(shot);
}

/** Whether a shot is an injected live vaccine (注射生ワクチン). */
export function isInjectedLive(shot: Shot): boolean {
  const vaccine = byId.get(shot.vaccine);
  if (!vaccine) return shot.live === true;
  return vaccine.kind === "injected-live" || productOf(vaccine, shot)?.live === true;
}
