import { letterEntryScreens } from "./letter-entry.tsx";
import { letterStepScreens } from "./letter-steps.tsx";
import { refundEntryScreens } from "./refund-entry.tsx";

export { letterCases } from "./letter-view.tsx";
export { requestPanels } from "./person-panel.tsx";
export { refundCases } from "./refund-view.tsx";

/** Their own pages. */
export const requestScreens = [
  ...letterEntryScreens,
  ...letterStepScreens,
  ...refundEntryScreens,
].map((route) => ({ handbook: "22-request-letters", ...route }));

/** What their audit records say. */
export const requestWords = {
  "request-letter.entry-opened": "予防接種実施依頼書の申請の入力を開いた",
  "request-letter.entered": "予防接種実施依頼書の申請を入力した",
  "request-letter.step-opened": "予防接種実施依頼書の手続の画面を開いた",
  "request-letter.step-sent": "予防接種実施依頼書の手続を行った",
  "request-letter.issued": "予防接種実施依頼書を交付した",
  "request-letter.result": "依頼書による接種の結果を記録した",
  "request-refund.entry-opened": "予防接種費用の払戻しの入力を開いた",
  "request-refund.entered": "予防接種費用の払戻しの請求を入力した",
  "request-refund.granted": "予防接種費用の払戻しを決定した",
  "request-refund.cancelled": "予防接種費用の払戻しの決定を取り消した",
};
