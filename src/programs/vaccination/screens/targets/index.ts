import type { AnyRoute } from "#src/web/route.ts";
import { targetListScreens } from "./list.tsx";
import { personListScreens } from "./lists.tsx";
import { targetMailingScreens } from "./mailing.tsx";
import { targetNewScreens } from "./new.tsx";
import { noticeScreens } from "./notice.tsx";
import { targetScreens } from "./page.tsx";
import { resultScreens } from "./results.tsx";
import { sessionScreens } from "./session.tsx";

export { targetCopies } from "./copies.tsx";
export { noticeReprintPages } from "./order-notice-reprints.tsx";
export { noticePanels } from "./person-panel.tsx";
export { targetItems } from "./work-items.ts";

/** 対象者抽出: its screens, in the order in which addresses are told apart. */
export const targetRoutes: readonly AnyRoute[] = [
  ...targetListScreens,
  ...targetNewScreens,
  ...targetMailingScreens,
  ...targetScreens,
  ...personListScreens,
  ...sessionScreens,
  ...resultScreens,
  ...noticeScreens,
];

/** What its records in the audit log say. */
export const targetAuditWords: Readonly<Record<string, string>> = {
  "targets.search-asked": "対象者の抽出を操作した",
  "targets.asked": "対象者を条件で探した",
  "targets.extracted": "対象者を抽出した",
  "targets.opened": "対象者の抽出を開いた",
  "targets.step-asked": "対象者の抽出を処理する操作をした",
  "targets.mailing-asked": "抽出した対象者への発送を始める操作をした",
  "targets.used": "抽出した対象者への発送・印刷に使った",
  "targets.discarded": "対象者の抽出を破棄した",
  "targets.defined": "抽出条件を保存した",
  "targets.definition-end-asked": "抽出条件をなくす操作をした",
  "targets.definition-ended": "抽出条件をなくした",
  "targets.list-asked": "人の名簿を登録する操作をした",
  "targets.listed": "人の名簿を登録した",
  "targets.seated": "集団接種の名簿を作った",
  "targets.session-opened": "集団接種の名簿を開いた",
  "targets.session-paper-asked": "集団接種の名簿を印刷する操作をした",
  "targets.session-printed": "集団接種の名簿を印刷した",
  "targets.results-opened": "委託先の結果を開いた",
  "targets.results-asked": "委託先の結果を読み込む操作をした",
  "targets.results-told": "委託先の結果を記録した",
  "targets.settle-asked": "損紙を処理する操作をした",
  "targets.result-settled": "損紙の処理を記録した",
  "notice.opened": "通知・はがきの画面を開いた",
  "notice.reprint-asked": "通知・はがきを再印刷する操作をした",
  "targets.reprinted": "通知・はがきを再印刷した",
};
