import { office } from "#db/schema/access.ts";
import type { AnyApplicationKind } from "#src/platform/applications/index.ts";
import { countEntitled, isExact } from "#src/platform/statistics/index.ts";
import { ageUnknown, bandTitle } from "../ages.ts";
import type { FigureTable, Sheet } from "../sheet.ts";
import { behind, doneOn } from "./behind.ts";

/** In which groups a 事務 counts whom it entitles. */
export interface EntitledGroups {
  /** First age of each band, in years, from 0. */
  ages: readonly number[];
  /** Kinds of entitlement in words, where there are several side by side. */
  kinds?: Readonly<Record<string, string>>;
}

/** Who is entitled on a day, by age, office and kind. */
export const entitledSheet = (
  { program }: AnyApplicationKind,
  { ages, kinds }: EntitledGroups,
): Sheet => ({
  id: "entitled",
  title: "資格がある方",
  asks: "day",
  byOffice: true,
  source:
    "資格の記録。指定した日に有効な資格を持つ方の実人数で、停止中と取り消されたものを除く。年齢はその日の満年齢。",
  exact: (work, asked) => isExact(work, program, { office: asked.office, rows: "case.read" }),
  async read(work, asked) {
    const { on } = asked;
    const found = await countEntitled(work, program, { on, office: asked.office, ages });
    const offices = await work.tx
      .select({ value: office.code, title: office.name })
      .from(office)
      .orderBy(office.code);
    const peopleOf = (dimension: string, value: string | null) =>
      found.find((one) => one.dimension === dimension && one.value === value)?.people ?? 0;
    const day = doneOn("entitled", { from: on, to: on });
    const whole = {
      title: "実人数",
      figures: [{ value: peopleOf("all", null), path: behind(program, asked, day) }],
    };
    const table = (title: string, rowTitle: string, rows: FigureTable["rows"]): FigureTable => ({
      title,
      rowTitle,
      columns: [{ title: "人数", unit: "人", charted: true }],
      chart: "bars",
      rows,
      whole,
    });
    const shownOffices = offices.filter(
      ({ value }) => value === asked.office || found.some((one) => one.value === value),
    );
    return [
      table(
        "年齢別",
        "年齢",
        [
          ...ages.map((from, n) => ({ title: bandTitle(from, ages[n + 1]), value: String(from) })),
          ...(peopleOf("age", "unknown") ? [{ title: ageUnknown, value: "unknown" }] : []),
        ].map(({ title, value }) => ({ title, figures: [{ value: peopleOf("age", value) }] })),
      ),
      table(
        "区別",
        "区",
        shownOffices.map(({ value, title }) => ({
          title,
          figures: [
            { value: peopleOf("office", value), path: behind(program, { office: value }, day) },
          ],
        })),
      ),
      ...(kinds
        ? [
            table(
              "資格の種類別",
              "種類",
              Object.entries(kinds).map(([kind, title]) => ({
                title,
                figures: [{ value: peopleOf("kind", kind) }],
              })),
            ),
          ]
        : []),
    ];
  },
});
