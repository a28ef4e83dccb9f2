/** Of payments: accounts, what is owed, runs, repayments. */
export const paymentsWords: Readonly<Record<string, string>> = {
  "payment-setting.proposed": "支払の設定を起案した",
  "payment-setting.approved": "支払の設定を承認した",
  "payment-setting.refused": "支払の設定を却下した",
  "payment-account.entered": "振込先口座を登録した",
  "payment-account.confirmed": "振込先口座を確認した",
  "payment-account.refused": "振込先口座を使わないことにした",
  "payment-account.closed": "振込先口座の使用をやめた",
  "payment.owed": "支払うものを決定した",
  "payment.withdrawn": "支払を取り消した",
  "payment.prepare-cash": "窓口払いの本人を確認した",
  "payment.undo-cash": "窓口払いをやめた",
  "payment.pay-cash": "窓口で現金を渡した",
  "sealed.payment-account": "振込先口座を保存した",
  "sealed.payment-comment": "支払のコメントを保存した",
  "sealed.transfer-file": "振込データを保存した",
  "sealed.repayment-notice": "返還の通知を保存した",
};
