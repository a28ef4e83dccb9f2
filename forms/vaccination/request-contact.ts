import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { letterBlocks } from "../letters/letter.ts";
import { everyCase, oldKanjiCase, type SampleCase } from "../samples/samples.ts";
import {
  dosesTable,
  personFacts,
  type RequestData,
  sampleRequest,
  validity,
} from "./request-parts.ts";

/** 予防接種実施連絡票: what the applicant has to do with the letter, and hands to the clinic with it. */
export interface RequestContactData extends RequestData {
  /** Of the series of these doses, as the city's records have it: 五種混合 第1期初回1回目 令和8年9月1日. */
  readonly history: readonly string[];
  /** Until when the refund has to be claimed, in words; nothing where the host pays. */
  readonly claim?: string | undefined;
}

/** 予防接種実施連絡票. */
export const requestContact: Form<RequestContactData> = {
  id: "vaccination/request-contact",
  version: 1,
  title: "予防接種実施連絡票",
  size: A4,
  wording: {
    intro:
      "　予防接種実施依頼書を交付しました。接種の当日は、依頼書、この連絡票、予診票、母子健康手帳をお持ちください。",
    clinic:
      "予診票の医師記入欄に記入し、結果報告書とともに、市町村用を本市に送ってください。\n接種を見合わせたときも、結果報告書に書いてください。",
    person:
      "接種の当日に本市の住民でないときは、この依頼書は使えません。\n有効期間のうちに接種できなかったときは、あらためて申請してください。\n体調が悪いなどで接種できなかったときは、下のお問い合わせ先に連絡してください。",
    claim: "支払った費用は、{until}までに、請求書に領収書の原本を添えて請求してください。",
  },
  blocks: (data, say) =>
    letterBlocks(
      requestContact,
      data,
      "予防接種実施連絡票",
      [
        paragraph(say("intro")),
        gap(3),
        facts([
          { label: "依頼書の番号", value: data.letterNumber },
          ...personFacts(data),
          { label: "有効期間", value: validity(data) },
          {
            label: "これまでの接種",
            value: data.history.length === 0 ? "記録はありません" : data.history.join("\n"),
          },
        ]),
        heading("予防接種"),
        dosesTable(data.doses),
        heading("接種を受ける方・保護者の方へ"),
        list([
          ...say("person").split("\n"),
          ...(data.claim === undefined ? [] : [say("claim", { until: data.claim })]),
        ]),
      ],
      [heading("接種を行う医療機関へ"), list(say("clinic").split("\n"))],
    ),
  samples: {
    ...everyCase(sample),
    接種歴が多く費用は滞在先が負担: {
      ...sample(oldKanjiCase),
      history: Array.from(
        { length: 8 },
        (_, index) => `B型肝炎 ${index + 1}回目　令和8年9月${index + 1}日`,
      ),
      claim: undefined,
    },
  },
};

function sample(one: SampleCase): RequestContactData {
  return {
    ...sampleRequest(one),
    documentNumber: "見予第R8-000568号",
    history: ["B型肝炎 1回目　令和8年9月1日"],
    claim: "支払った日の翌日から2年を経過する日",
  };
}
