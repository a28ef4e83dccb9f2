import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { letterBlocks } from "../letters/letter.ts";
import { everyCase, longestCase, oldKanjiCase, type SampleCase } from "../samples/samples.ts";
import { addressFacts } from "./person-facts.ts";
import {
  dosesTable,
  personFacts,
  type RequestData,
  sampleRequest,
  validity,
} from "./request-parts.ts";

/** 予防接種実施依頼書, to another municipality or a clinic without a contract. */
export interface VaccinationRequestData extends RequestData {
  /** 市区町村長 or 医療機関の長: how the letter speaks to them. */
  readonly addressee: "municipality" | "clinic";
  /** Where the person stays: 滞在先, and from when until when. */
  readonly stay: string;
  readonly stayFrom: IsoDate;
  readonly stayTo: IsoDate;
  readonly reason: string;
  /** The host pays, or the person pays and claims it back. */
  readonly payment: "self" | "host";
  /** A letter issued anew: the one before is void. */
  readonly reissued?: { readonly number: string } | undefined;
}

const host = {
  postalCode: "9999999",
  address: "例示県例示市例示町1丁目1番1号",
  name: "例示市長",
} as const;
const many = Array.from({ length: 20 }, (_, index) => ({
  title: `五種混合（ジフテリア・百日せき・破傷風・不活化ポリオ・Hib） 第1期初回${index + 1}回目`,
  plannedOn: "2026-12-10" as const,
}));

/** 予防接種実施依頼書 (予防接種法施行令4条, 定期接種実施要領). */
export const vaccinationRequest: Form<VaccinationRequestData> = {
  id: "vaccination/request",
  version: 2,
  title: "予防接種実施依頼書",
  size: A4,
  wording: {
    introMunicipality:
      "　次の方は、本市の住民ですが、貴市町村での定期の予防接種を希望しています。つきましては、予防接種法に基づく予防接種の実施をお願いします。",
    introClinic:
      "　次の方は、本市の住民ですが、貴院での定期の予防接種を希望しています。つきましては、予防接種法に基づく予防接種の実施をお願いします。",
    handling:
      "この依頼による接種は、本市が行う定期の予防接種です。健康被害が生じた場合は、本市が予防接種法に基づき対応します。\n有効期間を過ぎた接種は、この依頼による接種になりません。\n接種の後は、すみやかに、結果報告書と予診票（市町村用）を下のお問い合わせ先に送ってください。",
    self: "本人が全額を支払い、本市に払戻しを請求します。領収書（ワクチン名の分かるもの）を本人に交付してください。",
    host: "滞在先の市区町村の負担によります。",
    reissued: "　この依頼書は、{number}に代わるものです。{number}は無効です。",
  },
  blocks: (data, say) =>
    letterBlocks(
      vaccinationRequest,
      data,
      "予防接種実施依頼書",
      [
        paragraph(say(data.addressee === "clinic" ? "introClinic" : "introMunicipality")),
        ...(data.reissued ? [paragraph(say("reissued", { number: data.reissued.number }))] : []),
        gap(3),
        facts([
          ...personFacts(data),
          ...addressFacts("滞在先", data.stay),
          {
            label: "滞在の期間",
            value: `${formatWareki(data.stayFrom)}から${formatWareki(data.stayTo)}まで`,
          },
          { label: "依頼の理由", value: data.reason },
          { label: "有効期間", value: validity(data) },
          { label: "費用の負担", value: say(data.payment) },
        ]),
        heading("予防接種"),
        dosesTable(data.doses),
      ],
      [heading("取扱い"), list(say("handling").split("\n"))],
    ),
  samples: {
    ...everyCase(sample),
    "費用は滞在先が負担・医療機関あて・再交付": {
      ...sample(oldKanjiCase),
      addressee: "clinic",
      to: { ...host, name: "医療法人例示会 例示こどもクリニック", attention: "院長　例示 一郎 様" },
      payment: "host",
      reissued: { number: "見予第R8-000123号" },
    },
    "20件で2ページ": { ...sample(longestCase), doses: many },
  },
};

function sample(one: SampleCase): VaccinationRequestData {
  return {
    ...sampleRequest(one),
    to: host,
    addressee: "municipality",
    stay: one.address === "" ? "" : "例示県例示市例示町2丁目3番4号 例示様方",
    stayFrom: "2026-11-20",
    stayTo: "2027-03-31",
    reason: "里帰り出産などで、長く市外に滞在するため",
    payment: "self",
  };
}
