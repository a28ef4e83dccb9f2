import type { MenuItem } from "#src/platform/program.ts";
import type { AnyRoute } from "#src/web/route.ts";
import { reportClosingV1 } from "#workflows/vaccination/reports/closing-machine.ts";
import { closingScreens } from "./closings.tsx";
import { coverageScreens } from "./coverage.tsx";
import { cubeScreens } from "./cube.tsx";
import { previewScreen } from "./export.tsx";
import { nationalScreens } from "./national-page.tsx";
import { reportPaths } from "./paths.ts";
import { rowsScreen } from "./rows.tsx";

export { reportCopies } from "./export.tsx";
export { reportItems } from "./work-items.ts";

export const reportMenu: readonly MenuItem[] = [
  { title: "報告・接種率", path: reportPaths.closings, right: "statistics.read" },
];

/** Reports of 予防接種: closings, the cube, coverage, the national table, what leaves the office. */
export const reportRoutes: readonly AnyRoute[] = [
  ...closingScreens,
  ...cubeScreens,
  rowsScreen,
  ...coverageScreens,
  ...nationalScreens,
  previewScreen,
];

/** Kinds of audit records of the reports, each as the end of a sentence. */
export const reportAuditWords: Readonly<Record<string, string>> = {
  "vaccination-closings.listed": "予防接種の報告の締めの一覧を見た",
  "vaccination-closing.opened": "予防接種の報告の締めを開いた",
  "vaccination-closing.prepare-asked": "予防接種の報告の月を集計する操作をした",
  "vaccination-closing.prepared": "予防接種の報告の月を集計した",
  ...Object.fromEntries(
    Object.entries(reportClosingV1.events).flatMap(([type, { title }]) => [
      [`vaccination-closing.${type}-asked`, `予防接種の報告の締めの「${title}」の操作をした`],
      [`vaccination-closing.${type}`, `予防接種の報告の締めの「${title}」を行った`],
    ]),
  ),
  "vaccination-report.cube-opened": "予防接種の集計を見た",
  "vaccination-report.cube-chosen": "予防接種の集計の条件を選んだ",
  "vaccination-report.rows-opened": "予防接種の集計の数の内訳を開いた",
  "vaccination-report.rows-read": "予防接種の集計の数の内訳を見た",
  "vaccination-report.coverage-opened": "予防接種の接種率を見た",
  "vaccination-report.coverage-chosen": "予防接種の接種率の条件を選んだ",
  "vaccination-report.people-opened": "予防接種の接種率の対象者の一覧を開いた",
  "vaccination-report.table-opened": "予防接種の国・県への報告表を見た",
  "vaccination-report.table-chosen": "予防接種の国・県への報告表の年度を選んだ",
  "vaccination-report.preview-opened": "予防接種の庁外へ出す表を見た",
};
