/** What a person may do. One list: the same rows stand in `access.duty_right`, and a test holds both against each other. */
export const rightTitles = {
  "work.read": "自分の業務一覧を見る",
  "person.search": "住民を検索する",
  "person.read": "住民の情報を見る",
  "person.read-protected": "支援措置対象者の住所を見る",
  "person.read-individual-number": "個人番号を見る",
  "person.read-tax": "税情報を見る",
  "person.read-welfare": "福祉情報を見る",
  "case.read": "申請を見る",
  "case.enter": "申請を入力する",
  "case.examine": "申請を審査する",
  "case.propose": "起案する",
  "case.approve": "決裁する",
  "case.revoke": "職権で取り消す",
  "case.assign": "担当を割り振る",
  "statistics.read": "統計を見る",
  "copy.request": "一覧の写しを申請する",
  "copy.approve": "一覧の写しを承認する",
  "certificate.issue": "受給者証を交付する",
  "certificate.verify": "受給者証を確認する",
  "document.print": "帳票を印刷する",
  "unprintable.settle": "外字一覧を処理する",
  "mailing.read": "一括発送を見る",
  "mailing.prepare": "一括発送を準備する",
  "mailing.approve": "一括発送を承認する",
  "mailing.download": "発送データを取り出す",
  "mailing.returned": "返戻郵便を入力する",
  "contractor.manage": "委託先を登録する",
  "feed.read": "連携取込の状況を見る",
  "feed.import": "連携ファイルを取り込む",
  "feed.commit": "連携ファイルの反映を承認する",
  "rules.try": "制度の計算を試す",
  "form-setting.prepare": "帳票の設定を起案する",
  "form-setting.approve": "帳票の設定を承認する",
  "phrase.keep": "定型文を登録する",
  "audit.read": "アクセス記録を見る",
  "finding.settle": "アクセスの点検を処理する",
  "incident.handle": "漏えい等の事案を処理する",
  "re-entrustment.approve": "再委託を許諾する",
  "staff.manage": "職員と端末を登録する",
  "grant.request": "権限を申請する",
  "grant.approve": "権限を承認する",
  "credential.approve": "サインインの再設定を承認する",
  "system.run": "定時処理を行う",
} as const;

export type Right = keyof typeof rightTitles;

/**
 * What is held also in the week after others set somebody's password and code anew: whoever set them may be the one who
 * signs in with them, so nothing is looked at, changed or approved.
 */
export const heldAfterReset: ReadonlySet<string> = new Set<Right>(["work.read", "rules.try"]);

/**
 * Duties (職務) are few on purpose; a right is held through a duty, for a 事務 and an office, until a date. What somebody may
 * do only to stand in for others (`standsIn`) is listed apart from their own work.
 */
export const duties = {
  clerk: {
    title: "窓口担当",
    rights: [
      "work.read",
      "person.search",
      "person.read",
      "person.read-tax",
      "person.read-welfare",
      "case.read",
      "case.enter",
      "case.examine",
      "case.propose",
      "certificate.issue",
      "certificate.verify",
      "document.print",
      "unprintable.settle",
      "statistics.read",
      "copy.request",
      "mailing.returned",
    ],
  },
  supervisor: {
    title: "決裁者",
    standsIn: ["case.enter", "case.examine", "case.propose", "certificate.issue"],
    rights: [
      "work.read",
      "person.search",
      "person.read",
      "person.read-protected",
      "person.read-tax",
      "person.read-welfare",
      "case.read",
      "case.enter",
      "case.examine",
      "case.propose",
      "case.approve",
      "case.revoke",
      "case.assign",
      "certificate.issue",
      "certificate.verify",
      "document.print",
      "unprintable.settle",
      "statistics.read",
      "copy.request",
      "copy.approve",
      "mailing.read",
      "mailing.approve",
      "mailing.returned",
      "feed.read",
      "feed.commit",
      "form-setting.approve",
      "phrase.keep",
    ],
  },
  "batch-operator": {
    title: "一括処理担当",
    rights: [
      "work.read",
      "person.read",
      "statistics.read",
      "copy.request",
      "mailing.read",
      "mailing.prepare",
      "mailing.download",
      "mailing.returned",
      "document.print",
      "unprintable.settle",
      "feed.read",
      "feed.import",
    ],
  },
  "scheme-officer": {
    title: "制度担当者",
    rights: [
      "work.read",
      "statistics.read",
      "copy.request",
      "rules.try",
      "contractor.manage",
      "form-setting.prepare",
      "phrase.keep",
    ],
  },
  "number-officer": {
    title: "個人番号利用担当",
    rights: ["work.read", "person.read-individual-number"],
  },
  auditor: { title: "監査担当", rights: ["work.read", "audit.read", "finding.settle"] },
  "privacy-officer": {
    title: "個人情報保護担当",
    rights: ["work.read", "finding.settle", "incident.handle", "re-entrustment.approve"],
  },
  administrator: {
    title: "システム管理者",
    rights: [
      "work.read",
      "staff.manage",
      "grant.request",
      "credential.approve",
      "contractor.manage",
    ],
  },
  "access-approver": {
    title: "権限承認者",
    rights: ["work.read", "grant.approve", "credential.approve"],
  },
  system: {
    title: "定時処理",
    rights: [
      "system.run",
      "person.read",
      "person.read-protected",
      "person.read-tax",
      "person.read-welfare",
      "case.read",
      "mailing.read",
      "mailing.prepare",
      "feed.read",
      "feed.import",
      "feed.commit",
    ],
  },
} as const satisfies Record<
  string,
  { title: string; rights: readonly Right[]; standsIn?: readonly Right[] }
>;

export type Duty = keyof typeof duties;
