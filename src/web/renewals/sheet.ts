import { countRenewals } from "#src/platform/renewals/index.ts";
import { isExact } from "#src/platform/statistics/index.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import type { Sheet } from "../statistics/index.ts";

/** 更新の期 of a 事務: households asked, and what came of them, by season. */
export const renewalSheet = (program: string, title: string): Sheet => ({
  id: "renewals",
  title,
  asks: "now",
  byOffice: true,
  source: "更新の期の記録。世帯（認定した申請）の数を、いまの状態で数える。",
  exact: (work, { office }) => isExact(work, program, { office, rows: "case.read" }),
  async read(work, { office }) {
    const rows = await countRenewals(work, program, office);
    return [
      {
        title: "期ごとの世帯数",
        rowTitle: "期",
        chart: "bars",
        columns: ["対象", "提出", "更新", "喪失・停止", "未提出の喪失"].map((column) => ({
          title: column,
          unit: "世帯",
          charted: true as const,
        })),
        rows: rows.map(({ year, asked, received, renewed, ended, lapsed }) => ({
          title: formatFiscalYear(year),
          figures: [asked, received, renewed, ended, lapsed].map((value) => ({ value })),
        })),
      },
    ];
  },
});
