import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Appeal, LetterData } from "../data.ts";
import { gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { appealNotice, appealWording, letterBlocks } from "../letters/letter.ts";
import { appeal, everyCase, type SampleCase } from "../samples/samples.ts";
import { sampleRequest } from "./request-parts.ts";

/** A letter is not issued, or holds no longer. */
export interface RequestEndingData extends LetterData {
  readonly personName: string;
  /** 五種混合 第1期初回1回目 */
  readonly doses: readonly string[];
  readonly reason: string;
  readonly basis: string;
  readonly appeal: Appeal;
}

/** 依頼書 取消通知: which letter, and from when. */
export interface RequestCancellationData extends RequestEndingData {
  readonly letterNumber: string;
  readonly from: IsoDate;
}

const about = (data: RequestEndingData) => [
  ...data.facts,
  { label: "接種を受ける方", value: data.personName, purpose: "name" as const },
  { label: "予防接種", value: data.doses.join("\n") },
];

/** 予防接種実施依頼書 不交付決定通知書: with the reason (行政手続法8条) and 教示. */
export const requestRejection: Form<RequestEndingData> = {
  id: "vaccination/request-rejection",
  version: 1,
  title: "予防接種実施依頼書 不交付決定通知書",
  size: A4,
  wording: {
    intro:
      "　申請のありました予防接種実施依頼書について審査しましたが、次の理由により交付しないことに決定しましたので、お知らせします。",
    closing:
      "　事情が変わったときは、あらためて申請することができます。分からないことがありましたら、下のお問い合わせ先にご連絡ください。",
    ...appealWording,
  },
  blocks: (data, say) =>
    letterBlocks(
      requestRejection,
      data,
      "予防接種実施依頼書　不交付決定通知書",
      [
        paragraph(say("intro")),
        gap(4),
        facts([
          ...about(data),
          { label: "交付しない理由", value: data.reason },
          { label: "根拠", value: data.basis },
        ]),
        gap(4),
        paragraph(say("closing")),
      ],
      appealNotice(data.appeal, say),
    ),
  samples: everyCase(sample),
};

/** 予防接種実施依頼書 取消通知書. */
export const requestCancellation: Form<RequestCancellationData> = {
  id: "vaccination/request-cancellation",
  version: 1,
  title: "予防接種実施依頼書 取消通知書",
  size: A4,
  wording: {
    intro:
      "　交付した予防接種実施依頼書を、次のとおり取り消しましたのでお知らせします。取消しの日より後の接種は、依頼書による接種になりません。お手元の依頼書は、使わないでください。",
    ...appealWording,
  },
  blocks: (data, say) =>
    letterBlocks(
      requestCancellation,
      data,
      "予防接種実施依頼書　取消通知書",
      [
        paragraph(say("intro")),
        gap(4),
        facts([
          { label: "依頼書の番号", value: data.letterNumber },
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
    reason: "本市の住民でなくなったため。",
    letterNumber: "見予第R8-000567号",
    from: "2026-12-20" as const,
  })),
};

function sample(one: SampleCase): RequestEndingData {
  const { doses, ...rest } = sampleRequest(one);
  return {
    ...rest,
    documentNumber: "見予第R8-000600号",
    facts: [{ label: "申請日", value: "令和8年11月20日" }],
    personName: one.person.name,
    doses: doses.map(({ title }) => title),
    reason: "滞在先の医療機関で、依頼書がなくても定期の予防接種を受けられるため。",
    basis: "見本市予防接種実施依頼書交付要綱第4条第1項",
    appeal,
  };
}
