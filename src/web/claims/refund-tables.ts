import type { RefundFigures } from "#src/platform/statistics/index.ts";
import { claimCares } from "#workflows/claims/receipt.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type Asked,
  ageGroups,
  type FigureTable,
  type Group,
  tableByGroup,
  tableByPart,
} from "../statistics/index.ts";
import { type RefundChoice, refundsPath } from "./refund-list.tsx";

interface Refunded {
  refunds: readonly RefundFigures[];
  /** First ages of the bands. */
  ages: readonly number[];
  offices: readonly { value: string; title: string }[];
}

const month = (day: string) => day.slice(0, 7);

/** 償還払い by month, kind of care, age and office, each count leading to the 領収書 behind it. */
export function refundTables(
  asked: Asked,
  program: string,
  { refunds, ages, offices }: Refunded,
): FigureTable[] {
  const { period } = asked;
  const behind = (choice: Partial<RefundChoice>) =>
    refundsPath(program, {
      from: month(period.from),
      to: month(period.to),
      office: asked.office,
      ...choice,
    });
  const named = (dimension: RefundFigures["dimension"], value: string) =>
    refunds.find((one) => one.dimension === dimension && one.value === value);
  const groups = (title: string, rowTitle: string, rows: readonly Group<RefundFigures>[]) =>
    tableByGroup({
      title,
      rowTitle,
      columns: [
        { title: "領収書", unit: "枚", value: ({ receipts }) => receipts },
        { title: "支給を受けた方", unit: "人", value: ({ people }) => people },
        { title: "支給額", unit: "円", charted: true, value: ({ paid }) => paid },
      ],
      rows,
      whole: { row: refunds.find(({ dimension }) => dimension === "all"), path: behind({}) },
    });
  return [
    tableByPart(asked, {
      title: "償還払いの件数",
      found: refunds
        .filter(({ dimension }) => dimension === "part" || dimension === "all")
        .map((one) => ({ ...one, bucket: one.value as IsoDate | null })),
      columns: [
        {
          title: "領収書",
          unit: "枚",
          charted: true,
          value: ({ receipts }) => receipts,
          path: ({ from, to }) => behind({ from: month(from), to: month(to) }),
        },
        { title: "支給を受けた方", unit: "人", value: ({ people }) => people },
        { title: "医療費", unit: "円", value: ({ cost }) => cost },
        { title: "支給額", unit: "円", value: ({ paid }) => paid },
      ],
    }),
    groups(
      "償還払いの診療の種類別",
      "種類",
      Object.entries(claimCares).map(([care, title]) => ({
        title,
        row: named("care", care),
        path: behind({ care: care as keyof typeof claimCares }),
      })),
    ),
    groups("償還払いの年齢別", "年齢", ageGroups(refunds, ages)),
    groups(
      "償還払いの区別",
      "区",
      offices
        .filter(({ value }) => value === asked.office || named("office", value))
        .map(({ value, title }) => ({
          title,
          row: named("office", value),
          path: behind({ office: value }),
        })),
    ),
  ];
}
