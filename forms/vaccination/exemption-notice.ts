import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Appeal, LetterData } from "../data.ts";
import { gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { appealNotice, appealWording, letterBlocks } from "../letters/letter.ts";
import { appeal, everyCase, letter, office, type SampleCase } from "../samples/samples.ts";

/** An exemption is not granted, or taken back. */
export interface ExemptionNoticeData extends LetterData {
  readonly personName: string;
  readonly vaccines: readonly string[];
  readonly reason: string;
  readonly basis: string;
  readonly appeal: Appeal;
}

/** 取消通知: which certificate, and from when. */
export interface ExemptionRevocationData extends ExemptionNoticeData {
  readonly certificateNumber: string;
  readonly from: IsoDate;
}

const about = (data: ExemptionNoticeData) => [
  ...data.facts,
  { label: "対象の方", value: data.personName, purpose: "name" as const },
  { label: "予防接種", value: data.vaccines.join("\n") },
];

/** 予防接種 自己負担減免 却下通知書: with the reason (行政手続法8条) and 教示. */
export const exemptionRefusal: Form<ExemptionNoticeData> = {
  id: "vaccination/exemption-refusal",
  version: 1,
  title: "予防接種自己負担減免 却下通知書",
  size: A4,
  wording: {
    intro:
      "　申請のありました予防接種の自己負担の減免について審査しましたが、次の理由により減免しないことに決定しましたので、お知らせします。",
    closing:
      "　事情が変わったときは、あらためて申請することができます。分からないことがありましたら、下のお問い合わせ先にご連絡ください。",
    ...appealWording,
  },
  blocks: (data, say) =>
    letterBlocks(
      exemptionRefusal,
      data,
      "予防接種自己負担減免　却下通知書",
      [
        paragraph(say("intro")),
        gap(4),
        facts([
          ...about(data),
          { label: "減免しない理由", value: data.reason },
          { label: "根拠", value: data.basis },
        ]),
        gap(4),
        paragraph(say("closing")),
      ],
      appealNotice(data.appeal, say),
    ),
  samples: everyCase(sample),
};

/** 予防接種 自己負担減免 取消通知書. */
export const exemptionRevocation: Form<ExemptionRevocationData> = {
  id: "vaccination/exemption-revocation",
  version: 1,
  title: "予防接種自己負担減免 取消通知書",
  size: A4,
  wording: {
    intro:
      "　予防接種の自己負担の減免を、次のとおり取り消しましたのでお知らせします。取消しの日からは、確認証を使えません。お手元の確認証は、下のお問い合わせ先に返してください。",
    ...appealWording,
  },
  blocks: (data, say) =>
    letterBlocks(
      exemptionRevocation,
      data,
      "予防接種自己負担減免　取消通知書",
      [
        paragraph(say("intro")),
        gap(4),
        facts([
          { label: "確認証の番号", value: data.certificateNumber },
          ...about(data),
          { label: "取消しの日", value: formatWareki(data.from) },
          { label: "取消しの理由", value: data.reason },
          { label: "根拠", value: data.basis },
        ]),
      ],
      appealNotice(data.appeal, say),
    ),
  samples: everyCase((one) => ({
    ...sample(one),
    reason: "減免の要件に該当しなくなったため。",
    certificateNumber: "0000000018",
    from: "2026-12-20" as const,
  })),
};

function sample({ to, person }: SampleCase): ExemptionNoticeData {
  return {
    ...letter,
    to,
    documentNumber: "見予第R8-000600号",
    office: { ...office, name: "見本市 健康福祉局 保健衛生部 感染症対策課" },
    program: "予防接種",
    facts: [{ label: "申請日", value: "令和8年10月5日" }],
    personName: person.name,
    vaccines: ["インフルエンザ（高齢者）", "新型コロナウイルス感染症（高齢者）"],
    reason: "減免の要件に該当しないため。",
    basis: "見本市予防接種実費徴収規則第3条",
    appeal,
  };
}
