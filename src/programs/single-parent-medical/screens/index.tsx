import { expireEntitlements, mailingOfPayer } from "#src/platform/applications/index.ts";
import { copayTrial } from "#src/platform/receipts/index.ts";
import type { Work } from "#src/platform/work.ts";
import { caseScreens } from "#src/web/cases/index.ts";
import { claimCases, postcardOrder, withClaims } from "#src/web/claims/index.tsx";
import { withHighCost } from "#src/web/high-cost/index.ts";
import { paymentSheet, withPayments } from "#src/web/payments/index.ts";
import { withPmh } from "#src/web/pmh/index.ts";
import { benefitSheet, withBenefits } from "#src/web/receipts/index.ts";
import { renewalOrders, renewalSheet, withRenewals } from "#src/web/renewals/index.tsx";
import type { ProgramScreens } from "#src/web/screens.ts";
import {
  repaymentLetters,
  schemeOfCity,
} from "#workflows/single-parent-medical/city-parameters.ts";
import { schemeArea } from "#workflows/single-parent-medical/presets.ts";
import {
  openLosses,
  openProposals,
  singleParent,
  singleParentChanges,
  singleParentClaims,
  singleParentRenewal,
} from "../index.ts";
import { singleParentRecordItems } from "../record-items.ts";
import { changeForms } from "./change-forms.tsx";
import { compareWithRegister } from "./compare.ts";
import { monthlyOrders } from "./deliveries.tsx";
import { entryForm, items } from "./entry.tsx";
import { LossPanel } from "./loss-panel.tsx";
import { withMovements } from "./movement-screens.ts";
import { FeaturesPanel, outcome, own } from "./panels.tsx";

/** First ages of the groups in which it counts. */
const ages = [0, 3, 6, 12, 15, 18, 20, 30, 40, 50];
const papers = {
  letters: singleParent.letters,
  terms: repaymentLetters,
  mailing: (work: Work, payer: string) => mailingOfPayer(work, singleParent, payer),
  claims: true,
} as const;

const screens: ProgramScreens = withPayments(papers, {
  id: singleParent.program,
  title: singleParent.title,
  handbook: "10-single-parent",
  papers: singleParent.letters.papers,
  recordItems: singleParentRecordItems,
  parameterTrials: [copayTrial("single-parent-medical", schemeOfCity.copayPlan, schemeArea)],
  scheduled: [
    {
      name: "single-parent-medical.register-losses",
      title: "住民記録の異動による資格の確認",
      cron: "10 * * * *",
      run: openLosses,
    },
    {
      name: "single-parent-medical.register-proposals",
      title: "住民記録の異動による届出の提案",
      cron: "15 * * * *",
      run: openProposals,
    },
    {
      name: "single-parent-medical.entitlement-expiry",
      title: "有効期間の満了",
      cron: "35 0 * * *",
      run: (platform, system) => expireEntitlements(platform, system, singleParent),
    },
  ],
  ...caseScreens({
    shortTitle: "ひとり親医療",
    application: singleParent,
    change: singleParentChanges,
    entry: entryForm,
    changeForms,
    items,
    compare: compareWithRegister,
    others: [claimCases(singleParentClaims)],
    statistics: {
      ages,
      sheets: [
        paymentSheet(singleParent.program),
        benefitSheet(singleParent.program, ages),
        renewalSheet(singleParent.program, singleParentRenewal.title),
      ],
    },
    orders: [
      ...renewalOrders(singleParentRenewal),
      ...monthlyOrders,
      postcardOrder(singleParentClaims),
    ],
    own,
    outcome,
    panels: (view, features) => <FeaturesPanel view={view} features={features} />,
    changePanels: (view) => <LossPanel view={view} />,
  }),
});

/** ひとり親家庭等医療費助成 with its screens. */
export const singleParentScreens: ProgramScreens = withRenewals(
  withPmh(
    withHighCost(
      singleParent.letters,
      withClaims(singleParentClaims, withBenefits(withMovements(screens))),
    ),
  ),
  singleParentRenewal,
);
