import { office } from "#db/schema/access.ts";
import type { AnyApplicationKind } from "#src/platform/applications/index.ts";
import {
  countEntitledOnDays,
  type EntitledFigures,
  isExact,
} from "#src/platform/statistics/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { ageUnknown, bandTitle } from "../ages.ts";
import type { FigureTable, Sheet } from "../sheet.ts";
import { behind, doneOn } from "./behind.ts";
import type { EntitledGroups } from "./entitled-sheet.ts";

/** A series of the chart: a band of ages, an office, or all. */
interface Group {
  title: string;
  dimension: EntitledFigures["dimension"];
  value: string | null;
  /** Whose rows stand behind a figure; none where a list cannot be narrowed so. */
  office?: string | undefined;
  linked: boolean;
}

/** How many people were entitled at the end of each month (of each 年度): in all, by age and by office. */
export const entitledMonthsSheet = (
  { program }: AnyApplicationKind,
  { ages }: EntitledGroups,
): Sheet => ({
  id: "entitled-months",
  title: "資格者数の推移",
  asks: "period",
  byOffice: true,
  source:
    "資格の記録。月（年度別では年度）の末日に有効な資格を持つ方の実人数で、停止中と取り消されたものを除く。今月（今年度）は今日の人数。年齢はその日の満年齢。今の記録で数えるため、遡る訂正があると過去の人数も変わる。",
  exact: (work, asked) => isExact(work, program, { office: asked.office, rows: "case.read" }),
  async read(work, asked) {
    const { period, today } = asked;
    const days = period.parts
      .filter(({ from }) => from <= today)
      .map(({ from, to, title }) => ({ title, from, on: to < today ? to : today }));
    const found = await countEntitledOnDays(work, program, {
      days: days.map(({ on }) => on),
      office: asked.office,
      ages,
    });
    const offices = await work.tx
      .select({ value: office.code, title: office.name })
      .from(office)
      .orderBy(office.code);
    const peopleOf = (on: IsoDate, { dimension, value }: Group) =>
      found.find((one) => one.on === on && one.dimension === dimension && one.value === value)
        ?.people ?? 0;
    const table = (title: string, groups: readonly Group[]): FigureTable => ({
      title,
      rowTitle: period.byYear ? "年度" : "年月",
      chart: "columns",
      columns: groups.map((group) => ({ title: group.title, unit: "人", charted: true })),
      rows: days.map((day) => ({
        title: day.title,
        figures: groups.map((group) => ({
          value: peopleOf(day.on, group),
          ...(group.linked && {
            path: behind(
              program,
              { office: group.office },
              doneOn("entitled", { from: day.on, to: day.on }),
            ),
          }),
        })),
      })),
    });
    const has = (dimension: Group["dimension"], value: string) =>
      found.some((one) => one.dimension === dimension && one.value === value);
    return [
      table("全体", [
        { title: "人数", dimension: "all", value: null, office: asked.office, linked: true },
      ]),
      table("年齢別", [
        ...ages.map((from, n) => ({
          title: bandTitle(from, ages[n + 1]),
          dimension: "age" as const,
          value: String(from),
          linked: false,
        })),
        ...(has("age", "unknown")
          ? [{ title: ageUnknown, dimension: "age" as const, value: "unknown", linked: false }]
          : []),
      ]),
      table(
        "区別",
        offices
          .filter(({ value }) => value === asked.office || has("office", value))
          .map(({ value, title }) => ({
            title,
            dimension: "office" as const,
            value,
            office: value,
            linked: true,
          })),
      ),
    ];
  },
});
