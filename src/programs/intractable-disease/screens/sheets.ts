import { isExact } from "#src/platform/statistics/index.ts";
import type { Work } from "#src/platform/work.ts";
import { type Sheet, tableByGroup } from "#src/web/statistics/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { tiers } from "#workflows/intractable-disease/caps.ts";
import { diseaseOn } from "#workflows/intractable-disease/diseases.ts";
import { yen } from "#workflows/text/yen.ts";

const program = "intractable-disease";

interface Holders {
  dimension: "all" | "tier" | "cap" | "disease" | "mark";
  value: string | null;
  people: number;
}

const markTitles = {
  "long-high-cost": "高額かつ長期",
  ventilator: "人工呼吸器等装着者",
  "mild-high-cost": "軽症高額",
  apportioned: "按分",
  "welfare-prevention": "生保移行防止",
} as const;

const column = { title: "受給者", unit: "人", charted: true as const, value: (n: number) => n };

/** 受給者 on a day by disease, tier, cap and what else the cap rests on. */
export const holdersSheet: Sheet = {
  id: "holders",
  title: "疾病・階層別の受給者",
  asks: "day",
  byOffice: true,
  source:
    "支給認定の有効期間と、その日の認定の内容から数える。疾病が2つある方は、それぞれの疾病に1人として数え、計は実人数。",
  exact: (work, { office }) => isExact(work, program, { office, rows: "case.read" }),
  async read(work, { on, office }) {
    const found = await work.sql<Holders[]>`
      select dimension, value, people from intractable_papers.holders_on(${office ?? null}, ${on})`;
    const all = { row: found.find(({ dimension }) => dimension === "all")?.people };
    const of = (dimension: Holders["dimension"], value: string) =>
      found.find((one) => one.dimension === dimension && one.value === value)?.people;
    const byNumber = (dimension: "disease" | "cap") =>
      found
        .filter((one) => one.dimension === dimension)
        .toSorted((a, b) => Number(a.value) - Number(b.value));
    return [
      tableByGroup({
        title: "階層別",
        rowTitle: "階層",
        columns: [column],
        rows: tiers.map((tier) => ({ title: tier, row: of("tier", tier) })),
        whole: all,
      }),
      tableByGroup({
        title: "自己負担上限月額別",
        rowTitle: "上限月額",
        columns: [column],
        rows: byNumber("cap").map(({ value, people }) => ({
          title: yen(Number(value)),
          row: people,
        })),
        whole: all,
      }),
      tableByGroup({
        title: "区分別",
        rowTitle: "区分",
        columns: [column],
        rows: Object.entries(markTitles).map(([mark, title]) => ({ title, row: of("mark", mark) })),
        whole: all,
      }),
      tableByGroup({
        title: "疾病別",
        rowTitle: "疾病",
        columns: [column],
        rows: byNumber("disease").map(({ value, people }) => ({
          title: `${value} ${diseaseOn(Number(value), on)?.name ?? "（その日の告示にない番号）"}`,
          row: people,
        })),
        whole: all,
      }),
    ];
  },
};

interface BySeason {
  endsOn: IsoDate;
  invited: number;
  letters: number;
  applied: number;
  renewed: number;
  refused: number;
  gone: number;
  silent: number;
}
const bySeason = (work: Work, office: string | undefined) =>
  work.sql<BySeason[]>`
    select ends_on::text as "endsOn", invited, letters, applied, renewed, refused, gone, silent
      from intractable_papers.by_season(${office ?? null})`;

/** 更新の期 and how those stand whose 支給認定 ended with them. */
export const renewalSheet: Sheet = {
  id: "renewals",
  title: "更新",
  asks: "now",
  byOffice: true,
  source:
    "更新の期の対象者を、いまの状態で数える。申請は、受付の始まりから有効期間の終わりまでに受け付け、取り下げられていないもの。",
  exact: (work, { office }) => isExact(work, program, { office, rows: "case.read" }),
  async read(work, { office }) {
    const rows = await bySeason(work, office);
    const columns = [
      ["対象", "invited"],
      ["お知らせ", "letters"],
      ["申請", "applied"],
      ["認定", "renewed"],
      ["不認定・却下", "refused"],
      ["期の前に喪失", "gone"],
      ["未申請", "silent"],
    ] as const;
    return [
      {
        title: "期ごとの人数",
        rowTitle: "期",
        chart: "bars",
        columns: columns.map(([title]) => ({ title, unit: "人", charted: true as const })),
        rows: rows.map((row) => ({
          title: `${formatWareki(row.endsOn)}満了`,
          figures: columns.map(([, key]) => ({ value: row[key] })),
        })),
      },
    ];
  },
};
