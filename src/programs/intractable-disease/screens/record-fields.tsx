import {
  Checkbox,
  choicesOf,
  DateField,
  Disclosure,
  FieldGroup,
  GroupMistake,
  NumberField,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import { readDate } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import type { DateBounds } from "#workflows/dates/bounds.ts";
import type { ClinicalRecord, Entered } from "../entered.ts";
import { recordSourceTitles } from "../titles.ts";
import { shortDay } from "./days.ts";

/** As many as one certificate may list on this form; a further application of change adds more. */
const most = 4;

/** 臨床調査個人票, one a disease; the first is shown, the others on demand. */
export function RecordFields({ known, bounds }: { known: Partial<Entered>; bounds: DateBounds }) {
  const records = known.records ?? [];
  const shown = Math.max(1, records.length);
  return (
    <FieldGroup title="臨床調査個人票">
      <GroupMistake name="records" />
      {Array.from({ length: shown }, (_, at) => (
        <OneRecord key={at} at={at} known={records[at] ?? { main: at === 0 }} bounds={bounds} />
      ))}
      {shown < most && (
        <Disclosure title="疾病を加える">
          {Array.from({ length: most - shown }, (_, n) => (
            <OneRecord key={n} at={shown + n} known={{}} bounds={bounds} />
          ))}
        </Disclosure>
      )}
      <Checkbox
        name="researchConsent"
        label="個人票を研究に使うことに同意している"
        checked={known.researchConsent ?? false}
      />
    </FieldGroup>
  );
}

function OneRecord(props: { at: number; known: Partial<ClinicalRecord>; bounds: DateBounds }) {
  const { at, known, bounds } = props;
  const name = (field: keyof ClinicalRecord) => `records.${at}.${field}`;
  return (
    <FieldGroup title={`個人票 ${at + 1}`}>
      <NumberField
        name={name("disease")}
        required={at === 0}
        label="告示番号"
        width={8}
        value={known.disease === undefined ? "" : String(known.disease)}
      />
      <TextField
        name={name("nameOnPaper")}
        label="病名（個人票の記載）"
        width={20}
        value={known.nameOnPaper}
      />
      <Checkbox name={name("main")} label="主たる疾病" checked={known.main ?? false} />
      <Checkbox name={name("denied")} label="非認定の疾病" checked={known.denied ?? false} />
      <TextField
        name={name("doctor")}
        required={at === 0}
        label="指定医番号"
        width={12}
        value={known.doctor}
        hint="指定医の一覧の番号"
      />
      <DateField
        name={name("writtenOn")}
        required={at === 0}
        label="記載年月日"
        {...bounds}
        value={shortDay(known.writtenOn)}
      />
      <DateField
        name={name("severeOn")}
        label="診断年月日"
        {...bounds}
        value={shortDay(known.severeOn)}
        hint="重症度を満たすと診断された日"
      />
      <SelectField
        name={name("source")}
        label="個人票の種類"
        value={known.source ?? "paper"}
        options={choicesOf(recordSourceTitles)}
      />
      <TextField name={name("accessKey")} label="アクセスキー" width={12} value={known.accessKey} />
      <TextField name={name("note")} label="疾病備考" width={20} value={known.note} />
    </FieldGroup>
  );
}

/** Fields whose text shows that a record was begun. */
const typed = ["disease", "nameOnPaper", "doctor", "writtenOn", "severeOn", "accessKey", "note"];

/** Records that were begun; an empty line is none. */
export function readRecords(form: Values) {
  const lines = Array.from({ length: most }, (_, at) => `records.${at}`).filter(
    (prefix, at) => at === 0 || typed.some((field) => form.text(`${prefix}.${field}`) !== ""),
  );
  return {
    records: lines.map((prefix) => ({
      disease: form.integer(`${prefix}.disease`),
      nameOnPaper: form.text(`${prefix}.nameOnPaper`),
      main: form.has(`${prefix}.main`),
      denied: form.has(`${prefix}.denied`),
      doctor: form.text(`${prefix}.doctor`).normalize("NFKC").toUpperCase(),
      writtenOn: readDate(form.text(`${prefix}.writtenOn`)) ?? "",
      // What cannot be read stays, so that it is refused instead of taken for empty.
      severeOn: readDate(form.text(`${prefix}.severeOn`)) ?? form.text(`${prefix}.severeOn`),
      source: form.text(`${prefix}.source`),
      accessKey: form.text(`${prefix}.accessKey`).normalize("NFKC"),
      note: form.text(`${prefix}.note`),
    })),
    researchConsent: form.has("researchConsent"),
  };
}
