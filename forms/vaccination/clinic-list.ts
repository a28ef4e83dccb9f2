import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Issuer } from "../data.ts";
import { flow, gap, heading, type Item, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4Landscape } from "../language/shapes.ts";
import { type Column, table } from "../language/table.ts";
import { issuer } from "../samples/samples.ts";

/** A clinic as residents are told of it. */
export interface ClinicListLine {
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  /** Which of the vaccines of the list it gives, in their order; empty on a list of one. */
  readonly gives: readonly boolean[];
}

/** 医療機関一覧 for residents, by 地区. */
export interface ClinicListData {
  /** One vaccine; or all that somebody of the list gives, marked by their numbers. At least one, at most 40. */
  readonly vaccines: readonly string[];
  readonly date: IsoDate;
  readonly issuer: Issuer;
  /** At least one, each with at least one clinic. */
  readonly districts: readonly {
    readonly name: string;
    readonly lines: readonly ClinicListLine[];
  }[];
}

/** 予防接種を受けられる医療機関の一覧. */
export const clinicList: Form<ClinicListData> = {
  id: "vaccination/clinic-list",
  version: 1,
  title: "予防接種 医療機関一覧",
  size: A4Landscape,
  wording: {
    note: "　予約が必要な医療機関や、対象の年齢を限る医療機関があります。受ける前に、医療機関へ電話で確かめてください。休診などで変わることがあります。",
  },
  blocks: (data, say) => {
    const { vaccines, districts } = data;
    if (districts.length === 0 || vaccines.length === 0 || vaccines.length > 40)
      throw new RangeError("a list has clinics, and one to forty vaccines");
    const all = districts.reduce((sum, { lines }) => sum + lines.length, 0);
    const single = vaccines.length === 1;
    return [
      title(13, "予防接種を受けられる医療機関"),
      flow({ x: 12, y: 26, width: 273, bottom: 192, nextY: 14 }, [
        paragraph(
          `${single ? vaccines[0] : "すべての予防接種"}　　${formatWareki(data.date)}現在　　${all.toLocaleString("ja-JP")}か所`,
          { size: 12, leading: 1.5 },
        ),
        paragraph(say("note"), { size: 12, leading: 1.5 }),
        ...(single
          ? []
          : [
              paragraph(vaccines.map((name, at) => `${at + 1}：${name}`).join("　"), {
                size: 12,
                leading: 1.5,
              }),
            ]),
        ...districts.flatMap(({ name, lines }): Item[] => [
          gap(3),
          heading(name),
          table<ClinicListLine>(columnsFor(single ? 0 : vaccines.length), lines, {
            size: 12,
            smallest: 6.5,
            rowHeight: 13,
          }),
        ]),
        gap(5),
        paragraph(`${data.issuer.title}　${data.issuer.name}`, { size: 12 }),
      ]),
      pageFeet(clinicList, A4Landscape),
    ];
  },
  samples: {
    一つの予防接種: sample(6, 1),
    すべての予防接種で2ページ: sample(16, 22),
  },
};

/** Name, address, telephone, and a narrow column for the number of each vaccine. */
function columnsFor(vaccines: number): Column<ClinicListLine>[] {
  const each = vaccines === 0 ? 0 : Math.min(9, 128 / vaccines);
  const room = 273 - 32 - each * vaccines;
  return [
    { title: "医療機関", width: room * 0.45, value: ({ name }) => name, lines: 4 },
    {
      title: "住所",
      width: room * 0.55,
      value: ({ address }) => address,
      purpose: "address",
      lines: 4,
    },
    { title: "電話", width: 32, value: ({ phone }) => phone, align: "centre" },
    ...Array.from(
      { length: vaccines },
      (_, at): Column<ClinicListLine> => ({
        title: String(at + 1),
        width: each,
        value: ({ gives }) => (gives[at] ? "○" : ""),
        align: "centre",
      }),
    ),
  ];
}

function sample(count: number, vaccines: number): ClinicListData {
  const names = [
    "例示こどもクリニック",
    "見本髙橋・𠮷田内科小児科医院",
    "サンプルリバーサイドパークタワーファミリークリニックアンドキッズケアセンター",
  ];
  const lines = Array.from({ length: count }, (_, n) => ({
    name: names[n % names.length] ?? "",
    address:
      n % 2 === 0 ? "熊本市中央区手取本町99番1号" : "熊本市南区奥古閑町字見本屋敷9876番地の54",
    phone: "096-000-0000",
    gives: vaccines === 1 ? [] : Array.from({ length: vaccines }, (_, at) => (n + at) % 3 > 0),
  }));
  const kinds = ["5種混合(DPT-IPV-Hib) 1期", "麻しん風しん混合(MR) 1期", "B型肝炎", "帯状疱疹"];
  return {
    vaccines:
      vaccines === 1
        ? ["麻しん風しん混合(MR) 1期"]
        : Array.from({ length: vaccines }, (_, at) => kinds[at % kinds.length] ?? ""),
    date: "2026-11-20",
    issuer,
    districts: [
      { name: "中央区", lines: lines.filter((_, n) => n % 2 === 0) },
      { name: "南区", lines: lines.filter((_, n) => n % 2 === 1) },
    ],
  };
}
