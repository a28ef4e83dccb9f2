import type { Group } from "./by-group.ts";

/** Of whom no day is known by which to reckon an age; the row stands where there is somebody. */
export const ageUnknown = "年齢不詳";

/** 0歳, 3〜5歳, 18歳以上. */
export function bandTitle(from: number, next: number | undefined): string {
  if (next === undefined) return `${from}歳以上`;
  return next === from + 1 ? `${from}歳` : `${from}〜${next - 1}歳`;
}

/** What was counted of people by age: the first ages of the bands, and those whose age is not known where there are any. */
export const ageGroups = <Row extends { dimension: string; value: string | null }>(
  found: readonly Row[],
  ages: readonly number[],
): Group<Row>[] => {
  const of = (value: string) => found.find((one) => one.dimension === "age" && one.value === value);
  const unknown = of("unknown");
  return [
    ...ages.map((from, n) => ({ title: bandTitle(from, ages[n + 1]), row: of(String(from)) })),
    ...(unknown ? [{ title: ageUnknown, row: unknown }] : []),
  ];
};
