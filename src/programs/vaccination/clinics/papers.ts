import {
  checkText,
  describeProblem,
  type Fonts,
  type Form,
  PiecesHeld,
  type Wording,
  writeForm,
} from "#forms/index.ts";
import { type ClinicListLine, clinicList } from "#forms/vaccination/clinic-list.ts";
import { priceTable } from "#forms/vaccination/price-table.ts";
import { recordAudit } from "#src/platform/audit/write.ts";
import { printingOf } from "#src/platform/printing/index.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import { type ContractKind, contractKinds } from "#workflows/vaccination/contract-prices.ts";
import { findVaccine, schedule } from "#workflows/vaccination/schedule.ts";
import { vaccinationPapers } from "../papers.ts";
import { type ClinicFilter, type ListedClinic, listClinics } from "./list.ts";
import { pricesOfYear } from "./prices.ts";
import { clinicPlaces } from "./words.ts";

/** How many clinics a list for residents has at most. */
const mostLines = 3_000;

/** A vaccine as the lists name it: 麻しん風しん混合(MR) 1期. */
const vaccineTitle = (id: string): string => {
  const found = findVaccine(id);
  return found ? [found.label, found.period].filter(Boolean).join(" ") : id;
};

/**
 * 医療機関一覧 for residents of the clinics of a list that are active, have a contract today and stand on it, by 地区. A name that no
 * font has stands in kana.
 *
 * @throws Problem 404 where there is none, 422 where there are too many
 */
export async function printClinicList(work: Work, filter: ClinicFilter): Promise<Uint8Array> {
  const found = await listClinics(
    work,
    { ...filter, state: "active", listed: true },
    { from: 0, size: mostLines },
  );
  const rows = found.rows.filter(({ contracts }) => contracts.length > 0);
  if (rows.length === 0)
    throw notFound("市民向けの一覧に載せる医療機関がありません（稼働し、今日の契約があるもの）。");
  if (found.total > mostLines)
    throw new Problem({
      status: 422,
      message: `一度に印刷できるのは${mostLines.toLocaleString("ja-JP")}か所までです。地区か接種で絞ってください。`,
    });
  const { fonts, wording, issuer } = await printingOf(work, vaccinationPapers);
  const given = new Set(rows.flatMap(({ vaccines }) => vaccines));
  const shown = filter.vaccine
    ? [filter.vaccine]
    : schedule.map(({ id }) => id as string).filter((id) => given.has(id));
  if (shown.length === 0) throw notFound("扱う接種が登録された医療機関がありません。");
  const line = (row: ListedClinic): ClinicListLine => ({
    name: printable(fonts, row.name, row.kana),
    address: row.address,
    phone: row.phone || "―",
    gives: filter.vaccine ? [] : shown.map((one) => row.vaccines.includes(one)),
  });
  const districts = [...Map.groupBy(rows, headingOf)]
    .toSorted(([a], [b]) => a.localeCompare(b, "ja"))
    .map(([name, inDistrict]) => ({ name, lines: inDistrict.map(line) }));
  await recordAudit(work, {
    kind: "print",
    action: "clinics.list-printed",
    detail: { lines: rows.length },
  });
  return written(clinicList, {
    data: {
      vaccines: shown.map(vaccineTitle),
      date: work.platform.clock.today(),
      issuer,
      districts,
    },
    fonts,
    wording: wording(clinicList),
  });
}

/** @throws Problem 422 where a character has no font or a text no room */
async function written<Data>(
  form: Form<Data>,
  { data, fonts, wording }: { data: Data; fonts: Fonts; wording: Wording },
): Promise<Uint8Array> {
  try {
    return await writeForm(form, data, { fonts, wording });
  } catch (error) {
    if (!(error instanceof PiecesHeld)) throw error;
    throw new Problem({
      status: 422,
      message: "印字できない文字か、欄に収まらない文字があるため、印刷を止めました。",
      details: error.held.flatMap(({ problems }) => problems).map(describeProblem),
    });
  }
}

const headingOf = ({ district, place }: ListedClinic): string => district || clinicPlaces[place];

const printable = (fonts: Fonts, name: string, kana: string): string =>
  checkText(name, "text", fonts, clinicList.id).length === 0 ? name : kana;

/**
 * 委託単価表 of a kind of contract that begins on a day of a 年度.
 *
 * @throws Problem 404 where two people have set none
 */
export async function printPriceTable(
  work: Work,
  { kind, year, from }: { kind: ContractKind; year: number; from: string },
): Promise<Uint8Array> {
  const table = (await pricesOfYear(work, kind, year)).find((one) => one.from === from);
  if (!table) throw notFound("この年度の単価表は登録されていません。");
  const { fonts, wording, issuer } = await printingOf(work, vaccinationPapers);
  await recordAudit(work, {
    kind: "print",
    action: "clinics.prices-printed",
    detail: { year, kind },
  });
  return written(priceTable, {
    data: {
      ...table,
      until: table.to,
      year: formatFiscalYear(year),
      contract: contractKinds[kind],
      printedOn: work.platform.clock.today(),
      issuer,
    },
    fonts,
    wording: wording(priceTable),
  });
}
