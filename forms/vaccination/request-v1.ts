import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Fact, LetterData, PrintedPerson } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { letterBlocks } from "../letters/letter.ts";
import { everyCase, letter, office } from "../samples/samples.ts";

/** 予防接種実施依頼書 as it was first drawn: without planned days and who pays. Frozen. */
export interface VaccinationRequestDataV1 extends LetterData {
  readonly person: PrintedPerson;
  readonly address: string;
  readonly guardian: string;
  /** 五種混合 第1期 初回 2回目 */
  readonly vaccines: readonly string[];
  /** Where the child stays: 滞在先. */
  readonly stay: string;
  readonly reason: string;
  readonly from: IsoDate;
  readonly until: IsoDate;
}

/** 予防接種実施依頼書 (予防接種法施行令4条, 定期接種実施要領). */
export const vaccinationRequestV1: Form<VaccinationRequestDataV1> = {
  id: "vaccination/request",
  version: 1,
  title: "予防接種実施依頼書",
  size: A4,
  wording: {
    intro:
      "　次の方は、本市の住民ですが、貴市町村（貴院）での定期の予防接種を希望しています。つきましては、予防接種法に基づく予防接種の実施をお願いします。",
    handling:
      "この依頼による接種は、本市が行う定期の予防接種です。健康被害が生じた場合は、本市が予防接種法に基づき対応します。\n接種の後は、すみやかに、予診票の写しを下のお問い合わせ先に送ってください。",
  },
  blocks: (data, say) =>
    letterBlocks(vaccinationRequestV1, data, "予防接種実施依頼書", [
      paragraph(say("intro")),
      gap(3),
      facts([
        { label: "接種を受ける方", value: data.person.name, purpose: "name" },
        { label: "フリガナ", value: data.person.kana, purpose: "name" },
        {
          label: "生年月日・性別",
          value: [formatWareki(data.person.birthDate), data.person.sex].filter(Boolean).join("　"),
        },
        ...addressOf("住所", data.address),
        { label: "保護者", value: data.guardian, purpose: "name" },
        ...addressOf("滞在先", data.stay),
        { label: "予防接種の種類", value: data.vaccines.join("\n") },
        { label: "依頼の理由", value: data.reason },
        {
          label: "依頼の期間",
          value: `${formatWareki(data.from)}から${formatWareki(data.until)}まで`,
        },
      ]),
      heading("取扱い"),
      list(say("handling").split("\n")),
    ]),
  samples: everyCase(
    ({ to, person, address }): VaccinationRequestDataV1 => ({
      ...letter,
      to: {
        postalCode: "9999999",
        address: "例示県例示市例示町1丁目1番1号",
        name: "例示市長",
      },
      documentNumber: "見感対第567号",
      office: { ...office, name: "見本市 健康福祉局 保健衛生部 感染症対策課" },
      program: "予防接種",
      person,
      address,
      guardian: to.name,
      vaccines: ["五種混合 第1期 初回 2回目", "小児用肺炎球菌 初回 2回目"],
      stay: address === "" ? "" : "例示県例示市例示町2丁目3番4号 例示様方",
      reason: "母親の里帰り出産に伴う長期の滞在のため。",
      from: "2026-12-01",
      until: "2027-03-31",
    }),
  ),
};

/** No line for an address that is withheld. */
function addressOf(label: string, value: string): Fact[] {
  return value === "" ? [] : [{ label, value, purpose: "address" }];
}
