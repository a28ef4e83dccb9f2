/** What a person may do. One list: the same rows stand in `access.duty_right`, and a test holds both against each other. */
export const rightTitles = {
  "work.read": "自分の業務一覧を見る",
  "person.search": "住民を検索する",
  "person.read": "住民の情報を見る",
  "person.read-protected": "支援措置対象者の住所を見る",
  "person.read-individual-number": "個人番号を見る",
  "case.read": "申請を見る",
  "case.enter": "申請を入力する",
  "case.examine": "申請を審査する",
  "case.propose": "起案する",
  "case.approve": "決裁する",
  "case.revoke": "職権で取り消す",
  "certificate.issue": "受給者証を交付する",
  "certificate.verify": "受給者証を確認する",
  "document.print": "帳票を印刷する",
  "mailing.read": "一括発送を見る",
  "mailing.prepare": "一括発送を準備する",
  "mailing.approve": "一括発送を承認する",
  "mailing.download": "発送データを取り出す",
  "contractor.manage": "委託先を登録する",
  "feed.import": "連携ファイルを取り込む",
  "feed.commit": "連携ファイルの反映を承認する",
  "rules.try": "制度の計算を試す",
  "audit.read": "アクセス記録を見る",
  "staff.manage": "職員と端末を登録する",
  "grant.request": "権限を申請する",
  "grant.approve": "権限を承認する",
  "system.run": "定時処理を行う",
} as const;

export type Right = keyof typeof rightTitles;

/** Duties (職務) are few on purpose; a right is held through a duty, for a 事務 and an office, until a date. */
export const duties = {
  clerk: {
    title: "窓口担当",
    rights: [
      "work.read",
      "person.search",
      "person.read",
      "case.read",
      "case.enter",
      "case.examine",
      "case.propose",
      "certificate.issue",
      "certificate.verify",
      "document.print",
    ],
  },
  supervisor: {
    title: "決裁者",
    rights: [
      "work.read",
      "person.search",
      "person.read",
      "person.read-protected",
      "case.read",
      "case.enter",
      "case.examine",
      "case.propose",
      "case.approve",
      "case.revoke",
      "certificate.issue",
      "certificate.verify",
      "document.print",
      "mailing.read",
      "mailing.approve",
      "feed.commit",
    ],
  },
  "batch-operator": {
    title: "一括処理担当",
    rights: [
      "work.read",
      "person.read",
      "mailing.read",
      "mailing.prepare",
      "mailing.download",
      "document.print",
      "feed.import",
    ],
  },
  "scheme-officer": {
    title: "制度担当者",
    rights: ["work.read", "rules.try", "contractor.manage"],
  },
  "number-officer": {
    title: "個人番号利用担当",
    rights: ["work.read", "person.read-individual-number"],
  },
  auditor: { title: "監査担当", rights: ["work.read", "audit.read"] },
  administrator: {
    title: "システム管理者",
    rights: ["work.read", "staff.manage", "grant.request", "contractor.manage"],
  },
  "access-approver": { title: "権限承認者", rights: ["work.read", "grant.approve"] },
  system: {
    title: "定時処理",
    rights: [
      "system.run",
      "person.read",
      "person.read-protected",
      "case.read",
      "mailing.read",
      "mailing.prepare",
      "feed.import",
      "feed.commit",
    ],
  },
} as const satisfies Record<string, { title: string; rights: readonly Right[] }>;

export type Duty = keyof typeof duties;
