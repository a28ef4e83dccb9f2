import {
  AskedBy,
  Checkbox,
  choicesOf,
  DateField,
  Disclosure,
  FieldGroup,
  FieldRow,
  NumberField,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import { readDate } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import { tierTitles } from "#workflows/intractable-disease/plan.ts";
import type { Entered } from "../entered.ts";
import { shortDay } from "./days.ts";

const months = 12;
const welfareBox = "welfarePrevention.given";
const pediatricBox = "pediatric.given";

/** What lowers or sets the cap: 高額かつ長期, 呼吸器, 軽症高額, 生活保護, 生保移行防止, 小慢. */
export const CapFields = ({ known }: { known: Partial<Entered> }) => (
  <FieldGroup title="自己負担上限月額に係ること">
    <Checkbox
      name="ventilator"
      label="人工呼吸器等を装着している"
      checked={known.ventilator ?? false}
    />
    <Checkbox
      name="longHighCost"
      label="高額かつ長期に当たる"
      checked={known.longHighCost ?? false}
    />
    <Checkbox name="mildHighCost" label="軽症高額に当たる" checked={known.mildHighCost ?? false} />
    <AskedBy name="mildHighCost">
      <DateField
        name="mildHighCostMetOn"
        label="軽症高額の基準該当日"
        value={shortDay(known.mildHighCostMetOn)}
        hint="3回目に33,330円を超えた日"
      />
    </AskedBy>
    <CostFields known={known} />
    <PreventionFields known={known} />
    <Checkbox
      name="certifiedBefore"
      label="既認定者（旧制度からの受給者）"
      checked={known.certifiedBefore ?? false}
    />
    <Checkbox
      name="severeBefore"
      label="重症患者（旧制度）"
      checked={known.severeBefore ?? false}
    />
  </FieldGroup>
);

/** Monthly costs that 高額かつ長期 and 軽症高額 rest on. */
export const CostFields = ({ known }: { known: Partial<Entered> }) => (
  <Disclosure title="月ごとの医療費（高額かつ長期・軽症高額の根拠）">
    <DateField name="onset" label="発症した日" value={shortDay(known.onset)} />
    {Array.from({ length: months }, (_, at) => (
      <FieldRow key={at}>
        <TextField
          name={`costs.${at}.month`}
          label={`${at + 1}行目の月`}
          width={8}
          value={known.costs?.[at]?.month}
          {...(at === 0 ? { hint: "例: 2026-10" } : {})}
        />
        <NumberField
          name={`costs.${at}.total`}
          label="医療費総額（10割、円）"
          width={12}
          value={known.costs?.[at] ? String(known.costs[at]?.total) : ""}
        />
      </FieldRow>
    ))}
  </Disclosure>
);

/** What sets the tier beside the taxes: 生活保護, 生保移行防止, 確認不能, 小慢. */
export const PreventionFields = ({ known }: { known: Partial<Entered> }) => (
  <>
    <Checkbox name="welfare" label="生活保護を受けている" checked={known.welfare ?? false} />
    <Checkbox
      name={welfareBox}
      label="生活保護への移行防止の対象"
      checked={Boolean(known.welfarePrevention)}
    />
    <AskedBy name={welfareBox}>
      <SelectField
        name="welfarePrevention.tier"
        label="下げた後の階層"
        value={known.welfarePrevention?.tier}
        empty="選んでください"
        options={choicesOf(tierTitles)}
      />
      <Checkbox
        name="welfarePrevention.mealExempt"
        label="食費も免除する"
        checked={known.welfarePrevention?.mealExempt ?? false}
      />
    </AskedBy>
    <Checkbox
      name="incomeUnconfirmed"
      label="所得の状況を確認できない"
      checked={known.incomeUnconfirmed ?? false}
    />
    <Checkbox
      name={pediatricBox}
      label="本人が小児慢性特定疾病の医療費を受けている"
      checked={Boolean(known.pediatric)}
    />
    <AskedBy name={pediatricBox}>
      <Checkbox
        name="pediatric.sameDisease"
        label="同じ疾病である（小慢を先に使う）"
        checked={known.pediatric?.sameDisease ?? false}
      />
      <NumberField
        name="pediatric.cap"
        label="小慢の上限月額（按分前、円）"
        width={12}
        value={known.pediatric ? String(known.pediatric.cap) : ""}
      />
    </AskedBy>
  </>
);

const amount = (form: Values, name: string) => (form.text(name) === "" ? 0 : form.integer(name));
const day = (form: Values, name: string) => readDate(form.text(name)) ?? form.text(name);

export const readCap = (form: Values) => ({
  ventilator: form.has("ventilator"),
  longHighCost: form.has("longHighCost"),
  mildHighCost: form.has("mildHighCost"),
  mildHighCostMetOn: form.has("mildHighCost") ? day(form, "mildHighCostMetOn") : "",
  ...readCosts(form),
  ...readPrevention(form),
  certifiedBefore: form.has("certifiedBefore"),
  severeBefore: form.has("severeBefore"),
});

export const readCosts = (form: Values) => ({
  onset: day(form, "onset"),
  costs: Array.from({ length: months }, (_, at) => `costs.${at}`)
    .filter((prefix) => form.text(`${prefix}.month`) !== "" || form.text(`${prefix}.total`) !== "")
    .map((prefix) => ({
      month: form.text(`${prefix}.month`).normalize("NFKC"),
      total: form.integer(`${prefix}.total`),
    })),
});

export const readPrevention = (form: Values) => ({
  welfare: form.has("welfare"),
  welfarePrevention: form.has(welfareBox)
    ? {
        tier: form.text("welfarePrevention.tier"),
        mealExempt: form.has("welfarePrevention.mealExempt"),
      }
    : null,
  incomeUnconfirmed: form.has("incomeUnconfirmed"),
  pediatric: form.has(pediatricBox)
    ? { sameDisease: form.has("pediatric.sameDisease"), cap: amount(form, "pediatric.cap") }
    : null,
});
