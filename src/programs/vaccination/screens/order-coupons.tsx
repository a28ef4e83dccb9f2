import { CheckboxGroup, FieldGroup, RadioGroup, SelectField } from "#src/web/components/index.ts";
import type { OrderPage } from "#src/web/mailings/index.ts";
import { addMonths, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { CouponOrder } from "#workflows/vaccination/coupons-due.ts";
import { periodLabel, vaccineLabel } from "#workflows/vaccination/schedule.ts";
import { couponMailing, monthTitle } from "../coupon-mailing.ts";
import { couponVaccines } from "../vaccines.ts";

const scopes = [
  { value: "new", label: "この月に新しく対象になる人（転入した人を含む）" },
  { value: "all", label: "この月に受けられる人で、まだ送っていない人すべて" },
] as const;

/** This month and the four after it. */
const monthsFrom = (today: IsoDate): IsoDate[] =>
  [0, 1, 2, 3, 4].map((ahead) => addMonths(`${today.slice(0, 7)}-01` as IsoDate, ahead));

/** 新しい一括発送: month, vaccines, whom. */
export const couponOrderPage: OrderPage = {
  kind: couponMailing,
  path: "mailings/new",
  title: "新しい一括発送",
  button: "対象者を抽出する",
  audit: "mailing.started",
  Fields: ({ today }) => (
    <FieldGroup title="だれに送るか">
      <SelectField
        name="month"
        label="対象月"
        required
        value={monthsFrom(today)[1]?.slice(0, 7) ?? ""}
        options={monthsFrom(today).map((first) => ({
          value: first.slice(0, 7),
          label: monthTitle(first),
        }))}
      />
      <RadioGroup name="scope" label="対象者の範囲" required value="new" options={scopes} />
      <CheckboxGroup
        name="vaccines"
        label="予防接種"
        required
        values={couponVaccines}
        hint="ロタウイルスは1価と5価の一方だけを送ります。始めた方を続け、これから始める人には先に並ぶ方を送ります。"
        options={couponVaccines.map((id) => ({
          value: id,
          label: [vaccineLabel(id), periodLabel(id)].filter(Boolean).join(" "),
        }))}
      />
    </FieldGroup>
  ),
  read(form, errors, { today }) {
    const month = monthsFrom(today).find((one) => one.slice(0, 7) === form.text("month"));
    if (!month) errors.month = "対象月を選んでください。";
    const chosen = new Set(form.all("vaccines"));
    const vaccines = couponVaccines.filter((id) => chosen.has(id));
    if (vaccines.length === 0) errors.vaccines = "予防接種を一つ以上選んでください。";
    const scope = form.choice("scope", ["new", "all"]);
    if (!scope) errors.scope = "対象者の範囲を選んでください。";
    if (!month || vaccines.length === 0 || !scope) return undefined;
    const parameters: CouponOrder = {
      month: month.slice(0, 7) as CouponOrder["month"],
      vaccines,
      scope,
    };
    return { title: `予防接種券 ${monthTitle(month)}分`, parameters };
  },
};
