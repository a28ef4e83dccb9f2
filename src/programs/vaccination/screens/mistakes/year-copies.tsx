import { stringify } from "csv-stringify/sync";
import type { Work } from "#src/platform/work.ts";
import { Table } from "#src/web/components/index.ts";
import type { CopySource } from "#src/web/copies/source.ts";
import { showDateShort } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { MistakeCategory } from "#workflows/vaccination/mistakes/categories.ts";
import {
  harmTitles,
  type Mistake,
  mistakeNumber,
  mistakesOfYear,
} from "../../mistakes/incidents.ts";
import { readYear, requireApproved } from "../../mistakes/years.ts";
import { paths } from "../paths.ts";
import { doseTitle } from "../records/parts.tsx";
import { categoryTitle } from "./parts.tsx";

const of = "mistake-year";
/** How many incidents a list has at most. */
const most = 20_000;

/** Where a copy of the list of a year is asked for. */
export const yearCopyPath = (year: number) =>
  `/vaccination/copies/new?of=${of}&year=${year}` as const;

/** The list of a yearly report as paper and CSV: without names, and only once it is approved. */
export const mistakeYearCopies: CopySource = {
  id: of,
  right: "case.read",
  title: "間違い接種の年次報告",
  name: "mistake-year",
  holds: "事案の番号、接種日、ワクチン、態様、医療機関、健康への影響。氏名は載りません。",
  most,
  async kept(work, values) {
    const year = values.integer("year") ?? 0;
    requireApproved(await readYear(work, year));
    return { of, year: String(year) };
  },
  path: ({ year }) => paths.mistakeYear(Number(year)),
  describe: async (_, { year }) => `${year}年度`,
  count: async (work, { year }) => (await readYear(work, Number(year))).incidents,
  async take(work, { year }) {
    const rows = await linesOf(work, Number(year));
    return {
      lines: rows.length,
      persons: [...new Set(rows.map(({ personNumber }) => personNumber))],
      csv: stringify(
        [
          columns.map(({ title }) => title),
          ...rows.map((row) => columns.map(({ cell }) => cell(row))),
        ],
        { bom: true, escape_formulas: true },
      ),
      content: <Table caption={`間違い接種の年次報告 ${year}年度`} columns={columns} rows={rows} />,
    };
  },
};

async function linesOf(work: Work, year: number): Promise<Mistake[]> {
  requireApproved(await readYear(work, year));
  return mistakesOfYear(work, year, { from: 0, size: most });
}

const columns = [
  { title: "番号", cell: mistakeNumber, nowrap: true },
  { title: "接種日", cell: (row: Mistake) => showDateShort(row.givenOn as IsoDate), nowrap: true },
  { title: "予防接種", cell: (row: Mistake) => doseTitle(row.vaccine, row.dose) },
  { title: "態様", cell: (row: Mistake) => categoryTitle(row.category as MistakeCategory | null) },
  { title: "医療機関", cell: (row: Mistake) => row.clinicName ?? row.clinicCode ?? "―" },
  { title: "健康への影響", cell: (row: Mistake) => (row.harm ? harmTitles[row.harm] : "―") },
];
