/** 健康被害救済 on screens: its cases stand in the common ones; committee, copies for the prefecture and the counter have pages of their own. */
import { panelScreens } from "#src/web/review-panels/index.ts";
import { blackoutScreens } from "./blackout-page.tsx";
import { reliefCommitteeSet } from "./committee-set.ts";
import { forwardingCopyScreens } from "./forwarding-copy.tsx";
import { openScreens } from "./open.tsx";
import { reliefPaths } from "./paths.ts";

export { reliefEntryWords } from "./entry-words.ts";
export { heldOfRelief } from "./held.ts";
export { reliefPanels } from "./open.tsx";
export { addReliefPanel, type ReliefPanel } from "./panels.ts";
export { reliefCases } from "./view.tsx";

export const reliefRoutes = [
  ...openScreens,
  ...forwardingCopyScreens,
  ...blackoutScreens,
  ...panelScreens(reliefCommitteeSet),
].map((route) => ({ handbook: "24-relief", ...route }));

export const reliefMenu = [
  {
    title: "健康被害救済 調査委員会",
    path: reliefPaths.committee,
    right: "case.examine",
  },
] as const;

/** What its kinds of audit records say. */
export const reliefAuditWords = {
  "relief.opened": "健康被害救済の相談を受け付ける操作をした",
  "relief.entry-opened": "健康被害救済の請求の入力を開いた",
  "relief.entered": "健康被害救済の請求を入力した",
  "relief.claim-form-printed": "健康被害救済の請求書を印刷した",
  "relief.forward-opened": "進達の記録を開いた",
  "relief.forwarded": "進達を記録した",
  "relief.answer-opened": "国の通知の記録を開いた",
  "relief.answered": "国の通知を記録した",
  "relief.appeal-opened": "審査請求の記録を開いた",
  "relief.appeal-recorded": "審査請求を記録した",
  "relief.package-opened": "進達する写しの画面を開いた",
  "relief.package-asked": "進達する写しを作成する操作をした",
  "relief.package-read": "進達する写しを開いた",
  "relief.page-opened": "進達する書類のページを開いた",
  "relief.page-looked-at": "進達する書類のページを見た",
  "relief.page-marked": "進達する書類を黒塗り・確認した",
  "relief.package-made": "進達する写しを作成した",
  // Since the committee is a panel (review-panels), its records begin with `panel.`; these are the earlier ones.
  "relief.committee-opened": "調査委員会の画面を開いた",
  "relief.session-asked": "調査委員会の会議を予定する操作をした",
  "relief.session-opened": "調査委員会の会議を開いた",
  "relief.session-changed": "調査委員会の会議の操作をした",
  "relief.report-sent": "調査委員会の報告を入力する操作をした",
  "relief.committee-papers-printed": "調査委員会資料を印刷した",
  "relief.member-appointed": "調査委員会の委員を登録した",
  "relief.member-released": "調査委員会の委員の任期を終えた",
  "relief.session-planned": "調査委員会の会議を予定した",
  "relief.session-cancelled": "調査委員会の会議を中止にした",
  "relief.agenda-added": "調査委員会の議題に加えた",
  "relief.member-invited": "調査委員会の委員を招集した",
  "relief.session-held": "調査委員会の開催を記録した",
  "relief.reported": "調査委員会の報告を記録した",
  "relief.held": "請求に答えるため健康被害救済の請求を見た",
};
