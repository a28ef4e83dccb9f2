import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Badge,
  Button,
  choicesOf,
  DateField,
  FieldRow,
  Panel,
  SelectField,
  TextArea,
  TextField,
} from "#src/web/components/index.ts";
import { type MistakeCategory, usualReport } from "#workflows/vaccination/mistakes/categories.ts";
import {
  harmTitles,
  type Mistake,
  partyTitles,
  payableReasonTitles,
  payableTitles,
  reportTitles,
  wayTitles,
} from "../../mistakes/incidents.ts";
import { paths } from "../paths.ts";
import { categoryChoices } from "./parts.tsx";

/** How an incident is judged, what was done, whether it is paid. */
export function Judge({ row, measures }: { row: Mistake; measures: string }) {
  const usual = row.category ? usualReport(row.category as MistakeCategory) : undefined;
  return (
    <Panel title="判断と対応" actions={<Badge tone="info">保存しても進みません</Badge>}>
      <SentForm event="judge" action={`${paths.mistake(row.id)}/judge`} revision={row.revision}>
        <FieldRow>
          <SelectField
            name="category"
            label="態様"
            required
            empty="選んでください"
            value={row.category ? String(row.category) : ""}
            options={categoryChoices}
          />
          <SelectField
            name="report"
            label="報告の区分"
            required
            empty="選んでください"
            value={row.report ?? usual ?? ""}
            hint="用法・用量の誤り、期限切れ、血液感染のおそれは直ちに、間隔の誤りは年次報告です。"
            options={choicesOf(reportTitles)}
          />
          <SelectField
            name="harm"
            label="健康への影響"
            required
            empty="選んでください"
            value={row.harm ?? ""}
            options={choicesOf(harmTitles)}
          />
        </FieldRow>
        <TextArea name="measures" label="経過と対応" required rows={4} value={measures} />
        <FieldRow>
          <SelectField
            name="payable"
            label="委託料の支払"
            value={row.payable}
            options={choicesOf(payableTitles)}
          />
          <SelectField
            name="payableReason"
            label="支払の理由"
            empty="未定"
            value={row.payableReason ?? ""}
            options={choicesOf(payableReasonTitles)}
          />
          <TextField
            name="claim"
            label="関わる請求（画面のアドレス）"
            width={20}
            value={row.claimId ?? ""}
          />
          <TextField
            name="relief"
            label="健康被害救済（画面のアドレス）"
            width={20}
            value={row.reliefCaseId ?? ""}
          />
        </FieldRow>
        <Actions>
          <Button look="secondary">保存する</Button>
        </Actions>
      </SentForm>
    </Panel>
  );
}

/** Whom it was told to, and how. */
export function Tell({ row }: { row: Mistake }) {
  return (
    <SentForm event="tell" action={`${paths.mistake(row.id)}/tell`} revision={row.revision}>
      <FieldRow>
        <SelectField
          name="party"
          label="相手"
          required
          empty="選んでください"
          options={choicesOf(partyTitles)}
        />
        <SelectField
          name="way"
          label="方法"
          required
          empty="選んでください"
          options={choicesOf(wayTitles)}
        />
        <DateField name="toldOn" label="連絡した日" required />
        <Button look="secondary">連絡・説明を記録する</Button>
      </FieldRow>
    </SentForm>
  );
}
