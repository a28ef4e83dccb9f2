import { copyRunV1 } from "#workflows/vaccination/exchange/copy-run.ts";
import { handOnV1 } from "#workflows/vaccination/exchange/hand-on.ts";
import { inquiryV1 } from "#workflows/vaccination/exchange/inquiry.ts";
import { auditName } from "./exchange-paths.ts";

const ofSteps = (kind: string, what: string, events: Readonly<Record<string, { title: string }>>) =>
  Object.fromEntries(
    Object.entries(events).flatMap(([type, { title }]) => [
      [`${kind}.${auditName(type)}-asked`, `${what}の「${title}」の操作をした`],
      [`${kind}.${type}`, `${what}の「${title}」を行った`],
    ]),
  );

/** Kinds of audit records of 情報連携, each as the end of a sentence. */
export const exchangeAuditWords: Readonly<Record<string, string>> = {
  ...ofSteps("copy-run", "副本登録の回", copyRunV1.events),
  ...ofSteps("inquiry", "接種歴等の照会", inquiryV1.events),
  ...ofSteps("hand-on", "他市町村からの照会", handOnV1.events),
  "inquiries.answers-sent": "接種歴等の照会の回答ファイルを取り込む操作をした",
  "copy-runs.listed": "副本登録の一覧を見た",
  "copy-run.begin-asked": "副本登録の回を始める操作をした",
  "copy-run.begun": "副本登録の回を始めた",
  "copy-run.opened": "副本登録の回を開いた",
  "copy-run.gathered": "副本にする接種記録を集めた",
  "copy-run.rows-taken": "副本ファイルの行として取り出した",
  "copy-run.file-out": "副本のファイルを取り出した",
  "copy-run.file-taken": "副本ファイルを取り出す操作をした",
  "copy-run.answers-sent": "副本の回答を取り込む操作をした",
  "copy-run.answers": "副本の回答を取り込んだ",
  "copy-rows.refused-listed": "副本の拒否された行の一覧を見た",
  "copy-row.settle-asked": "副本の拒否された行を処理する操作をした",
  "copy-row.again": "副本の拒否された行を送り直すこととした",
  "copy-row.left": "副本の拒否された行を送らないこととした",
  "inquiries.listed": "接種歴等の照会の一覧を見た",
  "inquiries.in-movers-listed": "照会していない転入者の一覧を開いた",
  "inquiries.period-asked": "照会していない転入者の期間を入力した",
  "inquiries.in-movers": "照会していない転入者を調べた",
  "inquiries.open-asked": "転入者の照会を始める操作をした",
  "inquiries.letters-asked": "照会書をまとめて作る操作をした",
  "inquiry.open-asked": "照会を始める操作をした",
  "inquiry.opened": "照会を始めた",
  "inquiry.looked-at": "照会の画面を開いた",
  "hand-ons.listed": "他市町村からの照会の一覧を見た",
  "hand-on.new-opened": "他市町村からの照会の受付の画面を開いた",
  "hand-on.open-asked": "他市町村からの照会を受け付ける操作をした",
  "hand-on.open": "他市町村からの照会を受け付けた",
  "hand-on.looked-at": "他市町村からの照会の画面を開いた",
  "exchange-paper.opened": "照会書か回答書を開いた",
  "exchange.held": "請求に答えるため照会と副本の記録を見た",
  "sealed.exchange-words": "照会の回答を保存した",
  "sealed.exchange-paper": "照会書か回答書を保存した",
};
