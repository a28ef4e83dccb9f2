import {
  AskedBy,
  Checkbox,
  choicesOf,
  FieldGroup,
  NumberField,
  SelectField,
} from "#src/web/components/index.ts";
import { boxOf } from "#src/web/entry-parts/index.ts";
import type { Values } from "#src/web/values.ts";
import type { Tax } from "../entered.ts";
import { taxAssessmentTitles } from "../titles.ts";

const amounts = {
  incomeLevy: "所得割額（円）",
  perCapitaLevy: "均等割額（円）",
  totalIncome: "合計所得金額（円）",
  pensionReceipts: "公的年金等の収入（円）",
  otherBenefits: "その他の給付（円）",
} as const;

/** 市町村民税 of a person, where it is known. */
export const TaxFields = (props: {
  prefix: string;
  title: string;
  known: Tax | null | undefined;
}) => {
  const { prefix, title, known } = props;
  return (
    <FieldGroup title={title}>
      <Checkbox name={boxOf(prefix)} label="税の状況が分かっている" checked={Boolean(known)} />
      <AskedBy name={boxOf(prefix)}>
        <NumberField
          name={`${prefix}.fiscalYear`}
          label="賦課年度（西暦）"
          width={8}
          value={known ? String(known.fiscalYear) : ""}
          hint="令和8年度は 2026"
        />
        <SelectField
          name={`${prefix}.assessment`}
          label="課税区分"
          value={known?.assessment}
          empty="選んでください"
          options={choicesOf(taxAssessmentTitles)}
        />
        {Object.entries(amounts).map(([name, label]) => (
          <NumberField
            key={name}
            name={`${prefix}.${name}`}
            label={label}
            width={12}
            value={known ? String(known[name as keyof typeof amounts]) : ""}
            {...(name === "totalIncome" ? { hint: "公的年金等の所得を除く" } : {})}
          />
        ))}
      </AskedBy>
    </FieldGroup>
  );
};

/** An amount that is left empty is none. */
const amountOf = (form: Values, name: string) => (form.text(name) === "" ? 0 : form.integer(name));

export const readTax = (form: Values, prefix: string): object | null =>
  form.has(boxOf(prefix))
    ? {
        fiscalYear: form.integer(`${prefix}.fiscalYear`),
        assessment: form.text(`${prefix}.assessment`),
        ...Object.fromEntries(
          Object.keys(amounts).map((name) => [name, amountOf(form, `${prefix}.${name}`)]),
        ),
      }
    : null;
