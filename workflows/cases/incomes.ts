import type { CaseFacts } from "./checks.ts";
import { check } from "./checks.ts";
import type { CaseEventRule } from "./definition.ts";

/*
 * Pieces for an application whose decision rests on incomes (所得): each is taken from the tax office or keyed, and what
 * one person keyed another confirms. Against which limit they are held stands in the machine of the 事務.
 */

/** What a machine may know of the incomes that count. */
export interface IncomeFacts extends CaseFacts {
  /** People whose income counts and was neither looked up nor keyed. */
  incomesUnknown: number;
  /** People whose income was keyed and not yet confirmed by somebody else. */
  incomesUnconfirmed: number;
  /** The acting person keyed one of them. */
  keyedIncome: boolean;
}

const own = check<IncomeFacts>;

export const incomeChecks = {
  incomeKnown: own("所得が確認できない世帯員がいます。", (c) => c.incomesUnknown === 0),
  incomeUnknown: own(
    "全員の所得が確認できています。照会は要りません。",
    (c) => c.incomesUnknown > 0,
  ),
  incomeConfirmed: own(
    "入力した所得が、別の職員によって確認されていません。",
    (c) => c.incomesUnconfirmed === 0,
  ),
  incomeUnconfirmed: own("確認を待つ所得はありません。", (c) => c.incomesUnconfirmed > 0),
  notIncomeEnterer: own(
    "所得を入力した本人は確認できません。別の職員が確認してください。",
    (c) => !c.keyedIncome,
  ),
} as const;

export const incomeEvents = {
  recordIncome: {
    title: "所得を記録する",
    right: "case.examine",
    comment: "optional",
    act: "incomes",
    page: "income",
  },
  confirmIncome: {
    title: "入力した所得を確認する",
    right: "case.examine",
    comment: "optional",
    act: "confirm-incomes",
    forward: true,
  },
} as const satisfies Record<string, CaseEventRule<never>>;
