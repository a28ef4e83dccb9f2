import type { InquirySubject } from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { membersOf } from "#src/platform/cases/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import { taxYearOn } from "#workflows/intractable-disease/household-cap.ts";
import { planArea } from "#workflows/intractable-disease/presets.ts";
import { valueOn } from "#workflows/parameters/dated.ts";

const patient = async (_work: Work, { personNumber }: CaseRow) => [personNumber];

async function taxYear(work: Work, { receivedOn }: CaseRow): Promise<number> {
  const on = receivedOn as IsoDate;
  return taxYearOn(on, valueOn(await presetOf(work, planArea, on), on).taxYearMonth);
}

/** What is asked about an application, each with a letter, a day on which the answer is due and a reminder. */
export const inquiries: Readonly<Record<string, InquirySubject>> = {
  insurer: {
    title: "適用区分（保険者照会）",
    matter: async () => "高額療養費の適用区分",
    answers: ["適用区分", "被保険者の資格", "備考"],
    people: patient,
  },
  tax: {
    title: "課税状況",
    matter: async (work, found) =>
      `${formatFiscalYear(await taxYear(work, found))}の市町村民税の課税状況`,
    answers: ["課税区分", "所得割額", "均等割額", "合計所得金額", "公的年金等の収入金額"],
    people: async (work, { id }) => [
      ...new Set((await membersOf(work, id)).map(({ personNumber }) => personNumber)),
    ],
  },
  doctor: {
    title: "個人票の内容（医師照会）",
    matter: async () => "臨床調査個人票の記載内容",
    answers: ["照会事項への回答"],
    people: patient,
  },
  "mild-high-cost": {
    title: "軽症高額の医療費",
    matter: async () => "指定難病に係る月ごとの医療費総額",
    answers: ["月", "医療費総額（10割）"],
    people: patient,
  },
};
