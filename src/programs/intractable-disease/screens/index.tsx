import { expireEntitlements } from "#src/platform/applications/index.ts";
import { under } from "#src/platform/program.ts";
import { caseScreens } from "#src/web/cases/index.ts";
import { claimCases, postcardOrder } from "#src/web/claims/index.tsx";
import { paymentSheet } from "#src/web/payments/index.ts";
import { benefitSheet } from "#src/web/receipts/index.ts";
import { panelScreens } from "#src/web/review-panels/index.ts";
import type { ProgramScreens } from "#src/web/screens.ts";
import { transfers } from "#workflows/intractable-disease/transfers.ts";
import {
  intractable,
  intractableChanges,
  intractableClaims,
  openLosses,
  openProposals,
} from "../index.ts";
import { intractableRecordItems } from "../record-items.ts";
import { appliedFor } from "./applied-for.ts";
import { arrivalForm } from "./arrival-form.tsx";
import { changeForms } from "./change-forms.tsx";
import { compareWithRegister } from "./compare.ts";
import { doctorScreens, doctorsPath } from "./doctors.tsx";
import { entryForm, items } from "./entry.tsx";
import { heldOfPatient, heldOfReview } from "./held.ts";
import { withMoney } from "./money/index.ts";
import { refundDetailPanel } from "./money/refund-detail.tsx";
import { intractablePanelSet } from "./panel-set.ts";
import { IntractablePanels, outcome, own } from "./panels.tsx";
import { registrationPaths } from "./registration-paths.ts";
import { registrationAuditWords, registrationScreens } from "./registrations.tsx";
import { renewalOrders, withIntractableRenewals } from "./renewals/index.ts";
import { reviewForms } from "./review-forms.tsx";
import { holdersSheet, renewalSheet } from "./sheets.ts";

const ages = [0, 10, 20, 30, 40, 50, 60, 70, 80];

const common = caseScreens({
  shortTitle: "指定難病",
  application: intractable,
  change: intractableChanges,
  entry: entryForm,
  changeForms,
  items,
  compare: compareWithRegister,
  others: [claimCases(intractableClaims, refundDetailPanel)],
  orders: [...renewalOrders, postcardOrder(intractableClaims)],
  listColumn: appliedFor,
  statistics: {
    ages,
    sheets: [
      holdersSheet,
      renewalSheet,
      benefitSheet(intractable.program, ages),
      paymentSheet(intractable.program),
    ],
  },
  stepForms: [arrivalForm, ...reviewForms],
  routes: [
    ...doctorScreens,
    ...[...panelScreens(intractablePanelSet), ...registrationScreens].map((route) => ({
      handbook: "37-review-panels",
      ...route,
    })),
  ],
  own,
  outcome,
  panels: (_view, seen) => <IntractablePanels own={seen} />,
});

const screens: ProgramScreens = {
  id: intractable.program,
  title: intractable.title,
  handbook: "36-intractable",
  papers: intractable.letters.papers,
  recordItems: intractableRecordItems,
  scheduled: [
    {
      name: "intractable-disease.register-losses",
      title: "住民記録の異動による資格の確認",
      cron: "20 * * * *",
      run: openLosses,
    },
    {
      name: "intractable-disease.register-proposals",
      title: "住民記録の異動による届出の提案",
      cron: "25 * * * *",
      run: openProposals,
    },
    {
      name: "intractable-disease.entitlement-expiry",
      title: "有効期間の満了",
      cron: "40 0 * * *",
      run: (platform, system) => expireEntitlements(platform, system, intractable),
    },
  ],
  held: async (work, request) => [
    ...(await heldOfPatient(work, request)),
    ...(await heldOfReview(work, request)),
  ],
  auditWords: {
    "arrival.opened": "進達と本庁受領の画面を開いた",
    "arrival.step-requested": "進達と本庁受領を記録しようとした",
    "record-check.opened": "書類審査の画面を開いた",
    "record-check.step-requested": "書類審査の結果を記録しようとした",
    "referral.opened": "審査会に諮る画面を開いた",
    "referral.step-requested": "審査会に諮ろうとした",
    ...registrationAuditWords,
    "doctors.import-asked": "指定医の一覧を読み込んだ",
    "doctors.kept": "指定医の一覧を取り込んだ",
    "intractable.held": "請求に答えるため個人票と支給認定の内容を見た",
    "intractable.review-held": "請求に答えるため審査会の答申と登録者証を見た",
  },
  transfers,
  ...common,
  menu: [
    ...common.menu,
    ...under("審査", [
      { title: "指定難病審査会", path: intractablePanelSet.sessions, right: "case.examine" },
      { title: "登録者証", path: registrationPaths.list, right: "case.read" },
      { title: "指定医の一覧", path: doctorsPath, right: "case.read" },
    ]),
  ],
};

/** 指定難病医療給付 with its screens. */
export const intractableScreens: ProgramScreens = withMoney(withIntractableRenewals(screens));
