import { type EntryItem, insurancePart } from "#src/platform/entry-parts/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear, formatWareki } from "#workflows/dates/wareki.ts";
import type { ChangeSubjectCode } from "#workflows/intractable-disease/change-subjects.ts";
import { diseaseTitle } from "#workflows/intractable-disease/diseases.ts";
import { yen } from "#workflows/text/yen.ts";
import type { ClinicalRecord, Entered, Member, Tax } from "./entered.ts";
import {
  patientTitles,
  personRelationTitles,
  recordSourceTitles,
  taxAssessmentTitles,
} from "./titles.ts";

const day = (text: string) => formatWareki(text as IsoDate);

export const taxWords = (tax: Tax | null | undefined): string =>
  tax
    ? `${formatFiscalYear(tax.fiscalYear)} ${taxAssessmentTitles[tax.assessment]}、所得割 ${yen(tax.incomeLevy)}、均等割 ${yen(tax.perCapitaLevy)}、合計所得 ${yen(tax.totalIncome)}、年金収入 ${yen(tax.pensionReceipts)}、その他の給付 ${yen(tax.otherBenefits)}`
    : "まだ分からない";

export const memberWords = (one: Member): string =>
  one.left
    ? "基準世帯を離れた方"
    : [
        personRelationTitles[one.relation],
        ...(one.insured ? ["被保険者"] : []),
        ...(one.guardian ? ["保護者"] : []),
        ...(one.patient === "none" ? [] : [`${patientTitles[one.patient]} ${yen(one.patientCap)}`]),
        taxWords(one.tax),
      ].join("、");

export function recordWords(record: ClinicalRecord): string {
  const { disease, doctor, writtenOn, severeOn, source, note } = record;
  return [
    diseaseTitle(disease, writtenOn as IsoDate),
    `指定医 ${doctor}`,
    `記載 ${day(writtenOn)}`,
    ...(severeOn ? [`診断 ${day(severeOn)}`] : []),
    recordSourceTitles[source],
    ...(note ? [note] : []),
  ].join("、");
}

export const institutionWords = ({
  institutions = [],
  anyInstitution,
}: Pick<Partial<Entered>, "institutions" | "anyInstitution">): string =>
  [
    ...(anyInstitution ? ["包括"] : []),
    ...institutions.map(
      ({ name, code, main, since }) =>
        `${name}${code ? `（${code}）` : ""}${main ? "・主" : ""} ${day(since)}から`,
    ),
  ].join("、") || "―";

export const preventionWords = (prevention: Entered["welfarePrevention"] | undefined): string =>
  prevention ? `${prevention.tier}${prevention.mealExempt ? "・食費免除" : ""}` : "対象でない";

const yesNo = (is: boolean | undefined) => (is ? "該当" : "非該当");

/** What a report is about, line by line, as it stands before and after. */
export function itemLines(code: ChangeSubjectCode, data: Partial<Entered>): readonly EntryItem[] {
  switch (code) {
    case "tier":
      return [
        { label: "本人の市町村民税", value: taxWords(data.tax) },
        { label: "生活保護", value: yesNo(data.welfare) },
        { label: "生活保護への移行防止", value: preventionWords(data.welfarePrevention) },
        { label: "所得を確認できない", value: yesNo(data.incomeUnconfirmed) },
      ];
    case "member":
      return (data.people ?? []).map((one, at) => ({
        label: `基準世帯員${at + 1} ${one.name}`,
        value: memberWords(one),
        letter: one.left ? "基準世帯から除く" : personRelationTitles[one.relation],
      }));
    case "long-high-cost":
      return [{ label: "高額かつ長期", value: yesNo(data.longHighCost) }];
    case "ventilator":
      return [{ label: "人工呼吸器等装着", value: yesNo(data.ventilator) }];
    case "disease":
      return (data.records ?? []).map((record, at) => ({
        label: `疾病${at + 1}${record.main ? "（主）" : record.denied ? "（非認定）" : ""}`,
        value: recordWords(record),
        letter: diseaseTitle(record.disease, record.writtenOn as IsoDate),
      }));
    case "insurance":
      return [
        ...(data.insurance ? insurancePart.items(data.insurance) : []),
        { label: "適用区分", value: data.limitCategory || "まだ分からない" },
      ];
    case "institution":
      return [{ label: "指定医療機関", value: institutionWords(data) }];
    default:
      return [];
  }
}
