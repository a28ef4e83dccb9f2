import { repaymentForms, runForms } from "#forms/index.ts";
import { claimForms, claimLetterForms } from "#src/platform/claims/index.ts";
import {
  countAccountsToConfirm,
  countFailed,
  countOpenRuns,
  type RepaymentLetters,
} from "#src/platform/payments/index.ts";
import { type MenuItem, under } from "#src/platform/program.ts";
import type { ProgramScreens } from "../screens.ts";
import { accountScreens } from "./accounts.tsx";
import { dunningScreens } from "./dunning.tsx";
import { failedList } from "./failed.tsx";
import { paperScreens } from "./paper-screens.tsx";
import { payableScreens } from "./payable-page.tsx";
import { paymentPanels, personScreens } from "./person-page.tsx";
import { repaymentScreens } from "./repayments.ts";
import { runListScreens } from "./run-list.tsx";
import { runPage } from "./run-page.tsx";
import { runPaperScreens } from "./run-papers.ts";
import { runStepScreens } from "./run-steps.ts";
import { paymentsOf } from "./set.ts";
import { settingScreens } from "./settings.tsx";
import { timelineOfPayments } from "./timeline.ts";
import { paymentItems } from "./work-items.ts";

export { paymentPaths } from "./set.ts";
export { paymentSheet } from "./sheet.ts";

/** What a 事務 that pays writes with. */
interface PaymentPapers extends RepaymentLetters {
  /** Whether it refunds what people paid (償還払い), with notices of its own. */
  readonly claims?: true;
  /** The part of the menu under which they stand, where that of the 事務 has parts. */
  readonly menuPart?: string;
}

/** A 事務 that pays: its screens with 支払, 口座の確認, 返還金 beside them, what waits of these, and their papers. */
export function withPayments(papers: PaymentPapers, screens: ProgramScreens): ProgramScreens {
  const { menuPart } = papers;
  const of = paymentsOf({ program: screens.id, title: screens.title, ...papers });
  const { program, paths } = of;
  const menu: MenuItem[] = [
    { title: "支払", path: paths.runs, right: "payment.read", count: `${program}.payment-runs` },
    {
      title: "口座の確認",
      path: paths.accounts,
      right: "payment-account.handle",
      count: `${program}.accounts`,
    },
    {
      title: "口座の訂正待ち",
      path: paths.failed,
      right: "payment.read",
      count: `${program}.failed`,
    },
    { title: "返還金", path: paths.repayments, right: "payment.read" },
  ];
  const routes = [
    ...runListScreens(of),
    runPage(of),
    ...runPaperScreens(of),
    ...runStepScreens(of),
    ...accountScreens(of),
    ...personScreens(of),
    failedList(of),
    ...payableScreens(of),
    // Their addresses stand where a repayment's id would.
    ...dunningScreens(of),
    ...paperScreens(of),
    ...repaymentScreens(of),
    ...settingScreens(of),
  ].map((route) => ({ handbook: "15-payments", ...route }));
  return {
    ...screens,
    papers: {
      program: screens.id,
      forms: [
        ...(screens.papers?.forms ?? []),
        ...(papers.claims ? [...claimForms, ...claimLetterForms] : []),
        ...repaymentForms,
        ...runForms,
      ],
    },
    menu: [...screens.menu, ...(menuPart === undefined ? menu : under(menuPart, menu))],
    routes: [...screens.routes, ...routes],
    workItems: [...(screens.workItems ?? []), ...paymentItems(of)],
    timeline: [...(screens.timeline ?? []), ...timelineOfPayments(of)],
    menuCounts: async (work) => ({
      ...(await screens.menuCounts?.(work)),
      [`${program}.payment-runs`]: await countOpenRuns(work, program),
      [`${program}.accounts`]: (await countAccountsToConfirm({ ...work, program })).count,
      [`${program}.failed`]: (await countFailed({ ...work, program })).count,
    }),
    personPanels: async (work, person) => [
      ...((await screens.personPanels?.(work, person)) ?? []),
      ...(await paymentPanels(work, person, of)),
    ],
  };
}
