import { mistakeV1 } from "#workflows/vaccination/mistakes/machine.ts";
import { mistakeYearV1 } from "#workflows/vaccination/mistakes/year-machine.ts";
import { auditName } from "./parts.tsx";

const ofSteps = (kind: string, what: string, events: Readonly<Record<string, { title: string }>>) =>
  Object.fromEntries(
    Object.entries(events).flatMap(([type, { title }]) => [
      [`${kind}.${auditName(type)}-asked`, `${what}の「${title}」の操作をした`],
      [`${kind}.${type}`, `${what}の「${title}」を行った`],
    ]),
  );

/** Kinds of audit records of 間違い接種 and 副反応疑い報告, each as the end of a sentence. */
export const mistakeAuditWords: Readonly<Record<string, string>> = {
  ...ofSteps("mistake", "間違い接種", mistakeV1.events),
  ...ofSteps("mistake-year", "間違い接種の年次報告", mistakeYearV1.events),
  "mistakes.listed": "間違い接種の一覧を見た",
  "mistake.new-opened": "間違い接種の入力の画面を開いた",
  "mistake.open-asked": "間違い接種の事案を始める操作をした",
  "mistake.opened": "間違い接種の事案を始めた",
  "mistake.looked-at": "間違い接種の画面を開いた",
  "mistake-years.listed": "間違い接種の年次報告の一覧を見た",
  "mistake-year.opened": "間違い接種の年次報告を開いた",
  "mistake-year.prepare-asked": "間違い接種の年次報告を作る操作をした",
  "mistake-year.prepared": "間違い接種の年次報告を作った",
  "adverse-reports.listed": "副反応疑い報告の一覧を見た",
  "adverse-report.new-opened": "副反応疑い報告の入力の画面を開いた",
  "adverse-report.enter-asked": "副反応疑い報告を入力する操作をした",
  "adverse-report.entered": "副反応疑い報告を入力した",
  "adverse-report.opened": "副反応疑い報告の画面を開いた",
  "adverse-report.correct-asked": "副反応疑い報告を直す操作をした",
  "adverse-report.corrected": "副反応疑い報告を直した",
  "adverse-report.withdraw-asked": "副反応疑い報告を取り下げる操作をした",
  "adverse-report.withdrawn": "副反応疑い報告を取り下げた",
  "sealed.mistake-words": "間違い接種か副反応疑い報告の文章を保存した",
};
