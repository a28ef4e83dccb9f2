import { mailingOfPayer } from "#src/platform/applications/index.ts";
import { under } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { withClaims } from "#src/web/claims/index.tsx";
import { withPayments } from "#src/web/payments/index.ts";
import { withBenefits } from "#src/web/receipts/index.ts";
import type { ProgramScreens } from "#src/web/screens.ts";
import { repaymentLetters } from "#workflows/intractable-disease/city-parameters.ts";
import { intractable, intractableClaims } from "../../index.ts";
import { capSheetPanel, capSheetScreens } from "./cap-sheets.tsx";
import { institutionScreens, institutionsPath } from "./institutions.tsx";
import { refundDetailScreen } from "./refund-detail.tsx";

const papers = {
  letters: intractable.letters,
  terms: repaymentLetters,
  mailing: (work: Work, payer: string) => mailingOfPayer(work, intractable, payer),
  claims: true,
} as const;

const auditWords = {
  "institutions.listed": "指定医療機関の一覧を開いた",
  "institutions.sent": "指定医療機関の一覧を取り込む操作をした",
  "institutions.kept": "指定医療機関の一覧を取り込んだ",
  "cap-sheets.opened": "自己負担上限額管理票の画面を開いた",
  "cap-sheet.print-asked": "自己負担上限額管理票を印刷する操作をした",
  "cap-sheet.sent": "自己負担上限額管理票を入力する操作をした",
  "cap-sheet.entered": "自己負担上限額管理票を入力した",
  "cap-sheet.withdrawal-sent": "自己負担上限額管理票を取り消す操作をした",
  "cap-sheet.withdrawn": "自己負担上限額管理票を取り消した",
  "claim.description-sent": "償還払いの区分を入力する操作をした",
  "claim.described": "償還払いの区分を入力した",
};

/** The screens with the money of 指定難病: payments, refunds, receipts, 管理票 and 指定医療機関. */
export function withMoney(screens: ProgramScreens): ProgramScreens {
  const all = withClaims(intractableClaims, withBenefits(withPayments(papers, screens)));
  return {
    ...all,
    menu: [
      ...screens.menu,
      ...under("支払", [
        ...all.menu.slice(screens.menu.length),
        { title: "指定医療機関", path: institutionsPath, right: "case.read" },
      ]),
    ],
    routes: [
      ...all.routes,
      ...[...institutionScreens, ...capSheetScreens, refundDetailScreen].map((route) => ({
        handbook: "38-intractable-money",
        ...route,
      })),
    ],
    auditWords: { ...all.auditWords, ...auditWords },
    personPanels: async (work, person) => [
      ...((await all.personPanels?.(work, person)) ?? []),
      ...(await capSheetPanel(work, person)),
    ],
  };
}
