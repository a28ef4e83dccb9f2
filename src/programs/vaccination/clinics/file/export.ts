import { stringify } from "csv-stringify/sync";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { contractKinds } from "#workflows/vaccination/contract-prices.ts";
import { type ClinicFilter, listClinics } from "../list.ts";
import { clinicKinds, clinicPlaces, clinicStates } from "../words.ts";
import { mostRows } from "./read.ts";

/** Clinics of a list as CSV (UTF-8 with a mark), as they stand on the day. No doctors, no accounts: nothing of it is personal. */
export async function clinicCsv(
  work: Work,
  filter: ClinicFilter,
  day: IsoDate,
): Promise<{ csv: string; lines: number }> {
  const { rows } = await listClinics(work, filter, { from: 0, size: mostRows }, day);
  const csv = stringify(
    [
      [
        "医療機関コード",
        "名称",
        "名称カナ",
        "区分",
        "所在",
        "郵便番号",
        "住所",
        "地区",
        "電話番号",
        "市民向け一覧",
        "状態",
        "契約の種類",
        "扱う接種",
        "基準日",
      ],
      ...rows.map((row) => [
        row.code,
        row.name,
        row.kana,
        clinicKinds[row.kind],
        clinicPlaces[row.place],
        row.postalCode,
        row.address,
        row.district,
        row.phone,
        row.listed ? "載せる" : "載せない",
        clinicStates[row.state],
        row.contracts.map((kind) => contractKinds[kind]).join("；"),
        row.vaccines.join("；"),
        day,
      ]),
    ],
    { bom: true, escape_formulas: true },
  );
  return { csv, lines: rows.length };
}
