import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { nw7 } from "../codes/bars.ts";
import type { LetterData, PrintedPerson } from "../data.ts";
import type { Purpose } from "../fonts/fonts.ts";
import { flow, gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { contactBox, letterHead, pageFeet, title, windowAddress } from "../language/letter.ts";
import { A4, foldMarks } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { write } from "../language/text.ts";
import { letterBlocks } from "../letters/letter.ts";
import { everyCase, letter } from "../samples/samples.ts";

/** Days of the season, and whose entitlement it is. */
export interface RenewalData extends LetterData {
  readonly recipientNumber: string;
  /** The last day of the present certificate: until then it is a renewal. */
  readonly endsOn: IsoDate;
  readonly acceptedFrom: IsoDate;
  /** Who applies by then has the new certificate before the present one ends. */
  readonly recommendedUntil: IsoDate;
}

/** 更新申請のお知らせ (勧奨) with the 更新申請書, on which is printed what the office knows. */
export interface RenewalInvitationData extends RenewalData {
  readonly person: PrintedPerson;
  /** Empty where it is withheld. */
  readonly address: string;
  readonly telephone: string;
  readonly insurance: string;
  readonly diseases: readonly string[];
  readonly guardian?: { readonly name: string; readonly relation: string } | undefined;
  /** What has to be handed in with it. */
  readonly documents: readonly string[];
}

const period = ({ acceptedFrom, recommendedUntil, endsOn }: RenewalData) => [
  {
    label: "申請の期間",
    value: `${formatWareki(acceptedFrom)}から${formatWareki(endsOn)}まで`,
  },
  { label: "早めの申請の期限", value: formatWareki(recommendedUntil) },
];

const WITHHELD = "（印刷を省いています。変わったときだけ、右の欄に書いてください。）";

const sample = {
  ...letter,
  program: "特定医療費（指定難病）",
  documentNumber: "見難更第7654321号",
  facts: [],
  recipientNumber: "7654321",
  endsOn: "2027-09-30",
  acceptedFrom: "2027-06-01",
  recommendedUntil: "2027-07-31",
  address: "見本市中央区手取本町99番1号 見本マンション305号",
  telephone: "096-000-0000",
  insurance: "見本市国民健康保険",
  diseases: ["パーキンソン病"],
  documents: [
    "臨床調査個人票（更新用。指定医が書いたもの、申請の前3か月以内）",
    "健康保険の資格が分かるもの（資格確認書、資格情報のお知らせなど）の写し",
    "世帯の市町村民税の課税（非課税）証明書（市で確認できない方）",
    "自己負担上限額管理票の写し（高額かつ長期・軽症高額に当てはまる方）",
    "個人番号を申告する書類（前に申告していない方）",
  ],
} as const;

/** 更新申請のお知らせ. Page 1 says what to do, page 2 is handed in; its code is 受給者番号. */
export const renewalInvitation: Form<RenewalInvitationData> = {
  id: "intractable-disease/renewal-invitation",
  version: 1,
  title: "更新申請のお知らせ",
  size: A4,
  wording: {
    intro:
      "　お持ちの受給者証は、{endsOn}で有効期間が終わります。引き続き{program}を受けるには、更新の申請が必要です。",
    when: "{recommendedUntil}までに申請すると、有効期間が終わる前に新しい受給者証をお届けできる見込みです。それより後の申請では、新しい受給者証が遅れることがあります。\n{endsOn}を過ぎると、更新ではなく新規の申請になります。受給者証のない間の医療費は、助成の対象にならないことがあります。",
    how: "次のページの更新申請書と書類を、下のお問い合わせ先に郵送するか、持参してください。",
    consent:
      "　上のとおり申請します。審査のために、市が、住民票と市町村民税の課税の状況を確認すること、及び加入している健康保険の保険者に適用区分を照会することに同意します。",
  },
  blocks: (data, say) => [
    foldMarks,
    windowAddress(data.to),
    letterHead(data),
    title(67, `${data.program}　更新申請のお知らせ`),
    flow({ x: 20, y: 80, width: 170, bottom: 252 }, [
      paragraph(say("intro", { program: data.program, endsOn: formatWareki(data.endsOn) })),
      gap(3),
      facts([{ label: "受給者番号", value: data.recipientNumber }, ...period(data)]),
      heading("申請の時期"),
      list(
        say("when", {
          endsOn: formatWareki(data.endsOn),
          recommendedUntil: formatWareki(data.recommendedUntil),
        }).split("\n"),
      ),
      heading("申請に必要な書類"),
      list(["更新申請書（次のページ）", ...data.documents], { leading: 1.3 }),
      heading("申請の方法"),
      paragraph(say("how")),
    ]),
    contactBox(data.office, 20, 257, 170),
    (paper) => paper.newPage(),
    title(16, `${data.program}　更新申請書`),
    nw7(150, 6, 45, 7, data.recipientNumber),
    (paper) =>
      write(paper, { x: 100, y: 7.5, width: 48 }, `受給者番号 ${data.recipientNumber}`, {
        size: 10,
        smallest: 8,
        align: "right",
      }),
    flow({ x: 15, y: 30, width: 180, bottom: 284 }, [
      paragraph(`（宛先）${data.issuer.title}`),
      gap(2),
      paragraph("印刷された内容が今と違うときは、右の欄に書いてください。", { size: 11 }),
      gap(2),
      table(
        [
          { title: "項目", width: 32, value: ({ label }) => label, align: "centre" },
          {
            title: "印刷されている内容",
            width: 88,
            value: ({ value }) => value,
            purpose: ({ purpose }) => purpose ?? "text",
            lines: 4,
          },
          { title: "違うときだけ", width: 60, value: () => "" },
        ],
        known(data),
        { size: 11, smallest: 6.5, rowHeight: 13 },
      ),
      heading("当てはまるものに✓を付けてください"),
      ...[
        "□ 人工呼吸器などを付けている",
        "□ 高額な医療が長く続いている（高額かつ長期）",
        "□ 病気は軽いが高額な医療が続いている（軽症高額）",
        "□ 同じ健康保険の家族に、指定難病・小児慢性特定疾病の受給者がいる",
        "□ 生活保護を受けている",
      ].map((line) => paragraph(line, { size: 11, leading: 1.35 })),
      gap(3),
      paragraph(say("consent"), { size: 11 }),
      gap(5),
      (area) => {
        const y = area.take(12);
        write(area.paper, { x: 15, y, width: 80 }, "令和　　　年　　　月　　　日", { size: 12 });
        write(area.paper, { x: 95, y, width: 32 }, "申請者の署名", { size: 12, smallest: 9 });
        area.paper.line(127, y + 6, 195, y + 6);
      },
    ]),
    pageFeet(renewalInvitation, A4),
  ],
  samples: {
    ...everyCase(
      ({ to, kana, address }): RenewalInvitationData => ({
        ...sample,
        to,
        person: { name: to.name, kana, birthDate: "1961-04-02", sex: "女" },
        address,
      }),
    ),
    保護者があり記載が多い: {
      ...sample,
      to: { ...letter.to, name: "髙辻󠄀 𠮷之助" },
      person: {
        name: "髙辻󠄀 𠮷乃",
        kana: "タカツジ ヨシノ",
        birthDate: "2012-02-29",
        sex: "女",
      },
      address: "熊本市中央区上林町98番76号",
      insurance: "全国健康保険協会 見本支部（12345678・9012345）",
      diseases: [
        "先天性ミオパチー",
        "非ジストロフィー性ミオトニー症候群",
        "アトピー性脊髄炎",
        "遅発性内リンパ水腫",
      ],
      guardian: { name: "髙辻󠄀 𠮷之助", relation: "祖父" },
    },
  },
};

/** 更新申請の再度のお知らせ to whoever has not applied. */
export const renewalInvitationReminder: Form<RenewalData> = {
  id: "intractable-disease/renewal-reminder",
  version: 1,
  title: "更新申請の再度のお知らせ",
  size: A4,
  wording: {
    intro:
      "　更新申請のお知らせをお送りしましたが、まだ申請が届いていません。お持ちの受給者証は、{endsOn}で有効期間が終わります。",
    what: "引き続き{program}を受ける方は、{endsOn}までに、先にお送りした更新申請書と書類を出してください。\n{endsOn}を過ぎると、新規の申請になります。\n更新しない方は、何もしなくて結構です。受給者証は有効期間が終わると使えなくなります。\nこの手紙と行き違いに申請されたときは、ご容赦ください。",
  },
  blocks: (data, say) =>
    letterBlocks(renewalInvitationReminder, data, `${data.program}　更新申請の再度のお知らせ`, [
      paragraph(say("intro", { endsOn: formatWareki(data.endsOn) })),
      gap(4),
      facts([...data.facts, { label: "受給者番号", value: data.recipientNumber }, ...period(data)]),
      heading("お願い"),
      list(say("what", { program: data.program, endsOn: formatWareki(data.endsOn) }).split("\n")),
      gap(6),
      (area) => {
        const y = area.take(14);
        nw7(20, y, 50, 8, data.recipientNumber)(area.paper);
      },
    ]),
  samples: everyCase(
    ({ to, person }): RenewalData => ({
      ...sample,
      to,
      facts: [{ label: "受給者", value: person.name, purpose: "name" }],
    }),
  ),
};

/** What the office knows; without an address where it is withheld. */
function known(
  data: RenewalInvitationData,
): readonly { readonly label: string; readonly value: string; readonly purpose?: Purpose }[] {
  const { person, guardian } = data;
  return [
    { label: "フリガナ", value: person.kana, purpose: "name" },
    { label: "氏名", value: person.name, purpose: "name" },
    { label: "生年月日", value: formatWareki(person.birthDate) },
    data.address === ""
      ? { label: "住所", value: WITHHELD }
      : { label: "住所", value: data.address, purpose: "address" },
    { label: "電話番号", value: data.telephone },
    ...(guardian
      ? [
          {
            label: "保護者・続柄",
            value: `${guardian.name}（${guardian.relation}）`,
            purpose: "name" as const,
          },
        ]
      : []),
    { label: "健康保険", value: data.insurance },
    { label: "病名", value: data.diseases.join("、") },
  ];
}
