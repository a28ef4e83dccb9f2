import type { BirthDate } from "#workflows/dates/birth-date.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Issuer, Office, PrintedPerson, Recipient } from "../data.ts";
import type { Purpose } from "../fonts/fonts.ts";
import { flow, gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { contactBox, letterHead, pageFeet, title, windowAddress } from "../language/letter.ts";
import { A4, foldMarks } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { write } from "../language/text.ts";
import { everyCase, issuer, office, people, recipients, withoutSeal } from "../samples/samples.ts";

/** 現況届 with what the office knows printed in: the person corrects what has changed and signs. */
export interface StatusReportV1Data {
  readonly to: Recipient;
  /** ひとり親家庭等医療費助成 */
  readonly program: string;
  /** 令和8年度 */
  readonly year: string;
  readonly recipientNumber: string;
  readonly person: PrintedPerson;
  readonly address: string;
  readonly telephone: string;
  readonly insurance: string;
  readonly household: readonly {
    readonly name: string;
    readonly relation: string;
    readonly birthDate: BirthDate;
    readonly note?: string;
  }[];
  /** What to hand in with it. */
  readonly enclosures: readonly string[];
  readonly deadline: IsoDate;
  readonly date: IsoDate;
  readonly issuer: Issuer;
  readonly office: Office;
}

/** Lines left empty for who has come into the household. */
const NEWCOMERS = 2;

/** 現況届: page 1 says what to do, page 2 is handed in. */
export const statusReportV1: Form<StatusReportV1Data> = {
  id: "letters/status-report",
  version: 1,
  title: "現況届",
  size: A4,
  wording: {
    intro:
      "　{program}を続けて受けるには、毎年、現況届の提出が必要です。次のページの現況届を確認し、{deadline}までに提出してください。提出がないと、続けて受けられないことがあります。",
    steps:
      "印刷されている内容が今と違うときは、二重線で消して、右の欄に書いてください。\n世帯に加わった方がいるときは、空いている欄に書いてください。\n違うところがないときは、「変更なし」の□に✓を付けてください。\n届け出る日と、署名を書いてください。",
    how: "次のページの現況届と、一緒に出していただくものを、下のお問い合わせ先に持参するか、郵送してください。\n期限に間に合わないときや書き方が分からないときは、早めにご連絡ください。",
    withheld: "（印刷を省いています。変わったときだけ、右の欄に書いてください。）",
    consent:
      "　上のとおり届け出ます。審査のために、世帯全員の住民票と所得の情報を市が確認することに同意します。",
  },
  blocks: (data, say) => [
    foldMarks,
    windowAddress(data.to),
    letterHead({ date: data.date, issuer: data.issuer }),
    title(67, `${data.year}　${data.program}　現況届のお願い`),
    flow({ x: 20, y: 80, width: 170, bottom: 252 }, [
      paragraph(say("intro", { program: data.program, deadline: formatWareki(data.deadline) })),
      heading("書き方"),
      list(say("steps").split("\n"), { numbered: true }),
      heading("一緒に出していただくもの"),
      list(data.enclosures),
      heading("提出の方法"),
      list(say("how").split("\n")),
    ]),
    contactBox(data.office, 20, 257, 170),
    (paper) => paper.newPage(),
    title(16, `${data.year}　${data.program}　現況届`),
    flow({ x: 15, y: 30, width: 180, bottom: 275, nextY: 22 }, [
      paragraph(`（宛先）${data.issuer.title}`),
      gap(2),
      paragraph(
        `受給者番号　${data.recipientNumber}　　　　提出の期限　${formatWareki(data.deadline)}`,
      ),
      gap(2),
      paragraph("□ 変更なし", { size: 14 }),
      gap(2),
      table(
        [
          { title: "項目", width: 32, value: ({ label }) => label, align: "centre" },
          {
            title: "印刷されている内容",
            width: 84,
            value: ({ value }) => value,
            purpose: ({ purpose }) => purpose ?? "text",
            lines: 3,
          },
          { title: "変更後（違うときだけ）", width: 64, value: () => "" },
        ],
        known(data, say("withheld")),
        { size: 11, smallest: 7, rowHeight: 13 },
      ),
      heading("世帯の方"),
      table(
        [
          {
            title: "氏名",
            width: 58,
            value: (one) => one?.name ?? "",
            purpose: "name",
            lines: 2,
          },
          { title: "続柄", width: 20, value: (one) => one?.relation ?? "", align: "centre" },
          {
            title: "生年月日",
            width: 40,
            value: (one) => (one ? formatWareki(one.birthDate) : ""),
            align: "centre",
          },
          { title: "備考・変更後", width: 62, value: (one) => one?.note ?? "", lines: 2 },
        ],
        [...data.household, ...Array.from({ length: NEWCOMERS }, () => undefined)],
        { size: 11, smallest: 7, rowHeight: 12 },
      ),
      gap(4),
      paragraph(say("consent")),
      gap(5),
      (area) => {
        const y = area.take(12);
        write(area.paper, { x: 15, y, width: 80 }, "令和　　　年　　　月　　　日", { size: 12 });
        write(area.paper, { x: 100, y, width: 25 }, "届出者の署名", { size: 12, smallest: 9 });
        area.paper.line(127, y + 6, 195, y + 6);
      },
    ]),
    pageFeet(statusReportV1, A4),
  ],
  samples: {
    ...everyCase(
      ({ to, kana, person, address }): StatusReportV1Data => ({
        to,
        program: "ひとり親家庭等医療費助成",
        year: "令和8年度",
        recipientNumber: "1234567",
        person: { name: to.name, kana, birthDate: "1994-05-06", sex: "女" },
        address,
        telephone: "090-0000-0000",
        insurance: "見本市国民健康保険",
        household: [{ name: person.name, relation: "子", birthDate: person.birthDate }],
        enclosures: [
          "受給者と子どもの健康保険の資格が分かるものの写し",
          "児童扶養手当証書の写し（お持ちの方）",
        ],
        deadline: "2026-12-18",
        date: "2026-11-20",
        issuer,
        office,
      }),
    ),
    世帯が多い: {
      to: recipients.longest,
      program: "ひとり親家庭等医療費助成",
      year: "令和8年度",
      recipientNumber: "7654321",
      person: { ...people.longest, birthDate: "1990-02-28" },
      address:
        "熊本市南区奥古閑町字見本屋敷通東之丁上九千八百七十六番地の五十四 グランドシャトーサンプル熊本リバーサイドパークタワーウエスト第2号棟 1234号室",
      telephone: "090-0000-0000（勤務先 096-000-0000）",
      insurance: "全国健康保険協会 見本支部（被扶養者）",
      household: [people.longest, people.oldKanji, people.plain, people.ordinary].map(
        ({ name, birthDate }) => ({
          name,
          relation: "子",
          birthDate,
        }),
      ),
      enclosures: [
        "受給者と子どもの健康保険の資格が分かるものの写し",
        "前の年の所得が分かるもの（他の市区町村から転入した方）",
      ],
      deadline: "2026-12-18",
      date: "2026-11-20",
      issuer: withoutSeal,
      office,
    },
  },
};

/** What the office knows; without an address where it is withheld. */
function known(
  { person, ...data }: StatusReportV1Data,
  withheld: string,
): readonly { readonly label: string; readonly value: string; readonly purpose?: Purpose }[] {
  return [
    { label: "フリガナ", value: person.kana, purpose: "name" },
    { label: "氏名", value: person.name, purpose: "name" },
    { label: "生年月日", value: formatWareki(person.birthDate) },
    data.address === ""
      ? { label: "住所", value: withheld }
      : { label: "住所", value: data.address, purpose: "address" },
    { label: "電話番号", value: data.telephone },
    { label: "健康保険", value: data.insurance },
  ];
}
