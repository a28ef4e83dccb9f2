import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Issuer, PrintedPerson } from "../data.ts";
import { flow, list } from "../language/flow.ts";
import type { Form, Say } from "../language/form.ts";
import { grid } from "../language/grid.ts";
import { templateCorner } from "../language/letter.ts";
import { type Block, grey, type Size } from "../language/paper.ts";
import { frame, once } from "../language/shapes.ts";
import { text } from "../language/text.ts";
import { everyCase, issuer, people, withoutSeal } from "../samples/samples.ts";

/** 介護保険被保険者証 (介護保険法施行規則 様式第一号): three leaves, the second and third filled once care is granted. */
export interface InsuredCardData {
  readonly insuredNumber: string;
  readonly person: PrintedPerson;
  readonly address: string;
  readonly insurerNumber: string;
  readonly issuedOn: IsoDate;
  readonly issuer: Issuer;
  readonly care?: {
    /** 要介護2 */
    readonly level: string;
    readonly decidedOn: IsoDate;
    readonly from: IsoDate;
    readonly until: IsoDate;
    /** 居宅サービス等 区分支給限度基準額: units a month. */
    readonly monthlyUnits: number;
    /** 認定審査会の意見及びサービスの種類の指定. */
    readonly opinion: string;
    readonly restrictions: readonly {
      readonly content: string;
      readonly from: IsoDate;
      readonly until: IsoDate;
    }[];
    readonly planners: readonly { readonly office: string; readonly notifiedOn: IsoDate }[];
  };
}

/** Three leaves of 91 × 128 mm. */
const SHEET: Size = { width: 273, height: 128 };
const LEAF = 91;
const cell = (key: string, label: string, width: number, labelWidth: number) => ({
  key,
  label,
  width,
  labelWidth,
});

const first = grid({
  x: 6,
  y: 16,
  labelSize: 8,
  rows: [
    { height: 9, cells: [cell("number", "番号", 79, 18)] },
    { height: 18, cells: [cell("address", "住所", 79, 18)] },
    { height: 17, cells: [cell("name", "フリガナ\n氏名", 79, 18)] },
    { height: 8.5, cells: [cell("birth", "生年月日", 55, 18), cell("sex", "性別", 24, 10)] },
    { height: 8.5, cells: [cell("issued", "交付年月日", 79, 18)] },
    { height: 27, cells: [cell("insurer", "保険者番号\n並びに\n保険者の\n名称及び印", 79, 18)] },
  ],
});
const second = grid({
  x: LEAF + 6,
  y: 8,
  labelSize: 8,
  rows: [
    { height: 10, cells: [cell("level", "要介護状態区分等", 79, 28)] },
    { height: 9, cells: [cell("decided", "認定年月日", 79, 28)] },
    { height: 13, cells: [cell("period", "認定の有効期間", 79, 28)] },
    { height: 14, cells: [cell("limit", "居宅サービス等\n（区分支給限度\n基準額）", 79, 28)] },
    {
      height: 58,
      cells: [cell("opinion", "認定審査会の\n意見及び\nサービスの\n種類の指定", 79, 28)],
    },
  ],
});
const third = grid({
  x: 2 * LEAF + 6,
  y: 8,
  labelSize: 8,
  rows: [
    { height: 24, cells: [cell("restriction0", "給付制限", 79, 18)] },
    { height: 24, cells: [cell("restriction1", "給付制限", 79, 18)] },
    { height: 28, cells: [cell("planner0", "居宅介護支援\n事業者等\n及び届出日", 79, 22)] },
    { height: 28, cells: [cell("planner1", "居宅介護支援\n事業者等\n及び届出日", 79, 22)] },
  ],
});

const sheet: readonly Block[] = [
  frame(2, 2, SHEET.width - 4, SHEET.height - 4, { width: 0.15, colour: grey }),
  (paper) => {
    for (const x of [LEAF, 2 * LEAF])
      paper.line(x, 2, x, SHEET.height - 2, { width: 0.15, dash: [1.5, 1.5], colour: grey });
  },
  text({ x: 6, y: 6, width: 79, height: 8 }, "介護保険被保険者証", {
    size: 13,
    face: "bold",
    align: "spread",
    valign: "middle",
  }),
  first.sheet,
  second.sheet,
  third.sheet,
];

/** 介護保険被保険者証. */
export const insuredCard: Form<InsuredCardData> = {
  id: "long-term-care/insured-card",
  version: 1,
  title: "介護保険被保険者証",
  size: SHEET,
  wording: {
    notes:
      "サービスを利用するときは、必ず事業者に見せてください。\n住所や氏名が変わったときや転出するときは、14日以内に届け出てください。\nなくしたり、汚したりしたときは、再交付を申請してください。",
    limit: "1か月あたり\n{units}単位",
    notified: "届出日 {date}",
  },
  blocks: (data, say) => [
    once("insured-card", [
      ...sheet,
      flow({ x: 6, y: 106, width: 79, bottom: 124 }, [
        list(say("notes").split("\n"), { size: 7, leading: 1.4, indent: 3 }),
      ]),
      templateCorner(insuredCard, { width: SHEET.width + 6, height: SHEET.height + 4 }),
    ]),
    ...insured(data),
    ...(data.care ? care(data.care, say) : []),
  ],
  samples: {
    ...everyCase(
      ({ person, address }): InsuredCardData => ({
        insuredNumber: "0001234567",
        person: { ...person, birthDate: "1961-11-21" },
        address,
        insurerNumber: "439995",
        issuedOn: "2026-11-20",
        issuer,
      }),
    ),
    "認定あり・最も長い氏名と住所": {
      insuredNumber: "0007654321",
      person: { ...people.longest, birthDate: "1936-02-29" },
      address:
        "熊本市南区奥古閑町字見本屋敷通東之丁上九千八百七十六番地の五十四 グランドシャトーサンプル熊本リバーサイドパークタワーウエスト第2号棟 1234号室",
      insurerNumber: "439995",
      issuedOn: "2026-11-20",
      issuer: withoutSeal,
      care: {
        level: "要介護2",
        decidedOn: "2026-11-10",
        from: "2026-11-01",
        until: "2028-10-31",
        monthlyUnits: 19_705,
        opinion: "口腔機能の維持のため、専門職の関わりが望ましい。",
        restrictions: [{ content: "支払方法の変更", from: "2026-12-01", until: "2027-05-31" }],
        planners: [{ office: "例示居宅介護支援事業所", notifiedOn: "2026-11-12" }],
      },
    },
  },
};

function insured({ person, ...data }: InsuredCardData): Block[] {
  const name = first.place("name");
  const insurer = first.place("insurer");
  const box = { x: name.x + 1.2, width: name.width - 2.4 };
  return [
    first.put("number", data.insuredNumber, {
      size: 12,
      face: "bold",
      tracking: 3,
      field: "被保険者番号",
    }),
    first.put("address", data.address, {
      size: 10,
      smallest: 6.5,
      lines: 4,
      leading: 1.15,
      purpose: "address",
      field: "住所",
    }),
    text({ ...box, y: name.y + 1 }, person.kana, {
      size: 7,
      smallest: 5.5,
      lines: 2,
      leading: 1.1,
      purpose: "name",
      field: "フリガナ",
    }),
    text({ ...box, y: name.y + 5.8, height: 10.7 }, person.name, {
      size: 13,
      smallest: 8,
      lines: 2,
      leading: 1.15,
      valign: "middle",
      purpose: "name",
      field: "氏名",
    }),
    first.put("birth", formatWareki(person.birthDate), {
      size: 10,
      smallest: 8,
      field: "生年月日",
    }),
    first.put("sex", person.sex ?? "", { size: 10, align: "centre", field: "性別" }),
    first.put("issued", formatWareki(data.issuedOn), { size: 10, field: "交付年月日" }),
    text({ x: insurer.x + 2, y: insurer.y + 3, width: 40 }, data.insurerNumber, {
      size: 12,
      face: "bold",
      tracking: 3,
      field: "保険者番号",
    }),
    text({ x: insurer.x + 2, y: insurer.y + 12, width: 36 }, data.issuer.title.replace(/長$/, ""), {
      size: 12,
      smallest: 8,
      field: "保険者",
    }),
    (paper) => {
      if (data.issuer.seal) paper.image(data.issuer.seal, insurer.x + 38, insurer.y + 3.5, 20, 20);
    },
  ];
}

function care(granted: NonNullable<InsuredCardData["care"]>, say: Say): Block[] {
  const opinion = second.place("opinion");
  const period = (from: IsoDate, until: IsoDate) =>
    `${formatWareki(from)}から\n${formatWareki(until)}まで`;
  return [
    second.put("level", granted.level, { size: 13, face: "bold", field: "要介護状態区分等" }),
    second.put("decided", formatWareki(granted.decidedOn), { size: 10, field: "認定年月日" }),
    second.put("period", period(granted.from, granted.until), {
      size: 10,
      lines: 2,
      leading: 1.25,
      field: "認定の有効期間",
    }),
    second.put("limit", say("limit", { units: granted.monthlyUnits.toLocaleString("ja-JP") }), {
      size: 10,
      lines: 2,
      leading: 1.3,
      field: "区分支給限度基準額",
    }),
    text(
      {
        x: opinion.x + 1.5,
        y: opinion.y + 2,
        width: opinion.width - 3,
        height: opinion.height - 4,
      },
      granted.opinion,
      {
        size: 9,
        smallest: 7,
        lines: 14,
        field: "認定審査会の意見",
      },
    ),
    ...granted.restrictions.slice(0, 2).map(({ content, from, until }, index) =>
      third.put(`restriction${index}`, `${content}\n${period(from, until)}`, {
        size: 9.5,
        smallest: 8,
        lines: 4,
        leading: 1.35,
        field: "給付制限",
      }),
    ),
    ...granted.planners.slice(0, 2).map(({ office, notifiedOn }, index) =>
      third.put(
        `planner${index}`,
        `${office}\n${say("notified", { date: formatWareki(notifiedOn) })}`,
        {
          size: 9.5,
          smallest: 7,
          lines: 4,
          leading: 1.4,
          field: "居宅介護支援事業者等",
        },
      ),
    ),
  ];
}
