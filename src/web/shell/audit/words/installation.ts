/** Of the log itself, the city and the installation. */
export const installationWords: Readonly<Record<string, string>> = {
  // 監査
  "audit.read": "アクセス記録を見た",
  "audit.exported": "アクセス記録を出力した",
  "audit.verified": "アクセス記録の検証を始めた",
  "audit.verification-opened": "アクセス記録の検証の画面を開いた",
  "audit.verification-followed": "アクセス記録の検証の進み具合を見た",
  "audit.verification-finished": "アクセス記録の検証を終えた",
  "access.refused": "操作を断られた",
  "audit.changed-before-seal": "封印の前に変わった記録を見つけた",
  "work.undone": "処理を取り消した",

  // 市の設定
  "city.registered": "市の設定を登録した",
  "city.towns-loaded": "町の一覧を登録した",
  "keys.renewal-begun": "鍵の更新を始めた",
  "keys.renewed": "鍵を更新し、前の期の鍵を破棄した",
  "backup.made": "バックアップを取った",
  "backup.drilled": "バックアップを戻す訓練をした",
};
