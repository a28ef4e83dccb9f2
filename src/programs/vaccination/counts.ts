import type { Period } from "#src/platform/statistics/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";

/** 接種券 of a month or 年度 by its first day, or of the whole period (`null`). */
export interface CouponFigures {
  bucket: IsoDate | null;
  issued: number;
  reprinted: number;
  cancelled: number;
}

/** 接種券 by the month of their issue. @throws 42501 without `statistics.read` */
export const countCoupons = (
  { sql }: Work,
  { from, to, byYear }: Period,
): Promise<CouponFigures[]> =>
  sql<CouponFigures[]>`select * from vaccination.coupons_by_month(${from}, ${to}, ${byYear})`;

/** Vaccinations of a dose of a vaccine: in all, from one source, or at ages from one on. */
export interface ShotFigures {
  vaccine: VaccineId;
  dose: number;
  dimension: "all" | "source" | "age";
  value: string | null;
  shots: number;
}

/** Vaccinations given in a period, by vaccine and dose. @throws 42501 without `statistics.read` */
export const countShots = (
  { sql }: Work,
  { from, to }: Period,
  ages: readonly number[],
): Promise<ShotFigures[]> =>
  sql<ShotFigures[]>`
    select * from vaccination.shots_given(${from}, ${to}, ${[...ages]}::integer[])`;
