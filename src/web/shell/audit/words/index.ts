import { declaredMachines } from "#src/platform/cases/index.ts";
import type { ProgramScreens } from "../../../screens.ts";
import { accessWords } from "./access.ts";
import { casesWords } from "./cases.ts";
import { followUpWords } from "./follow-ups.ts";
import { highCostWords } from "./high-cost.ts";
import { installationWords } from "./installation.ts";
import { papersWords } from "./papers.ts";
import { paymentsWords } from "./payments.ts";
import { peopleWords } from "./people.ts";
import { pmhWords } from "./pmh.ts";
import { protectionWords } from "./protection.ts";
import { receiptsWords } from "./receipts.ts";
import { renewalsWords } from "./renewals.ts";
import { panelWords } from "./review-panels.ts";

/**
 * What each kind of record says of the one who did it, as the end of a sentence; `{items}` are the items seen or changed. A 事務
 * adds its own (`auditWords`); the steps of cases are called as their machines call them.
 */
const commonWords: Readonly<Record<string, string>> = {
  ...accessWords,
  ...peopleWords,
  ...casesWords,
  ...protectionWords,
  ...papersWords,
  ...highCostWords,
  ...paymentsWords,
  ...pmhWords,
  ...receiptsWords,
  ...renewalsWords,
  ...panelWords,
  ...followUpWords,
  ...installationWords,
};

/** Words for every kind of record that this installation writes. */
export type AuditWords = ReadonlyMap<string, string>;

/** The common words, those of each 事務, and the steps of every machine of a case. */
export function auditWordsOf(programs: readonly ProgramScreens[]): AuditWords {
  const steps = declaredMachines().flatMap(({ events }) =>
    Object.entries(events).map(([type, { title }]): [string, string] => [
      `case.${type}`,
      `申請の手続き「${title}」を行った`,
    ]),
  );
  return new Map([
    ...steps,
    ...Object.entries(commonWords),
    ...programs.flatMap(({ auditWords = {} }) => Object.entries(auditWords)),
  ]);
}

/** Words for a kind that an earlier version wrote and this one does not know. */
export const unknownWords = "今の版にない種類の操作をした";
