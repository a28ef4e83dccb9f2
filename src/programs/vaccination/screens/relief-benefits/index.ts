import { addReliefPanel } from "../relief/index.ts";
import { benefitsPanel } from "./panel.tsx";
import { pensionList } from "./pension-list.tsx";
import { pensionScreen } from "./pension-page.tsx";
import { pensionPaperScreens } from "./pension-papers.ts";
import { pensionReportScreens } from "./pension-reports.tsx";
import { pensionRunListScreens } from "./pension-run-list.tsx";
import { pensionRunScreens } from "./pension-run-page.tsx";
import { pensionStepScreens } from "./pension-steps.ts";
import { pensionPaths } from "./words.ts";

addReliefPanel(benefitsPanel);

/** 健康被害救済の給付 on screens: amounts on the page of a claim, pensions, their runs and 現況届. */
export const reliefBenefitRoutes = [
  ...pensionRunListScreens,
  ...pensionRunScreens,
  pensionList,
  ...pensionReportScreens,
  pensionScreen,
  ...pensionStepScreens,
  ...pensionPaperScreens,
].map((route) => ({
  handbook: "25-relief-benefits",
  ...route,
}));

export const reliefBenefitMenu = [
  { title: "健康被害救済 年金", path: pensionPaths.list, right: "case.read" },
] as const;

/** What its kinds of audit records say. */
export const reliefBenefitAuditWords = {
  "relief-benefits.entry-opened": "健康被害救済の給付の入力を開いた",
  "relief-benefits.entered": "健康被害救済の給付を入力した",
  "relief.granted": "健康被害救済の給付の支給を決定した",
  "relief-pensions.listed": "健康被害救済の年金の一覧を見た",
  "relief-pension.opened": "健康被害救済の年金を開いた",
  "relief-pension.ask-change": "年金の額改定を起案した",
  "relief-pension.approve-change": "年金の額改定を決裁した",
  "relief-pension.refuse-change": "年金の額改定を差し戻した",
  "relief-pension.ask-stop": "年金の差止めを起案した",
  "relief-pension.approve-stop": "年金の差止めを決裁した",
  "relief-pension.refuse-stop": "年金の差止めを差し戻した",
  "relief-pension.ask-resumption": "年金の差止めの解除を起案した",
  "relief-pension.approve-resumption": "年金の差止めの解除を決裁した",
  "relief-pension.refuse-resumption": "年金の差止めの解除を差し戻した",
  "relief-pension.ask-end": "年金の失権を起案した",
  "relief-pension.approve-end": "年金の失権を決裁した",
  "relief-pension.refuse-end": "年金の失権を差し戻した",
  "relief-pension.ask-arrears": "未支給の年金の請求を受け付けた",
  "relief-pension.approve-arrears": "未支給の年金の支給を決裁した",
  "relief-pension.refuse-arrears": "未支給の年金の請求を差し戻した",
  "relief-pension.ask-change-asked": "年金の額改定を起案する操作をした",
  "relief-pension.approve-change-asked": "年金の額改定を決裁する操作をした",
  "relief-pension.refuse-change-asked": "年金の額改定を差し戻す操作をした",
  "relief-pension.ask-stop-asked": "年金の差止めを起案する操作をした",
  "relief-pension.approve-stop-asked": "年金の差止めを決裁する操作をした",
  "relief-pension.refuse-stop-asked": "年金の差止めを差し戻す操作をした",
  "relief-pension.ask-resumption-asked": "年金の差止めの解除を起案する操作をした",
  "relief-pension.approve-resumption-asked": "年金の差止めの解除を決裁する操作をした",
  "relief-pension.refuse-resumption-asked": "年金の差止めの解除を差し戻す操作をした",
  "relief-pension.ask-end-asked": "年金の失権を起案する操作をした",
  "relief-pension.approve-end-asked": "年金の失権を決裁する操作をした",
  "relief-pension.refuse-end-asked": "年金の失権を差し戻す操作をした",
  "relief-pension.ask-arrears-asked": "未支給の年金の請求を受け付ける操作をした",
  "relief-pension.approve-arrears-asked": "未支給の年金の支給を決裁する操作をした",
  "relief-pension.refuse-arrears-asked": "未支給の年金の請求を差し戻す操作をした",
  "relief-reports.listed": "年金の現況届の一覧を見た",
  "relief-reports.sent": "年金の現況届を求める・催告する操作をした",
  "relief-reports.print-asked": "年金の現況届をまとめて発行する操作をした",
  "relief-reports.printed": "今日発行した年金の現況届をまとめて開いた",
  "relief-report.answer-sent": "年金の現況届を受け付ける操作をした",
  "relief-report.asked": "年金の現況届の提出を求めた",
  "relief-report.warned": "年金の現況届を催告した",
  "relief-report.answered": "年金の現況届を受け付けた",
  "relief-paper.asked": "年金の文書を発行する操作をした",
  "relief-paper.issued": "年金の文書を発行した",
  "relief-paper.read": "年金の文書を開いた",
  "relief-runs.listed": "年金の定期支払の一覧を見た",
  "relief-run.opened": "年金の定期支払を開いた",
  "relief-run.prepare-asked": "年金の定期支払を準備する操作をした",
  "relief-run.prepared": "年金の定期支払を準備した",
  "relief-run.approve-asked": "年金の定期支払を承認する操作をした",
  "relief-run.approved": "年金の定期支払を承認した",
  "relief-run.cancel-asked": "年金の定期支払を取り消す操作をした",
  "relief-run.cancelled": "年金の定期支払を取り消した",
  "relief-run.repayment-asked": "年金の過払いの返還を起案する操作をした",
};
