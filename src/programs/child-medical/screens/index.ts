import { expireEntitlements, mailingOfPayer } from "#src/platform/applications/index.ts";
import { copayTrial } from "#src/platform/receipts/index.ts";
import type { Work } from "#src/platform/work.ts";
import { caseScreens } from "#src/web/cases/index.ts";
import { claimCases, postcardOrder, withClaims } from "#src/web/claims/index.tsx";
import { withHighCost } from "#src/web/high-cost/index.ts";
import { paymentSheet, withPayments } from "#src/web/payments/index.ts";
import { withPmh } from "#src/web/pmh/index.ts";
import { benefitSheet, withBenefits } from "#src/web/receipts/index.ts";
import type { ProgramScreens } from "#src/web/screens.ts";
import { repaymentLetters, schemeOfCity } from "#workflows/child-medical/city-parameters.ts";
import { schemeArea } from "#workflows/child-medical/presets.ts";
import { childMedical, childMedicalChanges, childMedicalClaims, openLosses } from "../index.ts";
import { periodTrial } from "../parameter-trial.ts";
import { childMedicalRecordItems } from "../record-items.ts";
import { changeForms } from "./change-forms.tsx";
import { compareWithRegister } from "./compare.ts";
import { entryForm, items } from "./entry.tsx";

/** First ages of the groups in which it counts. */
const ages = [0, 1, 2, 3, 6, 12, 15, 18];
const papers = {
  letters: childMedical.letters,
  terms: repaymentLetters,
  mailing: (work: Work, payer: string) => mailingOfPayer(work, childMedical, payer),
  claims: true,
} as const;

const screens: ProgramScreens = withPayments(papers, {
  id: childMedical.program,
  title: childMedical.title,
  handbook: "03-child-medical",
  papers: childMedical.letters.papers,
  recordItems: childMedicalRecordItems,
  parameterTrials: [periodTrial, copayTrial("child-medical", schemeOfCity.copayPlan, schemeArea)],
  scheduled: [
    {
      name: "child-medical.register-losses",
      title: "住民記録の異動による資格の確認",
      cron: "5 * * * *",
      run: openLosses,
    },
    {
      name: "child-medical.expiry",
      title: "有効期間の満了",
      cron: "25 0 * * *",
      run: (platform, system) => expireEntitlements(platform, system, childMedical),
    },
  ],
  ...caseScreens({
    shortTitle: "こども医療",
    application: childMedical,
    change: childMedicalChanges,
    entry: entryForm,
    changeForms,
    items,
    compare: compareWithRegister,
    others: [claimCases(childMedicalClaims)],
    orders: [postcardOrder(childMedicalClaims)],
    outcome: () => [["支払", "この決裁では支払は生じません"]],
    statistics: {
      ages,
      sheets: [benefitSheet(childMedical.program, ages), paymentSheet(childMedical.program)],
    },
    inquiries: {
      "earlier-subsidy": "前住所地での受給状況",
      insurance: "健康保険の加入状況",
    },
  }),
});

/** こども医療費助成 with its screens. */
export const childMedicalScreens: ProgramScreens = withPmh(
  withHighCost(childMedical.letters, withClaims(childMedicalClaims, withBenefits(screens))),
);
