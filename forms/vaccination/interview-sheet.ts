import { formatWareki } from "#workflows/dates/wareki.ts";
import type { CouponData } from "../data.ts";
import type { Form, Say } from "../language/form.ts";
import { grid } from "../language/grid.ts";
import { templateCorner } from "../language/letter.ts";
import { type Block, pale } from "../language/paper.ts";
import { A4, fill, frame, line, once } from "../language/shapes.ts";
import { text } from "../language/text.ts";
import { cautionedCouponSamples } from "../samples/coupons.ts";
import { everyCase } from "../samples/samples.ts";
import { cautionMark, cautionWords } from "./caution.ts";
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
    { height: 13, cells: [{ key: "address", label: "住所", width: 118, labelWidth: 22 }] },
    {
      height: 14,
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

/** Questions of the sheet, in the order of the model form (定期接種実施要領 様式第二). */
const QUESTIONS = [
  "今日受ける予防接種について、市区町村からの説明書を読みましたか",
  "お子さんの発育歴：分娩時、出生後、乳児健診で異常があると言われましたか",
  "今日、体に具合の悪いところがありますか（具体的な症状：　　　　　　　　　）",
  "最近1か月以内に病気にかかりましたか（病名：　　　　　　　　　　　　　）",
  "1か月以内に、家族や周りに麻しん、風しん、水痘、おたふくかぜの人がいましたか",
  "1か月以内に予防接種を受けましたか（種類：　　　　　　　　　　　　　　）",
  "生まれてから今までに、特別な病気で診察を受けていますか（病名：　　　　）",
  "「はい」の場合、診ている医師に、今日の予防接種を受けてよいと言われましたか",
  "ひきつけ（けいれん）を起こしたことがありますか（　　歳頃）",
  "薬や食品で、発しんやじんましんが出たり、具合が悪くなったことがありますか",
  "近親者に、先天性免疫不全と診断された人がいますか",
  "これまでに予防接種を受けて具合が悪くなりましたか（種類：　　　　　）",
  "近親者に、予防接種を受けて具合が悪くなった人がいますか",
  "6か月以内に、輸血またはガンマグロブリンの注射を受けましたか",
  "今日の予防接種について、質問がありますか",
];
const TABLE = HEAD + 48;
const TABLE_HEAD = 7;
const ROWS_HEIGHT = 122;
const COLUMNS = { question: 128, answer: 36, doctor: 22 };

/** The questions in rows of one height that fill the place of the table. */
function questionTable(questions: readonly string[], answers: string): Block[] {
  const height = ROWS_HEIGHT / questions.length;
  const y = (row: number) => TABLE + TABLE_HEAD + row * height;
  const answerX = LEFT + COLUMNS.question;
  const doctorX = answerX + COLUMNS.answer;
  const head = (x: number, width: number, content: string) =>
    text({ x, y: TABLE, width, height: TABLE_HEAD }, content, {
      size: 9,
      face: "bold",
      align: "centre",
      valign: "middle",
    });
  return [
    fill(LEFT, TABLE, WIDTH, TABLE_HEAD, pale),
    head(LEFT, COLUMNS.question, "質問"),
    head(answerX, COLUMNS.answer, "回答"),
    head(doctorX, COLUMNS.doctor, "医師記入欄"),
    frame(LEFT, TABLE, WIDTH, TABLE_HEAD + ROWS_HEIGHT),
    ...questions.flatMap((question, row) => [
      line(LEFT, y(row), LEFT + WIDTH, y(row)),
      text(
        { x: LEFT + 1.5, y: y(row), width: COLUMNS.question - 3, height },
        `${row + 1}．${question}`,
        { size: 9, smallest: 7, lines: 2, leading: 1.2, valign: "middle", field: "質問" },
      ),
      text({ x: answerX, y: y(row), width: COLUMNS.answer, height }, answers, {
        size: 9.5,
        smallest: 7,
        align: "centre",
        valign: "middle",
        field: "回答",
      }),
    ]),
    line(answerX, TABLE, answerX, TABLE + TABLE_HEAD + ROWS_HEIGHT),
    line(doctorX, TABLE, doctorX, TABLE + TABLE_HEAD + ROWS_HEIGHT),
  ];
}

const BELOW = TABLE + TABLE_HEAD + ROWS_HEIGHT + 3;
const DOCTOR = 20;
const CONSENT = 26;
const below = grid({
  x: LEFT,
  y: BELOW,
  labelSize: 9,
  rows: [
    {
      height: DOCTOR,
      cells: [{ key: "doctor", label: "医師\n記入欄", width: WIDTH, labelWidth: 22 }],
    },
    {
      height: CONSENT,
      cells: [{ key: "consent", label: "保護者\n記入欄", width: WIDTH, labelWidth: 22 }],
    },
    {
      height: 12,
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

/** What is signed: its text from the top of the cell, and the line to sign on at its foot. */
function signed(key: string, content: string, foot: number, who: string): Block[] {
  const { x, y, width, height } = below.place(key);
  const base = y + height - 1.8;
  return [
    text({ x: x + 1.5, y: y + 1.8, width: width - 3, height: height - 8.5 }, content, {
      size: 9,
      smallest: 7.5,
      lines: 4,
      leading: 1.45,
      field: who,
    }),
    text({ x: x + foot, y: base - 4, width: 30 }, who, { size: 9 }),
    line(x + foot + 24, base, x + width - 3, base),
  ];
}

const sheet = (say: Say): readonly Block[] => [
  person.sheet,
  ...questionTable(say("questions").split("\n"), say("answers")),
  below.sheet,
  ...signed("doctor", say("doctor"), 90, "医師の署名"),
  ...signed("consent", say("consent"), 72, "保護者の自署"),
  text(
    { x: below.place("consent").x + 1.5, y: BELOW + DOCTOR + CONSENT - 5.8, width: 66 },
    "令和　　　年　　　月　　　日",
    { size: 9 },
  ),
  below.put("date", "令和　　　年　　　月　　　日", { size: 9, align: "right" }),
  below.put("amount", "mL", { size: 9, align: "right" }),
  person.put("temperature", "度　　分", { size: 10, align: "right" }),
];

const guardians: Readonly<Record<string, string>> = everyCase(({ to }) => to.name);

/** 予診票 of a dose, with the child's facts and codes printed in. */
export const interviewSheet: Form<InterviewSheetData> = {
  id: "vaccination/interview-sheet",
  version: 2,
  title: "予防接種予診票",
  size: A4,
  wording: {
    title: "{dose}　予防接種予診票",
    period: "接種できる期間　{from}から{until}まで",
    caution: cautionWords,
    questions: QUESTIONS.join("\n"),
    answers: "□ はい　　□ いいえ",
    doctor:
      "以上の問診と診察の結果、今日の予防接種は（ □ 実施できる　□ 見合わせた方がよい ）と判断します。\n保護者に、予防接種の効果、副反応、健康被害救済制度について説明しました。",
    consent:
      "医師の診察と説明を受け、予防接種の効果、重い副反応の可能性、健康被害救済制度などを理解したうえで、接種することに（ □ 同意します　□ 同意しません ）。\nこの予診票が市区町村に提出されることに同意します。",
  },
  blocks: (data, say) => {
    const dose = [data.vaccine, data.course, data.dose]
      .filter((part) => part !== undefined)
      .join("　");
    const name = person.place("name");
    const box = { x: name.x + 1.2, width: name.width - 2.4 };
    return [
      once("interview-sheet", [...sheet(say), templateCorner(interviewSheet, A4)]),
      (paper) =>
        paper.tagged("H1", () =>
          text({ x: LEFT, y: 10, width: WIDTH, height: 8 }, say("title", { dose }), {
            size: 16,
            smallest: 11,
            face: "bold",
            valign: "middle",
            field: "予防接種の種類",
          })(paper),
        ),
      text(
        { x: LEFT, y: 18.5, width: WIDTH },
        say("period", { from: formatWareki(data.from), until: formatWareki(data.until) }),
        { size: 10, field: "接種できる期間" },
      ),
      person.put("address", data.address, {
        size: 10,
        smallest: 7,
        lines: 3,
        leading: 1.15,
        purpose: "address",
        field: "住所",
      }),
      text({ ...box, y: name.y + 1 }, data.person.kana, {
        size: 8,
        smallest: 6,
        purpose: "name",
        field: "フリガナ",
      }),
      text({ ...box, y: name.y + 4.6, height: 9 }, data.person.name, {
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
      frame(LEFT + 118, HEAD, WIDTH - 118, 45),
      ...couponCodes(LEFT + 118, HEAD, WIDTH - 118, data.number),
      ...cautionMark(LEFT + 122, HEAD + 36.5, WIDTH - 126, data.caution && say("caution")),
      text({ x: LEFT, y: 284, width: 150 }, `${data.office.name}　電話 ${data.office.telephone}`, {
        size: 8.5,
        smallest: 7,
        field: "お問い合わせ先",
      }),
    ];
  },
  samples: Object.fromEntries(
    Object.entries(cautionedCouponSamples).map(
      ([name, { to: _to, issuer: _issuer, issuedOn: _on, ...rest }]) => [
        name,
        { ...rest, guardian: guardians[name] ?? "見本 花子" },
      ],
    ),
  ),
};
