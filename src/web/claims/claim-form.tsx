import { type ClaimEntry, claimEntrySchema } from "#src/platform/claims/index.ts";
import { bornNotBefore } from "#src/platform/people/index.ts";
import { schoolStart } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { insurerGroups } from "#workflows/medical/copay-plan.ts";
import { highCostCategories } from "#workflows/medical/high-cost.ts";
import {
  Checkbox,
  choicesOf,
  FieldGroup,
  FieldRow,
  NumberField,
  SelectField,
  TextArea,
} from "../components/index.ts";
import type { Values } from "../values.ts";
import { type KnownReceipt, ReceiptFields, readReceipts, receiptField } from "./receipt-fields.tsx";

/** What the form shows at first. */
export interface KnownClaim extends Partial<Omit<ClaimEntry, "receipts">> {
  receipts: readonly KnownReceipt[];
}

export const nothingKnown: KnownClaim = { receipts: [] };

/** Classes in words that a keyboard has: 現役並み3 for 現役並みⅢ. */
const categories = choicesOf(highCostCategories).map(({ value, label }) => ({
  value,
  label: label.replace("Ⅲ", "3").replace("Ⅱ", "2").replace("Ⅰ", "1"),
}));

/** Groups of fields for receipts that a form has at first, and how many more a press of the button brings. */
const atFirst = 3;
const more = 5;

/** How many groups a form that came has; `more` where the button for more was pressed. */
export const groupsOf = (form: Values | undefined, known: KnownClaim): number => {
  if (!form) return Math.max(atFirst, known.receipts.length);
  const groups = Math.min(Math.max(form.integer("groups") ?? atFirst, 1), 200);
  return Math.min(form.text("go") === "more" ? groups + more : groups, 200);
};

/** Whether the receipts of today may be of a child before school, or of whom it is not known. */
export const isPreschool = (person: Parameters<typeof bornNotBefore>[0], today: IsoDate): boolean =>
  today < schoolStart(bornNotBefore(person));

/** The fields of a claim: what holds for all of it, then receipt by receipt. */
export function ClaimFields(props: { known: KnownClaim; groups: number; preschool: boolean }) {
  const { known, groups, preschool } = props;
  return (
    <>
      <input type="hidden" name="groups" value={groups} />
      <p class="lead">
        領収書1枚を1行に入力します。診療年月・医療機関・区分を空欄にすると、上の行と同じになります。診療年月・医療機関・点数・領収額がどれも空欄の行は、ないものとして扱います。装具は、点数の欄に金額（10割）を入力してください。
      </p>
      {Array.from({ length: groups }, (_, index) => (
        <ReceiptFields
          key={index}
          at={index + 1}
          known={known.receipts[index] ?? {}}
          preschool={preschool}
        />
      ))}
      <FieldGroup title="保険と備考">
        <FieldRow>
          <SelectField
            name="insurerGroup"
            label="保険の種類"
            empty="未確認"
            options={choicesOf(insurerGroups)}
            value={known.insurerGroup ?? ""}
          />
          <SelectField
            name="category"
            label="適用区分"
            empty="未確認"
            options={categories}
            value={known.category ?? ""}
          />
          <NumberField
            name="income"
            label="区分に使う所得（円）"
            value={known.income?.toString() ?? ""}
          />
        </FieldRow>
        <Checkbox name="multiple" label="多数回該当" checked={known.multiple ?? false} />
        <TextArea name="remark" label="備考" rows={2} value={known.remark ?? ""} />
      </FieldGroup>
    </>
  );
}

/** What was typed as the schema takes it, or its mistakes by the names of the fields. */
export function readClaim(
  form: Values,
):
  | { entry: ClaimEntry; errors?: undefined }
  | { entry?: undefined; errors: Record<string, string> } {
  const receipts = readReceipts(form, groupsOf(form, { receipts: [] }));
  const income = form.text("income") === "" ? undefined : (form.integer("income") ?? Number.NaN);
  const read = claimEntrySchema.safeParse({
    receipts: receipts.map(({ typed }) => typed),
    insurerGroup: form.text("insurerGroup") || undefined,
    category: form.text("category") || undefined,
    multiple: form.has("multiple"),
    income,
    remark: form.whole("remark").trim() || undefined,
  });
  if (read.success) return { entry: read.data };
  const errors: Record<string, string> = {};
  for (const { path, message } of read.error.issues) {
    const [list, index, part] = path;
    const at = typeof index === "number" ? receipts[index]?.at : undefined;
    const name =
      list === "receipts"
        ? receiptField(at ?? 1, part === undefined ? "month" : String(part))
        : String(list);
    errors[name] ??= at === undefined ? message : `領収書${at}: ${message}`;
  }
  return { errors };
}
