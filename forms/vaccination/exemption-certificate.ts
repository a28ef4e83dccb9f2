import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { LetterData, PrintedPerson } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { letterBlocks } from "../letters/letter.ts";
import { everyCase, letter, longestCase, office, type SampleCase } from "../samples/samples.ts";
import { factsOfPerson } from "./person-facts.ts";

/** 無料（減免）対象者確認証. Why somebody is exempt stands nowhere on it: the clinic need not know. */
export interface ExemptionCertificateData extends LetterData {
  readonly person: PrintedPerson;
  /** Empty where it is withheld. */
  readonly address: string;
  /** Ten digits, the last a check digit. */
  readonly number: string;
  readonly vaccines: readonly string[];
  readonly from: IsoDate;
  readonly until: IsoDate;
  /** The number of the one before, which holds no longer. */
  readonly replaces?: string | undefined;
}

/** 1234-5678-90, as it is read out. */
const grouped = (number: string): string => number.replace(/^(\d{4})(\d{4})(\d{2})$/, "$1-$2-$3");

/** 予防接種 無料（減免）対象者確認証, in its letter. */
export const exemptionCertificate: Form<ExemptionCertificateData> = {
  id: "vaccination/exemption-certificate",
  version: 1,
  title: "予防接種 無料（減免）対象者確認証",
  size: A4,
  wording: {
    intro:
      "　次の方は、予防接種の自己負担の減免の対象であることを確認しました。接種を受けるときに、この確認証を医療機関の窓口に出してください。",
    replaced: "　この確認証は、番号{number}の確認証に代わるものです。前の確認証は使えません。",
    handling:
      "書かれている予防接種だけに使えます。人に貸したり、譲ったりすることはできません。\n有効期間を過ぎたときと、本市から転出したときは使えません。\n減免の要件に当てはまらなくなったときは、下のお問い合わせ先に返してください。",
    clinic:
      "この確認証を確かめたうえで、予診票に番号を書き、自己負担の額を受け取らずに接種してください。",
  },
  blocks: (data, say) =>
    letterBlocks(
      exemptionCertificate,
      data,
      "予防接種　無料（減免）対象者確認証",
      [
        paragraph(say("intro")),
        ...(data.replaces ? [paragraph(say("replaced", { number: grouped(data.replaces) }))] : []),
        gap(3),
        facts([
          { label: "確認証の番号", value: grouped(data.number) },
          ...factsOfPerson(data.person, data.address, "対象の方").filter(
            // A clinic reads the name; the page is kept for the days and the vaccines.
            ({ label }) => label !== "フリガナ",
          ),
          { label: "予防接種", value: data.vaccines.join("\n") },
          {
            label: "有効期間",
            value: `${formatWareki(data.from)}から${formatWareki(data.until)}まで`,
          },
          { label: "自己負担", value: "なし" },
        ]),
        heading("使うとき"),
        list(say("handling").split("\n")),
      ],
      [heading("医療機関の方へ"), paragraph(say("clinic"))],
    ),
  samples: {
    ...everyCase(sample),
    "再交付・予防接種が多い": {
      ...sample(longestCase),
      replaces: "0000001234",
      vaccines: [
        "インフルエンザ（高齢者）",
        "肺炎球菌（高齢者）",
        "新型コロナウイルス感染症（高齢者）",
        "帯状疱疹",
      ],
    },
  },
};

function sample({ to, person, address }: SampleCase): ExemptionCertificateData {
  return {
    ...letter,
    to,
    documentNumber: "確認証 第0000000018号",
    office: { ...office, name: "見本市 健康福祉局 保健衛生部 感染症対策課" },
    program: "予防接種",
    facts: [],
    person,
    address,
    number: "0000000018",
    vaccines: ["インフルエンザ（高齢者）", "新型コロナウイルス感染症（高齢者）"],
    from: "2026-10-01",
    until: "2027-03-31",
  };
}
