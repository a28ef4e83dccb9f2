import { type CaseHead, headOf } from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { getCase } from "#src/platform/cases/index.ts";
import { openGroups, type PanelGroup } from "#src/platform/review-panels/index.ts";
import type { StepForm } from "#src/web/cases/index.ts";
import { choicesOf, RadioGroup, SelectField } from "#src/web/components/index.ts";
import { type RecordResult, recordResults } from "#workflows/intractable-disease/review.ts";
import { intractablePanel } from "../panel.ts";
import { recordCheckSchema, recordResultOf, referralSchema } from "../review.ts";

interface Seen {
  found: CaseRow;
  head: CaseHead;
}

/** Where the office says what it found in 臨床調査個人票. */
const recordCheckForm: StepForm<Seen & { result: RecordResult | undefined }> = {
  page: "record-check",
  right: "case.examine",
  purpose: "case",
  audit: { opened: "record-check.opened", sent: "record-check.step-requested" },
  async look(work, { caseId }) {
    const found = await getCase(work, caseId);
    return {
      found,
      head: await headOf(work, found),
      result: await recordResultOf(work, caseId),
    };
  },
  title: () => "書類審査",
  Fields: ({ seen: { result } }) => (
    <RadioGroup
      name="result"
      label="書類審査の結果"
      required
      value={result ?? null}
      options={choicesOf(recordResults)}
    />
  ),
  read: (form) => recordCheckSchema.safeParse({ result: form.text("result") }),
  button: "記録する",
  said: "書類審査の結果を記録しました。",
};

/** Where the panel is asked. */
const referralForm: StepForm<Seen & { groups: readonly PanelGroup[] }> = {
  page: "referral",
  right: "case.examine",
  purpose: "case",
  audit: { opened: "referral.opened", sent: "referral.step-requested" },
  async look(work, { caseId }) {
    const found = await getCase(work, caseId);
    return {
      found,
      head: await headOf(work, found),
      groups: await openGroups(work, intractablePanel),
    };
  },
  title: () => "審査会に諮る",
  Fields: ({ seen: { groups } }) => (
    <SelectField
      name="group"
      label="審査グループ"
      empty="全体"
      hint="審査グループは、審査会の「委員」で登録します。"
      options={groups.map(({ id, title }) => ({ value: String(id), label: title }))}
    />
  ),
  read: (form) => referralSchema.safeParse({ group: form.integer("group") ?? null }),
  button: "審査会に諮る",
  said: "審査会に諮りました。会議の議題に加えてください。",
};

export const reviewForms = [recordCheckForm, referralForm];
