import { EntryFaults } from "#src/platform/problem.ts";
import { FoldedForm, SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Button,
  choicesOf,
  DateField,
  FieldRow,
  NumberField,
  SelectField,
  TextArea,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type AdverseEntry, type AdverseReport, withdrawTitles } from "../../mistakes/adverse.ts";
import type { RecordRow } from "../../records/revisions.ts";
import { paths } from "../paths.ts";
import { vaccineChoices } from "../records/parts.tsx";
import { linkOf } from "./parts.tsx";

/** A report as it was typed. @throws EntryProblem with all fields that are missing */
export async function readEntry(
  form: Values,
  record: RecordRow | undefined,
): Promise<Omit<AdverseEntry, "personNumber">> {
  const faults = new EntryFaults();
  const day = (name: string, what: string): IsoDate =>
    faults.need(name, readDate(form.text(name)), `${what}を入力してください。例: R8.11.20`);
  const said = {
    number: faults.need(
      "number",
      form.text("number").normalize("NFKC"),
      "報告の識別番号を、40文字以内で入力してください。",
    ),
    receivedOn: day("receivedOn", "受け取った日"),
    shotId: record?.id,
    vaccine: faults.need(
      "vaccine",
      record?.vaccine ?? form.text("vaccine"),
      "予防接種を選んでください。",
    ),
    dose: record?.dose ?? form.integer("dose"),
    lot: form.text("lot").normalize("NFKC").toUpperCase() || undefined,
    givenOn: record ? (record.givenOn as IsoDate) : day("givenOn", "接種日"),
    symptomOn: day("symptomOn", "症状が出た日"),
    symptom: faults.need("symptom", form.text("symptom"), "症状を入力してください。"),
    incidentId: await faults.check(() => linkOf(form, "incident")),
    reliefCaseId: await faults.check(() => linkOf(form, "relief")),
  };
  faults.end();
  return said;
}

/** A report as it is entered, or corrected. */
export function ReportForm(props: {
  event: "enter" | "correct";
  action: string;
  record?: RecordRow | undefined;
  row?: AdverseReport;
  symptom?: string;
  button: string;
}) {
  const { event, record, row, symptom } = props;
  const day = (value: string | undefined) => (value ? showDateShort(value as IsoDate) : "");
  return (
    <SentForm event={event} action={props.action} revision={row?.revision}>
      {record && <input type="hidden" name="record" value={record.id} />}
      <FieldRow>
        <TextField name="number" label="識別番号" required width={20} value={row?.number ?? ""} />
        <DateField name="receivedOn" label="受け取った日" required value={day(row?.receivedOn)} />
        {!record && !row && (
          <NumberField name="personNumber" label="統合宛名番号" required check="person-number" />
        )}
      </FieldRow>
      <FieldRow>
        {!record && (
          <>
            <SelectField
              name="vaccine"
              label="予防接種"
              required
              empty="選んでください"
              value={row?.vaccine ?? ""}
              options={vaccineChoices}
            />
            <NumberField
              name="dose"
              label="回数"
              width={4}
              value={row?.dose ? String(row.dose) : ""}
            />
            <DateField name="givenOn" label="接種日" required value={day(row?.givenOn)} />
          </>
        )}
        <TextField name="lot" label="ロット番号" width={12} value={row?.lot ?? record?.lot ?? ""} />
        <DateField name="symptomOn" label="症状が出た日" required value={day(row?.symptomOn)} />
      </FieldRow>
      <TextArea name="symptom" label="症状" required rows={3} value={symptom ?? ""} />
      <FieldRow>
        <TextField
          name="incident"
          label="間違い接種（画面のアドレス）"
          width={20}
          value={row?.incidentId ?? ""}
        />
        <TextField
          name="relief"
          label="健康被害救済（画面のアドレス）"
          width={20}
          value={row?.reliefCaseId ?? ""}
        />
      </FieldRow>
      <Actions>
        <Button>{props.button}</Button>
      </Actions>
    </SentForm>
  );
}

/** Takes a report off, by another than entered it. */
export function Withdraw({ row }: { row: AdverseReport }) {
  return (
    <FoldedForm
      title="取り下げる"
      event="withdraw"
      action={`${paths.adverseReport(row.id)}/withdraw`}
      revision={row.revision}
    >
      <SelectField
        name="reason"
        label="取り下げる理由"
        required
        empty="選んでください"
        hint="最後に入力した職員とは別の決裁者が取り下げます。"
        options={choicesOf(withdrawTitles)}
      />
      <Actions>
        <Button look="danger" confirm="この報告の控えを取り下げます。よろしいですか。">
          取り下げる
        </Button>
      </Actions>
    </FoldedForm>
  );
}
