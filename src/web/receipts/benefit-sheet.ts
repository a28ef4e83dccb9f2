import { office } from "#db/schema/access.ts";
import { countBenefits, isExact } from "#src/platform/statistics/index.ts";
import { careKinds } from "#workflows/medical/copay-plan.ts";
import {
  ageUnknown,
  bandTitle,
  type FigureTable,
  type Sheet,
  tableByPart,
} from "../statistics/index.ts";
import { type BenefitChoice, benefitsPath } from "./benefit-list.tsx";

type Found = Awaited<ReturnType<typeof countBenefits>>[number];

/** 給付 of a 事務 by receipts: count, people, points and sums, by month, care, age, office and institution. */
export const benefitSheet = (program: string, ages: readonly number[]): Sheet => ({
  id: "benefits",
  title: "給付",
  asks: "period",
  byOffice: true,
  source:
    "レセプトの給付台帳。診療年月で数え、取戻しと過誤は診療の月から差し引く。年齢は診療年月の初日の満年齢。医療機関は助成額の多い順に20まで。額は円。",
  exact: (work, asked) => isExact(work, program, { office: asked.office, rows: "receipt.read" }),
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
      .map((one) => ({
        ...one,
        bucket: one.value as Found["value"] & `${number}-${number}-${number}`,
      }));
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

    const whole = of("all")[0];
    const groups = (
      title: string,
      rowTitle: string,
      rows: readonly { title: string; row: Found | undefined; choice?: Partial<BenefitChoice> }[],
    ): FigureTable => {
      const figures = (row: Found | undefined, path?: `/${string}`) => [
        { value: row?.receipts ?? 0, path },
        { value: row?.people ?? 0 },
        { value: row?.points ?? 0 },
        { value: row?.subsidy ?? 0 },
      ];
      return {
        title,
        rowTitle,
        chart: "bars",
        columns: [
          { title: "件数", unit: "件" },
          { title: "受診した方", unit: "人" },
          { title: "点数", unit: "点" },
          { title: "助成額", unit: "円", charted: true },
        ],
        rows: rows.map(({ title: name, row, choice }) => ({
          title: name,
          figures: figures(row, choice && behind(choice)),
        })),
        whole: { title: "期間の計", figures: figures(whole, behind({})) },
      };
    };
    const named = (dimension: Found["dimension"], value: string) =>
      of(dimension).find((one) => one.value === value);
    return [
      tableByPart(asked, {
        title: "件数",
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
        title: "額",
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
        "診療の種類別",
        "種類",
        Object.entries(careKinds).map(([care, title]) => ({
          title,
          row: named("care", care),
          choice: { care: care as keyof typeof careKinds },
        })),
      ),
      groups("年齢別", "年齢", [
        ...ages.map((from, n) => ({
          title: bandTitle(from, ages[n + 1]),
          row: named("age", String(from)),
        })),
        ...of("age")
          .filter(({ value }) => value === "unknown")
          .map((row) => ({ title: ageUnknown, row })),
      ]),
      groups(
        "区別",
        "区",
        offices
          .filter(({ value }) => value === asked.office || named("office", value))
          .map(({ value, title }) => ({
            title,
            row: named("office", value),
            choice: { office: value },
          })),
      ),
      groups(
        "医療機関別",
        "医療機関",
        of("institution").map((row) => ({
          title: row.title ?? row.value ?? "",
          row,
          choice: { institution: row.value ?? undefined },
        })),
      ),
    ];
  },
});
