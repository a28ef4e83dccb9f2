import { formatWareki } from "#workflows/dates/wareki.ts";
import type { CouponData } from "../data.ts";
import type { Form } from "../language/form.ts";
import { grid } from "../language/grid.ts";
import { templateCorner } from "../language/letter.ts";
import { type Block, pale } from "../language/paper.ts";
import { A4, fill, frame, line, once } from "../language/shapes.ts";
import { text } from "../language/text.ts";
import { couponSamples } from "../samples/coupons.ts";
import { everyCase } from "../samples/samples.ts";
import { couponCodes } from "./coupon-codes.ts";

/** What the 予診票 is filled with: the same as the coupon of the dose. */
export type InterviewSheetData = Omit<CouponData, "to" | "issuer" | "issuedOn"> & {
  readonly guardian: string;
};

const LEFT = 12;
const WIDTH = 186;
const HEAD = 26;

const person = grid({
  x: LEFT,
  y: HEAD,
  labelSize: 9,
  rows: [
    { height: 10, cells: [{ key: "address", label: "住所", width: 118, labelWidth: 22 }] },
    {
      height: 11,
      cells: [{ key: "name", label: "フリガナ\n受ける人", width: 118, labelWidth: 22 }],
    },
    {
      height: 9,
      cells: [
        { key: "birth", label: "生年月日", width: 82, labelWidth: 22 },
        { key: "sex", label: "性別", width: 36, labelWidth: 14 },
      ],
    },
    {
      height: 9,
      cells: [
        { key: "guardian", label: "保護者", width: 74, labelWidth: 22 },
        { key: "temperature", label: "診察前の体温", width: 44, labelWidth: 22 },
      ],
    },
  ],
});

/** Questions of the sheet, in the order of the model form (定期接種実施要領 様式第二), and their answers. */
const QUESTIONS: readonly (readonly [string, string, string])[] = [
  ["今日受ける予防接種について、市区町村からの説明書を読みましたか", "はい", "いいえ"],
  ["お子さんの発育歴：分娩時、出生後、乳児健診で異常があると言われましたか", "はい", "いいえ"],
  ["今日、体に具合の悪いところがありますか（具体的な症状：　　　　　　　　　）", "はい", "いいえ"],
  ["最近1か月以内に病気にかかりましたか（病名：　　　　　　　　　　　　　）", "はい", "いいえ"],
  ["1か月以内に、家族や周りに麻しん、風しん、水痘、おたふくかぜの人がいましたか", "はい", "いいえ"],
  ["1か月以内に予防接種を受けましたか（種類：　　　　　　　　　　　　　　）", "はい", "いいえ"],
  ["生まれてから今までに、特別な病気で診察を受けていますか（病名：　　　　）", "はい", "いいえ"],
  ["「はい」の場合、診ている医師に、今日の予防接種を受けてよいと言われましたか", "はい", "いいえ"],
  ["ひきつけ（けいれん）を起こしたことがありますか（　　歳頃）", "はい", "いいえ"],
  ["薬や食品で、発しんやじんましんが出たり、具合が悪くなったことがありますか", "はい", "いいえ"],
  ["近親者に、先天性免疫不全と診断された人がいますか", "はい", "いいえ"],
  ["これまでに予防接種を受けて具合が悪くなりましたか（種類：　　　　　）", "はい", "いいえ"],
  ["近親者に、予防接種を受けて具合が悪くなった人がいますか", "はい", "いいえ"],
  ["6か月以内に、輸血またはガンマグロブリンの注射を受けましたか", "はい", "いいえ"],
  ["今日の予防接種について、質問がありますか", "はい", "いいえ"],
];
const TABLE = HEAD + 43;
const ROW = 8.4;
const COLUMNS = { question: 128, answer: 36, doctor: 22 };

function questionTable(): Block[] {
  const y = (row: number) => TABLE + 7 + row * ROW;
  const answerX = LEFT + COLUMNS.question;
  const doctorX = answerX + COLUMNS.answer;
  const head = (x: number, width: number, content: string) =>
    text({ x, y: TABLE, width, height: 7 }, content, {
      size: 9,
      face: "bold",
      align: "centre",
      valign: "middle",
    });
  return [
    fill(LEFT, TABLE, WIDTH, 7, pale),
    head(LEFT, COLUMNS.question, "質問"),
    head(answerX, COLUMNS.answer, "回答"),
    head(doctorX, COLUMNS.doctor, "医師記入欄"),
    frame(LEFT, TABLE, WIDTH, 7 + QUESTIONS.length * ROW),
    ...QUESTIONS.flatMap(([question, yes, no], row) => [
      line(LEFT, y(row), LEFT + WIDTH, y(row)),
      text(
        { x: LEFT + 1.5, y: y(row), width: COLUMNS.question - 3, height: ROW },
        `${row + 1}．${question}`,
        { size: 9, smallest: 8, valign: "middle" },
      ),
      text({ x: answerX, y: y(row), width: COLUMNS.answer, height: ROW }, `□ ${yes}　　□ ${no}`, {
        size: 9.5,
        align: "centre",
        valign: "middle",
      }),
    ]),
    line(answerX, TABLE, answerX, y(QUESTIONS.length)),
    line(doctorX, TABLE, doctorX, y(QUESTIONS.length)),
  ];
}

const BELOW = TABLE + 7 + QUESTIONS.length * ROW + 3;
const below = grid({
  x: LEFT,
  y: BELOW,
  labelSize: 9,
  rows: [
    { height: 18, cells: [{ key: "doctor", label: "医師\n記入欄", width: WIDTH, labelWidth: 22 }] },
    {
      height: 19,
      cells: [{ key: "consent", label: "保護者\n記入欄", width: WIDTH, labelWidth: 22 }],
    },
    {
      height: 13,
      cells: [
        { key: "lot", label: "ワクチン名\nロット番号", width: 76, labelWidth: 22 },
        { key: "amount", label: "接種量", width: 38, labelWidth: 14 },
        { key: "date", label: "接種年月日", width: 72, labelWidth: 20 },
      ],
    },
    {
      height: 12,
      cells: [{ key: "place", label: "実施場所\n医師名", width: WIDTH, labelWidth: 22 }],
    },
  ],
});

const sheet: readonly Block[] = [
  person.sheet,
  ...questionTable(),
  below.sheet,
  below.put(
    "doctor",
    "以上の問診と診察の結果、今日の予防接種は（ □ 実施できる　□ 見合わせた方がよい ）と判断します。\n保護者に、予防接種の効果、副反応、健康被害救済制度について説明しました。　　医師の署名　　　　　　　　　　　　　",
    { size: 9, lines: 3, leading: 1.6 },
  ),
  below.put(
    "consent",
    "医師の診察と説明を受け、予防接種の効果、重い副反応の可能性、健康被害救済制度などを理解し、\n接種することに（ □ 同意します　□ 同意しません ）。\nこの予診票が市区町村に提出されることに同意します。\n令和　　　年　　　月　　　日　　　保護者の自署　　　　　　　　　　　　　　　　　　　",
    { size: 9, lines: 4, leading: 1.5 },
  ),
  below.put("date", "令和　　　年　　　月　　　日", { size: 9, align: "right" }),
  below.put("amount", "mL", { size: 9, align: "right" }),
  person.put("temperature", "度　　分", { size: 10, align: "right" }),
];

const guardians: Readonly<Record<string, string>> = everyCase(({ to }) => to.name);

/** 予診票 of a dose, with the child's facts and codes printed in. */
export const interviewSheet: Form<InterviewSheetData> = {
  id: "vaccination/interview-sheet",
  version: 1,
  title: "予防接種予診票",
  size: A4,
  blocks: (data) => {
    const dose = [data.vaccine, data.course, data.dose]
      .filter((part) => part !== undefined)
      .join("　");
    const name = person.place("name");
    const box = { x: name.x + 1.2, width: name.width - 2.4 };
    return [
      once("interview-sheet", [...sheet, templateCorner(interviewSheet, A4)]),
      text({ x: LEFT, y: 10, width: WIDTH, height: 8 }, `${dose}　予防接種予診票`, {
        size: 16,
        smallest: 11,
        face: "bold",
        valign: "middle",
        field: "予防接種の種類",
      }),
      text(
        { x: LEFT, y: 18.5, width: WIDTH },
        `接種できる期間　${formatWareki(data.from)}から${formatWareki(data.until)}まで`,
        { size: 10, field: "接種できる期間" },
      ),
      person.put("address", data.address, {
        size: 10.5,
        smallest: 7,
        lines: 3,
        leading: 1.15,
        purpose: "address",
        field: "住所",
      }),
      text({ ...box, y: name.y + 0.8 }, data.person.kana, {
        size: 8,
        smallest: 6,
        purpose: "name",
        field: "フリガナ",
      }),
      text({ ...box, y: name.y + 3.8, height: 6.8 }, data.person.name, {
        size: 14,
        smallest: 8,
        lines: 2,
        leading: 1.1,
        valign: "middle",
        purpose: "name",
        field: "氏名",
      }),
      person.put("birth", formatWareki(data.person.birthDate), { size: 11, field: "生年月日" }),
      person.put("sex", data.person.sex ?? "", { size: 11, align: "centre", field: "性別" }),
      person.put("guardian", data.guardian, {
        size: 11,
        smallest: 6.5,
        lines: 2,
        leading: 1.1,
        purpose: "name",
        field: "保護者",
      }),
      frame(LEFT + 118, HEAD, WIDTH - 118, 39),
      ...couponCodes(LEFT + 118, HEAD, WIDTH - 118, data.number),
      text({ x: LEFT, y: 284, width: 150 }, `${data.office.name}　電話 ${data.office.telephone}`, {
        size: 8.5,
        smallest: 7,
        field: "お問い合わせ先",
      }),
    ];
  },
  samples: Object.fromEntries(
    Object.entries(couponSamples).map(
      ([name, { to: _to, issuer: _issuer, issuedOn: _on, ...rest }]) => [
        name,
        { ...rest, guardian: guardians[name] ?? "見本 花子" },
      ],
    ),
  ),
};
