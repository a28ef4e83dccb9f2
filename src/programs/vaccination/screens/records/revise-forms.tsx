import { FoldedForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Button,
  choicesOf,
  DateField,
  FieldRow,
  Notification,
  NumberField,
  Panel,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { routeTitles } from "#workflows/vaccination/records/channels.ts";
import { type RecordRow, reasonsFor } from "../../records/revisions.ts";
import { paths } from "../paths.ts";
import { vaccineChoices } from "./parts.tsx";

/** Where a record is corrected or cancelled. */
export function ReviseForms({ record, hangs }: { record: RecordRow; hangs: boolean }) {
  const day = (value: string | null) => (value ? showDateShort(value as IsoDate) : "");
  const wants = hangs ? "（別の職員が決裁します）" : "";
  return (
    <Panel title="直す">
      {hangs && (
        <Notification
          tone="info"
          title="この記録には証明や支払が関わっています。訂正と取消は、別の職員の決裁で行います。"
        />
      )}
      <FoldedForm
        title={`訂正する${wants}`}
        event="correct"
        action={`${paths.record(record.id)}/correct`}
        revision={record.revision}
      >
        <FieldRow>
          <SelectField
            name="vaccine"
            label="予防接種"
            required
            value={record.vaccine}
            options={vaccineChoices}
          />
          <NumberField name="dose" label="回数" required width={4} value={String(record.dose)} />
          <DateField name="givenOn" label="接種日" required value={day(record.givenOn)} />
          <TextField name="lot" label="ロット番号" width={12} value={record.lot ?? ""} />
        </FieldRow>
        <FieldRow>
          <TextField name="product" label="製品名" width={12} value={record.product ?? ""} />
          <TextField
            name="volume"
            label="接種量（ミリリットル）"
            width={8}
            value={record.volume ?? ""}
          />
          <SelectField
            name="route"
            label="個別・集団"
            empty="不明"
            value={record.route ?? ""}
            options={choicesOf(routeTitles)}
          />
          <DateField name="interviewOn" label="予診票の日付" value={day(record.interviewOn)} />
        </FieldRow>
        <FieldRow>
          <NumberField name="clinicCode" label="医療機関コード" value={record.clinicCode ?? ""} />
          <TextField
            name="clinicName"
            label="医療機関名"
            width={20}
            value={record.clinicName ?? ""}
          />
          <SelectField
            name="reason"
            label="訂正する理由"
            required
            empty="選んでください"
            options={choicesOf(reasonsFor("correct"))}
          />
        </FieldRow>
        <Actions>
          <Button>訂正する</Button>
        </Actions>
      </FoldedForm>
      <FoldedForm
        title={`取り消す${wants}`}
        event="cancel"
        action={`${paths.record(record.id)}/cancel`}
        revision={record.revision}
      >
        <SelectField
          name="reason"
          idPrefix="cancel"
          label="取り消す理由"
          required
          empty="選んでください"
          options={choicesOf(reasonsFor("cancel"))}
        />
        <p class="field-hint">「別の人の記録だった」では、予診票が「要確認」の一覧に戻ります。</p>
        <Actions>
          <Button look="danger" confirm="この接種記録を取り消します。よろしいですか。">
            記録を取り消す
          </Button>
        </Actions>
      </FoldedForm>
    </Panel>
  );
}
