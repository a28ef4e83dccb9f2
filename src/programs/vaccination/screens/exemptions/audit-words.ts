import { exemptionV2 } from "#workflows/vaccination/exemptions/machine-v2.ts";
import { auditName } from "../mistakes/parts.tsx";

/** Kinds of audit records of 自己負担減免, each as the end of a sentence. */
export const exemptionAuditWords: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(exemptionV2.events).flatMap(([type, { title }]) => [
      [`exemption.${auditName(type)}-asked`, `減免の申請の「${title}」の操作をした`],
      [`exemption.${type}`, `減免の申請の「${title}」を行った`],
    ]),
  ),
  "exemptions.listed": "減免の申請の一覧を見た",
  "exemption.new-opened": "減免の申請の受付の画面を開いた",
  "exemption.enter-asked": "減免の申請を受け付ける操作をした",
  "exemption.entered": "減免の申請を受け付けた",
  "exemption.corrected": "減免の申請の内容を直した",
  "exemption.opened": "減免の申請の画面を開いた",
  "exemption.printed-again": "減免の確認証を再印刷した",
  "exemption.expired": "転出・死亡のため減免の確認証を失効させた",
  "exemption.held": "請求に答えるため減免の申請と確認証を見た",
  "exemption.certificate-ended": "減免の確認証を失効させた",
  "exemption-certificates.listed": "減免の確認証の一覧を見た",
  "exemption-certificates.searched": "減免の確認証を番号で探した",
  "exemption-certificate.opened": "減免の確認証の画面を開いた",
  "exemption-certificate.printed": "減免の確認証を開いた",
  "exemption-certificate.print-asked": "減免の確認証を再印刷する操作をした",
  "exemption-certificate.end-asked": "減免の確認証を失効させる操作をした",
  "exemption-notice.printed": "減免の却下・取消しの通知書を開いた",
  "exemption-lists.listed": "減免の名簿の一覧を見た",
  "exemption-list.take-asked": "減免の名簿を取り込む操作をした",
  "exemption-list.taken": "減免の名簿を取り込んだ",
  "exemption-list.withdraw-asked": "減免の名簿を取り消す操作をした",
  "exemption-list.withdrawn": "減免の名簿を取り消した",
  "exemption-mailing.started": "減免の確認証の一括発送を始めた",
  "sealed.exemption-words": "減免の申請の代理人・備考を保存した",
  "sealed.exemption-paper": "減免の確認証か通知書を保存した",
};
