/**
 * What enforces a promise: an object of the live database, looked up when the report is made, or a module of the
 * program. A trigger, policy or constraint is named with its table.
 */
export type Enforcement =
  | `function ${string}.${string}`
  | `policy ${string}.${string} ${string}`
  | `trigger ${string}.${string} ${string}`
  | `constraint ${string}.${string} ${string}`
  | `module ${string}`;

/** 区分 of the safeguards of an assessment. */
export const groupTitles = {
  ACQ: "入手",
  USE: "使用",
  OUT: "委託",
  PRV: "提供・移転",
  KEP: "保管・消去",
  AUD: "監査・開示等",
  EVD: "証拠",
} as const;

/** A safeguard that the published assessments promise, with what enforces it and the tests that try to get round it. */
export interface Promised {
  /** `ACQ-1`. */
  id: `${keyof typeof groupTitles}-${number}` | "EVD";
  text: string;
  enforcement: readonly Enforcement[];
  /** Files below `test/`. None: nothing proves it yet, and the report says so. */
  tests: readonly string[];
  /** What is still missing, in the words of the report. */
  missing?: string;
}

/** Every promise, in the order of the assessment. */
export const promises: readonly Promised[] = [
  {
    id: "ACQ-1",
    text: "受付のときの本人確認（個人番号カード、通知カードと顔写真つき書類1点、顔写真のない書類2点、代理人は代理権も）を記録する。記録がなければ審査に進めない。",
    enforcement: [
      "function cases.step_is_whole",
      "function intake.stamp_identity_check",
      "module workflows/cases/checks.ts",
    ],
    tests: [
      "security/role-with-session/case-intake.test.ts",
      "workflow/child-medical-machine.test.ts",
    ],
  },
  {
    id: "ACQ-2",
    text: "個人情報を入力・訂正・削除した人は、それを確認する人にならない。",
    enforcement: [
      "function cases.move",
      "function approvals.stamp_entry",
      "function entitlements.is_proposed",
    ],
    tests: [
      "workflow/two-people.test.ts",
      "workflow/child-medical-door.test.ts",
      "workflow/single-parent-door.test.ts",
      "security/role-with-session/case-decisions.test.ts",
    ],
  },
  {
    id: "ACQ-3",
    text: "様式と連携ファイルは、定めた項目だけを受け取る。余分な項目は断り、保存しない。",
    enforcement: [
      "function feeds.keep_rows",
      "function vault.erase_feed_lines",
      "function feeds.takes_lines",
    ],
    tests: [
      "security/role-with-session/feed-lines.test.ts",
      "security/role-with-session/imports.test.ts",
      "http/entry-keeps-all.test.ts",
    ],
  },
  {
    id: "ACQ-4",
    text: "検査数字のある番号は入力するときに確かめ、打ち間違いで別の人を表示しない。",
    enforcement: [
      "module workflows/numbers/kinds.ts",
      "constraint people.needed needed_person_number",
    ],
    tests: ["http/people.test.ts", "unit/numbers/numbers.test.ts"],
  },
  {
    id: "ACQ-5",
    text: "連携では、事務に必要な人の情報だけを受け取る。",
    enforcement: ["function people.require_need", "policy people.needed seen"],
    tests: ["db/feeds/needed.test.ts", "security/role-with-session/feed-records.test.ts"],
  },
  {
    id: "USE-1",
    text: "サインインには二つの要素（パスワードとワンタイムコード等）が要る。IDを共用しない。",
    enforcement: [
      "function access.sign_in",
      "function access.sign_in_by_key",
      "function access.needs_code",
      "function access.proven",
    ],
    tests: [
      "http/sign-in.test.ts",
      "browser/security-key.test.ts",
      "security/sign-in.test.ts",
      "security/role-without-session.test.ts",
    ],
  },
  {
    id: "USE-2",
    text: "一つのIDで同時に使えるのは一か所だけ。別の端末でサインインすると前の利用は終わり、記録される。",
    enforcement: ["function access.open_session"],
    tests: [
      "http/sign-in.test.ts",
      "http/several-processes.test.ts",
      "security/role-with-session/sessions.test.ts",
    ],
  },
  {
    id: "USE-3",
    text: "パスワードは180日以内に変え、強さと履歴を確かめ、失敗が続けば止める。離席すると画面を閉じる。",
    enforcement: [
      "function access.change_password",
      "function access.check_password",
      "function access.is_open",
      "function access.is_held_back",
    ],
    tests: [
      "http/sign-in.test.ts",
      "security/sign-in.test.ts",
      "security/role-with-session/resets.test.ts",
      "db/access.test.ts",
      "browser/session.test.ts",
    ],
  },
  {
    id: "USE-4",
    text: "権限は申請し、別の人が承認し、事務ごと・区ごとに与える。年度の終わりに自動で終わり、異動で直ちに終わる。",
    enforcement: [
      "trigger access.duty_grant guard_grant",
      "trigger access.staff rights_end_with_office",
      "policy access.duty_grant decided",
    ],
    tests: ["security/role-with-session/grants.test.ts", "db/access.test.ts"],
  },
  {
    id: "USE-5",
    text: "メニューも画面の番地も、権限のあるものだけが働く。個人番号には別の権限が要る。",
    enforcement: ["function access.has_right", "function vault.require_purpose"],
    tests: ["http/routes.test.ts", "security/http-attacks.test.ts", "http/people.test.ts"],
  },
  {
    id: "USE-6",
    text: "個人情報を見たこと・変えたことをすべて記録する（時刻、職員、所属、端末、目的、宛名番号、項目）。記録は気づかれずに書き換えられない。",
    enforcement: [
      "function vault.look",
      "function audit.write",
      "trigger audit.record record_is_final",
      "trigger audit.seal seal_is_final",
      "module src/platform/audit/verify.ts",
      "function vault.keep_reason",
      "function vault.reasons",
    ],
    tests: [
      "db/audit.test.ts",
      "security/audit-reasons.test.ts",
      "security/audit-tampering.test.ts",
      "security/audit-looks.test.ts",
      "security/audit-writers.test.ts",
      "security/audit-refusals.test.ts",
      "security/role-with-session/audit.test.ts",
      "db/vault.test.ts",
    ],
  },
  {
    id: "USE-7",
    text: "記録を毎晩分析する（大量の閲覧、夜間の閲覧、自分の世帯や同じ姓の閲覧、申請のない閲覧）。",
    enforcement: ["function oversight.analyse", "function oversight.move_finding"],
    tests: [
      "db/oversight/findings.test.ts",
      "http/oversight.test.ts",
      "security/role-with-session/findings.test.ts",
      "browser/oversight.test.ts",
    ],
  },
  {
    id: "USE-8",
    text: "登録した端末だけが使える。",
    enforcement: ["function access.terminal_registered", "function access.sign_in"],
    tests: ["http/sign-in.test.ts"],
  },
  {
    id: "USE-9",
    text: "写し（書き出し、一覧の印刷、バックアップ）は承認を受け、台帳に載る。端末には何も残らない。",
    enforcement: [
      "function documents.request_copy",
      "function documents.decide_copy",
      "function documents.take_copy",
      "function documents.enter_erased_copy",
      "constraint documents.list_copy list_copy_two_people",
      "policy documents.list_copy seen",
      "function keeping.note_backup",
    ],
    tests: [
      "http/list-copies.test.ts",
      "http/register-of-copies.test.ts",
      "security/role-with-session/lists.test.ts",
    ],
  },
  {
    id: "USE-10",
    text: "一つの事務から別の事務の情報は読めず、区の職員は仕事に要るものだけを見る。",
    enforcement: [
      "policy cases.case seen",
      "policy vaccination.shot seen",
      "function vault.get_sealed",
      "function vault.require_of_named_case",
      "function audit.looks_at",
    ],
    tests: [
      "security/role-with-session/functions.test.ts",
      "security/role-with-session/named-case.test.ts",
      "security/http-attacks.test.ts",
    ],
  },
  {
    id: "USE-11",
    text: "支援措置を受けている人の住所は隠し、印刷と発送は確認するまで止まる。自動で答えない。",
    enforcement: [
      "function vault.hides_address",
      "function mailings.release",
      "function printing.withheld_entries",
    ],
    tests: ["security/role-with-session/addresses.test.ts", "db/mailings.test.ts"],
  },
  {
    id: "OUT-1",
    text: "委託先に渡すものに個人番号はなく、要る項目だけを、その委託先だけが開けるように暗号化し、授受簿に載せる。",
    enforcement: ["policy mailings.hand_over handed", "module src/platform/mailings/index.ts"],
    tests: ["security/package-numbers.test.ts", "db/mailings.test.ts"],
  },
  {
    id: "OUT-2",
    text: "委託先の職員は自分のIDと限られた権限、終わりの日を持つ。再委託は承認とともに記録する。",
    enforcement: [
      "function access.register_staff",
      "trigger access.staff guard_contractor",
      "trigger access.duty_grant guard_contractor_duty",
      "function oversight.decide_re_entrustment",
    ],
    tests: ["security/role-with-session/contractors.test.ts", "http/re-entrustments.test.ts"],
  },
  {
    id: "PRV-1",
    text: "提供と移転は、定めた相手に、定めた根拠で、定めた項目だけを行い、断ったものも含めて7年残す。",
    enforcement: [
      "function provision.decide_rule",
      "function provision.ask",
      "constraint provision.rule rule_two_people",
      "constraint provision.request request_listed",
      "function provision.erase_old",
    ],
    tests: ["security/role-with-session/provision.test.ts", "http/provision.test.ts"],
  },
  {
    id: "PRV-2",
    text: "自動応答不可の人には自動で答えず、権限のある人が解くまで止める。",
    enforcement: [
      "function provision.ask",
      "function provision.decide",
      "constraint provision.request request_two_people",
      "constraint provision.flag flag_two_people",
    ],
    tests: ["security/role-with-session/provision.test.ts", "http/provision.test.ts"],
  },
  {
    id: "KEP-1",
    text: "保存期間を過ぎた情報を毎年見つけ、承認を受けて消し、消した記録を残す。消したものはバックアップからも読めない。",
    enforcement: [
      "function keeping.search",
      "function keeping.move_erasure",
      "function keeping.erase_next",
      "function vault.erase_person",
    ],
    tests: ["security/keeping.test.ts", "http/erased-person.test.ts", "browser/keeping.test.ts"],
  },
  {
    id: "KEP-2",
    text: "履歴を残し、古くなった情報で決定しない。",
    enforcement: [
      "function cases.move",
      "constraint entitlements.entitlement entitlement_no_overlap",
    ],
    tests: ["db/case-properties.test.ts", "workflow/competing-steps.test.ts"],
  },
  {
    id: "KEP-3",
    text: "バックアップは暗号化し、戻す訓練をし、確定したものを失わない。",
    enforcement: [
      "module src/platform/backup/make.ts",
      "module src/platform/backup/restore.ts",
      "function keeping.note_backup",
      "function keeping.backup_age",
    ],
    tests: ["faults/backup.test.ts", "security/backup.test.ts", "http/backup-age.test.ts"],
  },
  {
    id: "KEP-4",
    text: "亡くなった人の情報も、生きている人と同じに守る。",
    enforcement: ["function vault.look", "function vault.hides_address"],
    tests: ["security/keeping.test.ts"],
  },
  {
    id: "AUD-1",
    text: "評価書と実際の仕組みを毎年突き合わせ、その報告をシステムが作る。",
    enforcement: ["module src/platform/evidence/index.ts"],
    tests: ["cli/evidence.test.ts"],
  },
  {
    id: "AUD-2",
    text: "開示・訂正・利用停止の請求と問合せを受け付け、期限を追い、答える。本人が見られるものを取り出せる。",
    enforcement: [
      "function oversight.open_subject_request",
      "function oversight.move_subject_request",
      "function oversight.held_of",
      "function vault.look_for_request",
      "function vault.entries_for_request",
      "module src/platform/oversight/held.ts",
    ],
    tests: ["http/subject-requests.test.ts", "security/role-with-session/subject-requests.test.ts"],
  },
  {
    id: "AUD-3",
    text: "漏えい等の事案は、報告の期限を持つ専用の手続きで扱う。",
    enforcement: [
      "function oversight.open_incident",
      "function oversight.move_incident",
      "function oversight.limit_on",
    ],
    tests: [
      "http/incidents.test.ts",
      "security/role-with-session/incidents.test.ts",
      "browser/incidents.test.ts",
    ],
  },
  {
    id: "EVD",
    text: "事務ごとに、記録項目（別添）と上のすべての約束の状態を、実際のデータベースから証拠とともに出力する。",
    enforcement: ["module src/platform/evidence/index.ts", "module src/cli/evidence.ts"],
    tests: ["cli/evidence.test.ts", "unit/platform/evidence.test.ts"],
  },
];
