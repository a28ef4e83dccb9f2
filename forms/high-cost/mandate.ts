import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { LetterData } from "../data.ts";
import { flow, gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { templateCorner, title } from "../language/letter.ts";
import type { Block } from "../language/paper.ts";
import { A4 } from "../language/shapes.ts";
import { write } from "../language/text.ts";
import { letterBlocks } from "../letters/letter.ts";
import { everyCase, letter, type SampleCase } from "../samples/samples.ts";

/** 高額療養費の委任状: the request to the insured person, and the form to be signed, prefilled. */
export interface MandateData extends LetterData {
  /** Of the request: M000012. */
  readonly number: string;
  /** The one who gives it: whose name and number stand in the insurance. */
  readonly insured: { readonly name: string; readonly address: string };
  readonly insurer: { readonly name: string; readonly number: string };
  /** 記号・番号, where it is known; otherwise the insured person enters it. */
  readonly insuredNumber?: string | undefined;
  /** Who is subsidised and was treated, at least one. */
  readonly persons: readonly { readonly name: string; readonly birthDate: IsoDate }[];
  /** The months of treatment that it is for: 令和8年9月から令和9年8月まで */
  readonly period: string;
  /** To whom it is given: 見本市長 見本 一 */
  readonly mandatary: string;
  /** By when it is to come back. */
  readonly returnBy: IsoDate;
}

/** 委任状 that is sent to be signed: the letter in the window of an envelope, the form on a sheet of its own. A layout of ours; insurers may want another. */
export const highCostMandate: Form<MandateData> = {
  id: "high-cost/mandate",
  version: 1,
  title: "高額療養費の委任状",
  size: A4,
  wording: {
    intro:
      "　{program}で市が立て替えた医療費のうち、加入している健康保険から高額療養費として支給される分を、市が保険者に請求します。そのために、被保険者の方の委任状が必要です。",
    ask: "2枚目の委任状に記入し、{returnBy}までに、下のお問い合わせ先に返送してください。\n委任状によって、あなたの負担が増えることはありません。\n高額療養費を既に受け取られているときは、返送の前にご連絡ください。",
    mandate:
      "　私は、次の者が受けた診療について、健康保険法または国民健康保険法などにより支給される高額療養費（附加給付を含む。）の申請と受領に関する権限を、{mandatary}に委任します。",
    agree:
      "　支給の決定に必要な範囲で、保険者と市が、診療月、診療の額と支給の額を互いに確かめることに同意します。",
  },
  blocks: (data, say) => {
    if (data.persons.length === 0) throw new RangeError("a mandate is for somebody");
    return [
      ...letterBlocks(highCostMandate, data, `${data.program}　高額療養費の委任状のお願い`, [
        paragraph(say("intro", { program: data.program })),
        gap(3),
        facts([
          ...data.facts,
          { label: "被保険者", value: data.insured.name, purpose: "name" },
          {
            label: "保険者",
            value: `${data.insurer.name}（${data.insurer.number}）`,
            purpose: "name",
          },
          {
            label: "対象の方",
            value: data.persons.map(({ name }) => name).join("、"),
            purpose: "name",
          },
          { label: "診療月", value: data.period },
        ]),
        heading("お願い"),
        list(say("ask", { returnBy: formatWareki(data.returnBy) }).split("\n")),
      ]),
      (paper) => paper.newPage(),
      ...signedForm(data, say("mandate", { mandatary: data.mandatary }), say("agree")),
    ];
  },
  samples: {
    ...everyCase((one) => sample(one)),
    対象の方が多い: sampleOfMany(),
  },
};

function signedForm(data: MandateData, mandate: string, agree: string): Block[] {
  const line =
    (y: number, label: string, value = "", purpose: "text" | "name" | "address" = "text"): Block =>
    (paper) => {
      write(paper, { x: 25, y, width: 38, height: 10 }, label, {
        size: 11,
        valign: "middle",
        smallest: 9,
      });
      if (value)
        write(paper, { x: 65, y, width: 115, height: 10 }, value, {
          field: label,
          size: 12,
          smallest: 7,
          lines: 2,
          leading: 1.1,
          valign: "middle",
          purpose,
        });
      paper.line(65, y + 10.5, 185, y + 10.5, { width: 0.2 });
    };
  return [
    title(20, "委　任　状"),
    (paper) =>
      write(paper, { x: 120, y: 34, width: 65 }, "令和　　年　　月　　日", {
        size: 12,
        align: "right",
      }),
    flow({ x: 25, y: 46, width: 160, bottom: 100 }, [paragraph(mandate), gap(2), paragraph(agree)]),
    heading2(102, "委任する人（被保険者・世帯主）"),
    line(109, "住所", data.insured.address, "address"),
    line(121, "氏名（自署）", ""),
    (paper) =>
      write(paper, { x: 65, y: 127.5, width: 115 }, `（${data.insured.name}）`, {
        field: "被保険者",
        size: 8,
        smallest: 6,
        purpose: "name",
      }),
    line(133, "電話", ""),
    line(145, "保険者", `${data.insurer.name}（${data.insurer.number}）`, "name"),
    line(157, "記号・番号", data.insuredNumber ?? ""),
    heading2(174, "診療を受けた人と診療月"),
    flow({ x: 25, y: 181, width: 160, bottom: 262 }, [
      facts(
        [
          ...data.persons.map((person) => ({
            label: formatWareki(person.birthDate),
            value: person.name,
            purpose: "name" as const,
          })),
          { label: "診療月", value: data.period },
        ],
        48,
      ),
    ]),
    (paper) => {
      write(
        paper,
        { x: 25, y: 268, width: 160 },
        `市の整理番号　${data.number}　　${data.office.name}`,
        {
          size: 9,
          smallest: 7,
          field: "整理番号",
        },
      );
    },
    templateCorner(highCostMandate, A4),
  ];
}

const heading2 =
  (y: number, content: string): Block =>
  (paper) =>
    paper.tagged("H2", () =>
      write(paper, { x: 25, y, width: 160 }, content, { size: 12, face: "bold" }),
    );

function sample({ to, person, address }: SampleCase): MandateData {
  return {
    ...letter,
    to,
    documentNumber: "見こ医第R8-000456号",
    facts: [],
    number: "M000012",
    insured: { name: to.name, address },
    insurer: { name: "全国健康保険協会 例示支部", number: "01430019" },
    persons: [{ name: person.name, birthDate: "2026-02-14" }],
    period: "令和8年9月から令和9年8月まで",
    mandatary: "見本市長　見本　一",
    returnBy: "2026-12-20",
  };
}

function sampleOfMany(): MandateData {
  const one = sample({
    to: { postalCode: "8600000", address: "見本市中央区見本町99番1号", name: "見本 花子" },
    kana: "",
    person: { name: "見本 太郎", kana: "", birthDate: "2026-02-14" },
    address: "見本市中央区見本町99番1号",
  });
  return {
    ...one,
    insuredNumber: "見本 123・4567",
    persons: Array.from({ length: 5 }, (_, index) => ({
      name: `見本 ${["一", "二", "三", "四", "五"][index]}太郎`,
      birthDate: `20${15 + index}-04-0${index + 1}` as IsoDate,
    })),
  };
}
