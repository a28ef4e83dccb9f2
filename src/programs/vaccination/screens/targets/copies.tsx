import { stringify } from "csv-stringify/sync";
import { Table } from "#src/web/components/index.ts";
import type { CopySource } from "#src/web/copies/source.ts";
import { showDateShort } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  extractionNumber,
  type FoundRow,
  getExtraction,
  listFound,
} from "../../targets/extractions.ts";
import { subjectTitle } from "../../targets/titles.ts";
import { paths } from "../paths.ts";
import { outcomeTitle } from "./parts.tsx";

const of = "target";
/** How many lines a list has at most. */
const most = 20_000;

/** Where a copy of the list of an extraction is asked for. */
export const targetCopyPath = (id: string) => `/vaccination/copies/new?of=${of}&id=${id}` as const;

/** The people of an extraction as paper and CSV: numbers and what became of them, no names, no addresses. */
export const targetCopies: CopySource = {
  id: of,
  right: "mailing.prepare",
  title: "対象者抽出の一覧",
  name: "targets",
  holds: "統合宛名番号、予防接種と回、受けられる期間、区分。氏名、住所、生年月日は載りません。",
  most,
  kept: async (work, values) => ({
    of,
    id: (await getExtraction(work, idOf(values.text("id")))).id,
  }),
  path: ({ id = "" }) => paths.target(id),
  describe: async (work, { id = "" }) => {
    const one = await getExtraction(work, id);
    return `${extractionNumber(one)} ${one.title}`;
  },
  count: async (work, { id = "" }) => (await getExtraction(work, id)).counts.rows ?? 0,
  async take(work, { id = "" }) {
    const one = await getExtraction(work, id);
    const rows = await listFound(work, { id, outcome: undefined }, { from: 0, size: most });
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
      content: (
        <Table
          caption={`対象者抽出の一覧 ${extractionNumber(one)}`}
          columns={columns}
          rows={rows}
        />
      ),
    };
  },
};

const day = (on: string | null): string => (on ? showDateShort(on as IsoDate) : "―");
const columns = [
  { title: "統合宛名番号", cell: ({ personNumber }: FoundRow) => personNumber, nowrap: true },
  { title: "予防接種・回", cell: ({ subject }: FoundRow) => subjectTitle(subject) },
  { title: "受けられる期間（から）", cell: ({ usableFrom }: FoundRow) => day(usableFrom) },
  { title: "受けられる期間（まで）", cell: ({ usableTo }: FoundRow) => day(usableTo) },
  { title: "区分", cell: ({ outcome }: FoundRow) => outcomeTitle(outcome) },
];
