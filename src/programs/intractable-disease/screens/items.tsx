import {
  accountPart,
  agentPart,
  insurancePart,
  itemsOfParts,
  mailingPart,
} from "#src/platform/entry-parts/index.ts";
import type { Items } from "#src/web/cases/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import { applicant, type Entered } from "../entered.ts";
import { methodTitles, receptionTitles, sortTitles } from "../titles.ts";
import { institutionWords, memberWords, preventionWords, recordWords, taxWords } from "../words.ts";

const day = (text: string) => formatWareki(text as IsoDate);
type Line = readonly [string, string];

/** What was entered, part by part. */
export function items(entered: Partial<Entered>): Items {
  const { mailing, people = [], records = [], former } = entered;
  const parts = itemsOfParts(entered, {
    applicant,
    agent: agentPart,
    insurance: insurancePart,
    account: accountPart,
    mailing: mailingPart,
  });
  return [
    ...(entered.sort ? [["申請区分", sortTitles[entered.sort]] as Line] : []),
    ...(entered.reception && entered.method
      ? [
          [
            "受付",
            `${receptionTitles[entered.reception]}（${methodTitles[entered.method]}）`,
          ] as Line,
        ]
      : []),
    ...parts.map(({ label, value }): Line => [label, value]),
    ...(mailing === null ? [["送付先", "申請者の住所"] as Line] : []),
    ["適用区分", entered.limitCategory || "まだ分からない"],
    ...(entered.insurerNote ? [["保険者備考", entered.insurerNote] as Line] : []),
    ["同意", consents(entered)],
    ...records.map(
      (record): Line => [
        `個人票${record.main ? "（主たる疾病）" : record.denied ? "（非認定）" : ""}`,
        recordWords(record),
      ],
    ),
    ["自己負担に係ること", marksOf(entered)],
    ["本人の市町村民税", taxWords(entered.tax)],
    ...people.map((one): Line => [`基準世帯員 ${one.name}`, memberWords(one)]),
    ["指定医療機関", institutionWords(entered)],
    ...(former
      ? [
          [
            "転入前の受給者証",
            `${former.authority}　${former.payerNumber} ${former.recipientNumber}　${day(former.validTo)}まで`,
          ] as Line,
        ]
      : []),
    ...(entered.note ? [["備考", entered.note] as Line] : []),
  ];
}

const consents = ({ insurerConsent, researchConsent }: Partial<Entered>) =>
  `保険者照会 ${insurerConsent ? "あり" : "なし"}、研究利用 ${researchConsent ? "あり" : "なし"}`;

const marksOf = (entered: Partial<Entered>): string =>
  [
    ...(entered.ventilator ? ["人工呼吸器等装着"] : []),
    ...(entered.longHighCost ? ["高額かつ長期"] : []),
    ...(entered.mildHighCost && entered.mildHighCostMetOn
      ? [`軽症高額（${day(entered.mildHighCostMetOn)}）`]
      : []),
    ...(entered.welfare ? ["生活保護"] : []),
    ...(entered.welfarePrevention
      ? [`生活保護への移行防止（${preventionWords(entered.welfarePrevention)}）`]
      : []),
    ...(entered.incomeUnconfirmed ? ["所得を確認できない"] : []),
    ...(entered.pediatric
      ? [`小慢 ${yen(entered.pediatric.cap)}${entered.pediatric.sameDisease ? "（同じ疾病）" : ""}`]
      : []),
    ...(entered.hindered ? ["申請が遅れた理由あり"] : []),
    ...(entered.certifiedBefore ? ["既認定者"] : []),
    ...(entered.severeBefore ? ["重症患者（旧制度）"] : []),
  ].join("、") || "―";
