import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Fact, LetterData, PrintedPerson } from "../data.ts";
import { flow, type Item } from "../language/flow.ts";
import type { Template } from "../language/form.ts";
import { pageFeet, title, windowAddress } from "../language/letter.ts";
import type { Block } from "../language/paper.ts";
import { A4, foldMarks } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { text } from "../language/text.ts";
import { letter, office, type SampleCase } from "../samples/samples.ts";
import { factsOfPerson } from "./person-facts.ts";

/** One dose of a letter. */
export interface RequestedDose {
  /** 五種混合 第1期 初回 2回目 */
  readonly title: string;
  readonly plannedOn: IsoDate;
}

/** What the papers of a letter share: whom, which doses, until when. */
export interface RequestData extends LetterData {
  readonly person: PrintedPerson;
  /** Empty where it is withheld. */
  readonly address: string;
  readonly guardian: string;
  /** 発行番号 of the letter. */
  readonly letterNumber: string;
  readonly doses: readonly RequestedDose[];
  /** The days on which the letter holds. */
  readonly from: IsoDate;
  readonly until: IsoDate;
}

/** Whom it is about. */
export const personFacts = ({ person, address, guardian }: RequestData): Fact[] => [
  ...factsOfPerson(person, address, "接種を受ける方"),
  ...(guardian === "" ? [] : [{ label: "保護者", value: guardian, purpose: "name" } as const]),
];

/** 令和8年12月1日から令和9年2月28日まで */
export const validity = ({ from, until }: Pick<RequestData, "from" | "until">): string =>
  `${formatWareki(from)}から${formatWareki(until)}まで`;

/** The doses with their planned days. */
export const dosesTable = (doses: readonly RequestedDose[]): Item =>
  table<RequestedDose & { place: string }>(
    [
      { title: "番号", width: 14, value: ({ place }) => place, align: "centre" },
      { title: "予防接種の種類・期・回", width: 106, value: ({ title }) => title, lines: 2 },
      {
        title: "接種の予定日",
        width: 50,
        value: ({ plannedOn }) => formatWareki(plannedOn),
        align: "centre",
      },
    ],
    doses.map((dose, index) => ({ ...dose, place: String(index + 1) })),
    { size: 11, smallest: 7, rowHeight: 10 },
  );

/**
 * The frame of a paper that somebody else fills in and sends back: the office stands in the window, nobody signs for the city.
 */
export const blocksToComeBack = (
  form: Template,
  data: LetterData,
  headline: string,
  body: readonly Item[],
): Block[] => [
  foldMarks,
  windowAddress({
    postalCode: data.office.postalCode,
    address: data.office.address,
    name: data.office.name,
    honorific: "御中",
  }),
  text({ x: 120, y: 16, width: 70 }, data.documentNumber, { size: 9, align: "right" }),
  title(67, headline),
  flow({ x: 20, y: 79, width: 170, bottom: 284, nextY: 22 }, body),
  pageFeet(form, A4),
];

/** A letter about a sample person, with three doses. */
export const sampleRequest = ({ to, person, address }: SampleCase): RequestData => ({
  ...letter,
  to,
  documentNumber: "見予第R8-000567号",
  office: { ...office, name: "見本市 健康福祉局 保健衛生部 感染症対策課" },
  program: "予防接種",
  person,
  address,
  guardian: to.name,
  letterNumber: "見予第R8-000567号",
  doses: [
    { title: "五種混合 第1期初回1回目", plannedOn: "2026-12-10" },
    { title: "小児用肺炎球菌 初回1回目", plannedOn: "2026-12-10" },
    { title: "五種混合 第1期初回2回目", plannedOn: "2027-01-14" },
  ],
  from: "2026-12-01",
  until: "2027-02-28",
});
