import { accountPart } from "#src/platform/entry-parts/index.ts";
import { errorsOf } from "#src/platform/intake/index.ts";
import {
  CheckboxGroup,
  choicesOf,
  DateField,
  FieldGroup,
  FieldRow,
  NumberField,
  SelectField,
  TextArea,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { AccountFields, readOptionalPart } from "#src/web/entry-parts/index.ts";
import type { Values } from "#src/web/values.ts";
import { refundDocuments } from "#workflows/vaccination/request-letters/reasons.ts";
import {
  type RefundEntry,
  refundEntrySchema,
  refundOutcomes,
} from "../../request-letters/refund-entry.ts";
import { atRows, filledRows, rowsOf } from "./rows.ts";
import { vaccineChoices } from "./words.ts";

/** What the form shows at first. */
export interface KnownRefund {
  doses: readonly Partial<RefundEntry["doses"][number]>[];
  remark?: string | undefined;
}

const shape = { atFirst: 2, more: 3, most: 50 };
export const doseRows = (form: Values | undefined, known: KnownRefund): number =>
  rowsOf(form, known.doses.length, shape);

/** The fields of a claim: a group a dose, in the order of the receipt. */
export function RefundFields(props: { known: KnownRefund; rows: number }) {
  const { known, rows } = props;
  return (
    <>
      <input type="hidden" name="rows" value={rows} />
      <p class="lead">
        領収書の予防接種1回を1組に入力します。空欄の組は、ないものとして扱います。額は、領収書のその予防接種の額です。
      </p>
      {Array.from({ length: rows }, (_, index) => (
        <DoseFields key={index} at={index + 1} known={known.doses[index] ?? {}} />
      ))}
      <AccountFields known={null} optional />
      <TextArea name="remark" label="備考" rows={2} value={known.remark ?? ""} />
    </>
  );
}

function DoseFields({ at, known }: { at: number; known: KnownRefund["doses"][number] }) {
  const name = (field: string) => `d${at}.${field}`;
  return (
    <FieldGroup title={`領収書 ${at}`}>
      <div class="stacked">
        <FieldRow>
          <SelectField
            name={name("vaccine")}
            label="予防接種"
            empty="なし"
            options={vaccineChoices}
            value={known.vaccine ?? ""}
          />
          <NumberField
            name={name("dose")}
            label="何回目"
            width={4}
            value={known.dose?.toString() ?? ""}
          />
          <SelectField
            name={name("outcome")}
            label="接種・予診のみ"
            options={choicesOf(refundOutcomes)}
            value={known.outcome ?? "given"}
          />
          <TextField name={name("product")} label="製品名" width={12} value={known.product} />
        </FieldRow>
        <FieldRow>
          <TextField name={name("clinic")} label="医療機関" width={20} value={known.clinic} />
          <DateField
            name={name("givenOn")}
            label="接種日・予診の日"
            value={known.givenOn ? showDateShort(known.givenOn) : ""}
          />
          <DateField
            name={name("paidOn")}
            label="支払った日"
            hint="空欄は接種日と同じ"
            value={known.paidOn ? showDateShort(known.paidOn) : ""}
          />
          <NumberField
            name={name("paid")}
            label="支払った額（円）"
            width={8}
            value={known.paid?.toString() ?? ""}
          />
          <TextField
            name={name("receiptNumber")}
            label="領収書の番号"
            width={12}
            value={known.receiptNumber}
          />
        </FieldRow>
      </div>
      <CheckboxGroup
        name={name("documents")}
        label="書類"
        options={choicesOf(refundDocuments)}
        values={known.documents ?? ["receipt"]}
      />
    </FieldGroup>
  );
}

/** What was typed as the schema takes it, or its mistakes by the names of the fields. */
export function readRefund(
  form: Values,
):
  | { entry: RefundEntry; errors?: undefined }
  | { entry?: undefined; errors: Record<string, string> } {
  const rows = filledRows(form, doseRows(form, { doses: [] }), {
    letter: "d",
    fields: ["vaccine", "dose", "clinic", "givenOn", "paid"],
  });
  const account = readOptionalPart(form, accountPart);
  const keyed = {
    doses: rows.map((row) => {
      const text = (field: string) => form.text(`d${row}.${field}`);
      const givenOn = readDate(text("givenOn")) ?? "";
      return {
        vaccine: text("vaccine"),
        dose: form.integer(`d${row}.dose`) ?? Number.NaN,
        outcome: text("outcome"),
        ...(text("product") ? { product: text("product") } : {}),
        clinic: text("clinic"),
        givenOn,
        paidOn: text("paidOn") ? (readDate(text("paidOn")) ?? "") : givenOn,
        paid: form.integer(`d${row}.paid`) ?? Number.NaN,
        ...(text("receiptNumber") ? { receiptNumber: text("receiptNumber") } : {}),
        documents: form.all(`d${row}.documents`),
      };
    }),
    ...(account ? { account } : {}),
    ...(form.text("remark") ? { remark: form.text("remark") } : {}),
  };
  const parsed = refundEntrySchema.safeParse(keyed);
  if (parsed.success) return { entry: parsed.data };
  return { errors: atRows(errorsOf(parsed.error), { list: "doses", letter: "d", rows }) };
}
