import { z } from "zod";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import {
  choiceField,
  choiceSchema,
  type Fields,
  listField,
  optional,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { outcomeTitles, routeTitles } from "../records/channels.ts";
import { schedule } from "../schedule.ts";
import type { VaccineId } from "../vocabulary.ts";
import { sexTitles } from "./axes.ts";

/** Which counts a line of the table takes: a vaccine, doses, an outcome. Lines of one title are one row. */
export interface TableRow {
  readonly title: string;
  readonly vaccine: VaccineId;
  readonly doseFrom?: number | undefined;
  readonly doseTo?: number | undefined;
  readonly outcome: keyof typeof outcomeTitles;
}

/** Which counts a column takes: ages in completed months on the day of the shot, both inclusive; route; sex. */
export interface TableColumn {
  readonly title: string;
  readonly ageFrom?: number | undefined;
  readonly ageTo?: number | undefined;
  readonly route?: keyof typeof routeTitles | undefined;
  readonly sex?: keyof typeof sexTitles | undefined;
}

/** How counts are arranged in the table of the 地域保健・健康増進事業報告. */
export interface NationalTable {
  readonly title: string;
  readonly rows: readonly TableRow[];
  readonly columns: readonly TableColumn[];
}

/** A count to be arranged. */
export interface CountToMap {
  readonly vaccine: string;
  /** 0 where none was told. */
  readonly dose: number;
  /** -1 where none is known. */
  readonly age: number;
  readonly sex: string;
  readonly route: string;
  readonly outcome: string;
  readonly n: number;
}

const within = (n: number, from: number | undefined, to: number | undefined): boolean =>
  (from === undefined || from <= n) && (to === undefined || n <= to);

const ofRow = (row: TableRow, count: CountToMap): boolean =>
  row.vaccine === count.vaccine &&
  row.outcome === count.outcome &&
  within(count.dose, row.doseFrom, row.doseTo);

const ofColumn = (column: TableColumn, count: CountToMap): boolean =>
  within(count.age, column.ageFrom, column.ageTo) &&
  // An age that is not known fits no column that asks for one.
  (count.age >= 0 || (column.ageFrom === undefined && column.ageTo === undefined)) &&
  (column.route === undefined || column.route === count.route) &&
  (column.sex === undefined || column.sex === count.sex);

/** Counts in their places, and those that have none. */
export interface MappedTable {
  readonly rows: readonly { readonly title: string; readonly values: readonly number[] }[];
  readonly columns: readonly string[];
  /** What stands in no cell, with why. Everything that is counted is in the table or here, once. */
  readonly unmapped: readonly (CountToMap & { readonly missing: "row" | "column" })[];
}

/** Arranges counts by a table. Its schema lets no count stand in two cells, so that each is counted once or told here. */
export function arrange(
  { rows, columns }: NationalTable,
  counts: readonly CountToMap[],
): MappedTable {
  const titles = [...new Set(rows.map(({ title }) => title))];
  const values = titles.map(() => columns.map(() => 0));
  const unmapped: (CountToMap & { missing: "row" | "column" })[] = [];
  for (const count of counts) {
    const row = rows.find((one) => ofRow(one, count));
    const at = columns.findIndex((one) => ofColumn(one, count));
    const line = row && values[titles.indexOf(row.title)];
    if (!line) unmapped.push({ ...count, missing: "row" });
    else if (at < 0) unmapped.push({ ...count, missing: "column" });
    else line[at] = (line[at] ?? 0) + count.n;
  }
  return {
    rows: titles.map((title, at) => ({ title, values: values[at] ?? [] })),
    columns: columns.map(({ title }) => title),
    unmapped,
  };
}

const meets = (a: number | undefined, b: number | undefined, c?: number, d?: number): boolean =>
  (a ?? 0) <= (d ?? Number.MAX_SAFE_INTEGER) && (c ?? 0) <= (b ?? Number.MAX_SAFE_INTEGER);

const alike = <T>(a: T | undefined, b: T | undefined): boolean =>
  a === undefined || b === undefined || a === b;

/** Whether a count could stand in both. */
export const rowsOverlap = (a: TableRow, b: TableRow): boolean =>
  a.vaccine === b.vaccine &&
  a.outcome === b.outcome &&
  meets(a.doseFrom, a.doseTo, b.doseFrom, b.doseTo);
export const columnsOverlap = (a: TableColumn, b: TableColumn): boolean =>
  alike(a.route, b.route) && alike(a.sex, b.sex) && meets(a.ageFrom, a.ageTo, b.ageFrom, b.ageTo);

const vaccines = Object.fromEntries(
  schedule.map(({ id, label, period }) => [id, [label, period].filter(Boolean).join(" ")]),
) as Record<VaccineId, string>;

const rowFields: Fields = {
  title: textField("表の行", "四種混合 1期初回1回"),
  vaccine: choiceField("予防接種", vaccines, "hepb"),
  doseFrom: optional(wholeField("何回目から（空欄は全回）", 1, 1, 20)),
  doseTo: optional(wholeField("何回目まで（空欄は全回）", 1, 1, 20)),
  outcome: choiceField("結果", outcomeTitles, "given"),
};
const columnFields: Fields = {
  title: textField("表の列", "1歳未満"),
  ageFrom: optional(wholeField("月齢の下限（空欄はなし）", 0, 0, 1800)),
  ageTo: optional(wholeField("月齢の上限（その月齢を含む）", 11, 0, 1800)),
  route: optional(choiceField("接種方法（空欄は全部）", routeTitles, "individual")),
  sex: optional(choiceField("性別（空欄は全部）", sexTitles, "female")),
};
const line = z
  .string()
  .trim()
  .min(1, { error: "入力してください。" })
  .max(60, { error: "60文字までです。" });
const rowSchema = z.object({
  title: line,
  vaccine: choiceSchema(vaccines),
  doseFrom: wholeSchema(1, 20).optional(),
  doseTo: wholeSchema(1, 20).optional(),
  outcome: choiceSchema(outcomeTitles),
});
const columnSchema = z.object({
  title: line,
  ageFrom: wholeSchema(0, 1800).optional(),
  ageTo: wholeSchema(0, 1800).optional(),
  route: choiceSchema(routeTitles).optional(),
  sex: choiceSchema(sexTitles).optional(),
});

const tableSchema = z
  .object({
    title: line,
    rows: z.array(rowSchema).min(1, { error: "行を1つ以上入力してください。" }),
    columns: z.array(columnSchema).min(1, { error: "列を1つ以上入力してください。" }),
  })
  .superRefine(({ rows, columns }, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    for (const [index, row] of rows.entries()) {
      if ((row.doseFrom ?? 1) > (row.doseTo ?? 20))
        refuse(["rows", index, "doseTo"], "何回目からより前の回です。");
      if (rows.slice(0, index).some((other) => rowsOverlap(row, other)))
        refuse(["rows", index, "vaccine"], "同じ予防接種・回・結果が、上の行にあります。");
    }
    for (const [index, column] of columns.entries()) {
      if ((column.ageFrom ?? 0) > (column.ageTo ?? 1800))
        refuse(["columns", index, "ageTo"], "月齢の下限より前です。");
      if (columns.slice(0, index).some((other) => columnsOverlap(column, other)))
        refuse(["columns", index, "ageFrom"], "同じ接種が、上の列にも入ります。");
    }
  });

/** The table of the yearly report to the state: which it is in a year is not established here, so two people of the city set it. */
export const nationalTable: CityParameter<NationalTable> = {
  key: "vaccination.report-table",
  title: "予防接種の国・県への報告表",
  hint: "地域保健・健康増進事業報告などの表の行と列を、調査票を見て登録します。年度の末日に有効な表で集計します。どの行・列にも入らない接種は、画面に「表に入らないもの」として出ます。",
  fields: {
    title: textField("表の名前", "定期の予防接種被接種者数"),
    rows: listField("行", rowFields, z.array(rowSchema), []),
    columns: listField("列", columnFields, z.array(columnSchema), []),
  },
  schema: tableSchema as unknown as z.ZodType<NationalTable>,
};

/** From which count on a number is shown in what leaves the office. */
export interface SmallCounts {
  readonly value: number;
}
export const smallCounts: CityParameter<SmallCounts> = {
  key: "vaccination.report-threshold",
  title: "予防接種の報告の秘匿の基準",
  hint: "庁外へ出す表で、この数に満たない数（0を除く）を伏せます。計から逆算できないよう、ほかの数も合わせて伏せます。",
  fields: { value: wholeField("この数から表示する", 10, 2, 1000) },
  schema: z.object({ value: wholeSchema(2, 1000) }),
};
