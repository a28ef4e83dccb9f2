import { stringify } from "csv-stringify/sync";
import type { ClaimFileLine, ClaimLayout } from "./layout.ts";

const columns: readonly (readonly [heading: string, cell: (line: ClaimFileLine) => string])[] = [
  ["整理番号", ({ number }) => number],
  ["保険者番号", ({ insurer }) => insurer],
  ["診療年月", ({ month }) => month.replace("-", "")],
  ["氏名", ({ people }) => people.map(({ name }) => name).join("／")],
  ["カナ氏名", ({ people }) => people.map(({ kana }) => kana).join("／")],
  [
    "生年月日",
    ({ people }) => people.map(({ birth }) => birth?.replaceAll("-", "") ?? "").join("／"),
  ],
  ["適用区分", ({ category }) => category ?? ""],
  ["多数回該当", ({ multiple }) => (multiple ? "1" : "0")],
  ["総医療費", ({ totalCost }) => String(totalCost)],
  ["一部負担金", ({ share }) => String(share)],
  ["市の助成額", ({ paidByCity }) => String(paidByCity)],
  ["高額療養費", ({ highCost }) => String(highCost)],
  ["請求額", ({ claimed }) => String(claimed)],
  ["委任状受領日", ({ mandateReceivedOn }) => mandateReceivedOn?.replaceAll("-", "") ?? ""],
];

/** Our own list: CSV in UTF-8 with a byte order mark, CRLF, all cells quoted, one line a household's month. docs/high-cost.md describes it. */
export const csvClaims: ClaimLayout = {
  id: "csv",
  title: "請求一覧（CSV）",
  ending: "csv",
  write: (lines) =>
    Buffer.from(
      stringify(
        [
          columns.map(([heading]) => heading),
          ...lines.map((line) => columns.map(([, cell]) => cell(line))),
        ],
        { bom: true, quoted: true, record_delimiter: "windows" },
      ),
    ),
};
