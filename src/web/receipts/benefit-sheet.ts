import { office } from "#db/schema/access.ts";
import {
  countBenefits,
  countRefunds,
  isExact,
  type RefundFigures,
} from "#src/platform/statistics/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { receiptCares } from "#workflows/receipts/facts.ts";
import { refundTables } from "../claims/refund-tables.ts";
import {
  type Asked,
  ageGroups,
  type FigureTable,
  type Group,
  type Sheet,
  tableByGroup,
  tableByPart,
} from "../statistics/index.ts";
import { type BenefitChoice, benefitsPath } from "./benefit-list.tsx";

type Found = Awaited<ReturnType<typeof countBenefits>>[number];

/** 給付 in all, in kind and by refunds, by month. The rows stand behind the tables of each. */
function totals(
  asked: Asked,
  inKind: readonly (Found & { bucket: IsoDate | null })[],
  refunds: readonly RefundFigures[],
): FigureTable {
  const buckets = [null, ...asked.period.parts.map(({ from }) => from)];
  const found = buckets.flatMap((bucket) => {
    const own = inKind.find((one) => one.bucket === bucket);
    const back = refunds.find(
      ({ dimension, value }) => ["all", "part"].includes(dimension) && value === bucket,
    );
    return own || back ? [{ bucket, subsidy: own?.subsidy ?? 0, paid: back?.paid ?? 0 }] : [];
  });
  return tableByPart(asked, {
    title: "現物給付と償還払い",
    found,
    columns: [
      { title: "現物給付", unit: "円", charted: true, value: ({ subsidy }) => subsidy },
      { title: "償還払い", unit: "円", charted: true, value: ({ paid }) => paid },
      { title: "計", unit: "円", value: ({ subsidy, paid }) => subsidy + paid },
    ],
  });
}

/** 給付 of a 事務 by receipts and by refunds: count, people, points and sums, by month, care, age, office and institution. */
export const benefitSheet = (program: string, ages: readonly number[]): Sheet => ({
  id: "benefits",
  title: "給付",
  asks: "period",
  byOffice: true,
  source:
    "レセプトの給付台帳（現物給付）と、支給を決定した償還払いの領収書。診療年月で数え、取戻しと過誤は診療の月から差し引き、取り消した支給は数えない。年齢は診療年月の初日の満年齢。区は、現物給付では受給者の、償還払いでは申請を受けた区。医療機関は現物給付の助成額の多い順に20まで。額は円。",
  async exact(work, { office }) {
    for (const rows of ["receipt.read", "case.read"] as const)
      if (!(await isExact(work, program, { office, rows }))) return false;
    return true;
  },
  async read(work, asked) {
    const { period } = asked;
    const found = await countBenefits(work, program, { period, office: asked.office, ages });
    const offices = await work.tx
      .select({ value: office.code, title: office.name })
      .from(office)
      .orderBy(office.code);
    const of = (dimension: Found["dimension"]) =>
      found.filter((one) => one.dimension === dimension);
    const parts = found
      .filter(({ dimension }) => dimension === "part" || dimension === "all")
      .map((one) => ({ ...one, bucket: one.value as IsoDate | null }));
    const month = (day: string) => day.slice(0, 7);
    const behind = (choice: Partial<BenefitChoice>) =>
      benefitsPath(program, {
        from: month(period.from),
        to: month(period.to),
        office: asked.office,
        ...choice,
      });
    const ofPart = ({ from, to }: { from: string; to: string }) =>
      behind({ from: month(from), to: month(to) });

    const groups = (title: string, rowTitle: string, rows: readonly Group<Found>[]) =>
      tableByGroup({
        title,
        rowTitle,
        columns: [
          { title: "件数", unit: "件", value: ({ receipts }) => receipts },
          { title: "受診した方", unit: "人", value: ({ people }) => people },
          { title: "点数", unit: "点", value: ({ points }) => points },
          { title: "助成額", unit: "円", charted: true, value: ({ subsidy }) => subsidy },
        ],
        rows,
        whole: { row: of("all")[0], path: behind({}) },
      });
    const named = (dimension: Found["dimension"], value: string) =>
      of(dimension).find((one) => one.value === value);
    const refunds = await countRefunds(work, program, { period, office: asked.office, ages });
    return [
      totals(asked, parts, refunds),
      tableByPart(asked, {
        title: "現物給付の件数",
        found: parts,
        columns: [
          {
            title: "件数",
            unit: "件",
            charted: true,
            value: ({ receipts }) => receipts,
            path: ofPart,
          },
          { title: "受診した方", unit: "人", value: ({ people }) => people },
          { title: "点数", unit: "点", value: ({ points }) => points },
        ],
      }),
      tableByPart(asked, {
        title: "現物給付の額",
        found: parts,
        columns: [
          { title: "助成額", unit: "円", charted: true, value: ({ subsidy }) => subsidy },
          {
            title: "患者負担",
            unit: "円",
            charted: true,
            value: ({ patientPays }) => patientPays,
          },
        ],
      }),
      groups(
        "現物給付の診療の種類別",
        "種類",
        Object.entries(receiptCares).map(([care, title]) => ({
          title,
          row: named("care", care),
          path: behind({ care: care as keyof typeof receiptCares }),
        })),
      ),
      groups("現物給付の年齢別", "年齢", ageGroups(found, ages)),
      groups(
        "現物給付の区別",
        "区",
        offices
          .filter(({ value }) => value === asked.office || named("office", value))
          .map(({ value, title }) => ({
            title,
            row: named("office", value),
            path: behind({ office: value }),
          })),
      ),
      groups(
        "医療機関別",
        "医療機関",
        of("institution").map((row) => ({
          title: row.title ?? row.value ?? "",
          row,
          path: behind({ institution: row.value ?? undefined }),
        })),
      ),
      ...refundTables(asked, program, { refunds, ages, offices }),
    ];
  },
});
