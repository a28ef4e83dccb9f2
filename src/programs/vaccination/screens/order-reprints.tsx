import { choicesOf, FieldGroup, SelectField, TextArea } from "#src/web/components/index.ts";
import type { OrderPage } from "#src/web/mailings/index.ts";
import { couponsByNumber, type ReprintReason, reprintReasons } from "../coupons.ts";
import { reprintMailing, reprintOrder } from "../reprint-mailing.ts";

/** 再印刷: a small package of spoilt or lost pieces for the contractor. */
export const reprintOrderPage: OrderPage = {
  kind: reprintMailing,
  path: "reprints/new",
  title: "接種券の再印刷",
  button: "準備を始める",
  audit: "mailing.reprint-started",
  Fields: () => (
    <FieldGroup title="再印刷するもの">
      <TextArea
        name="numbers"
        label="券番号"
        required
        rows={6}
        hint="一行に一つ、またはコンマや空白で区切って入力します。同じ番号で印刷されます。"
      />
      <SelectField
        name="reason"
        label="理由"
        required
        empty="選んでください"
        options={choicesOf(reprintReasons)}
      />
    </FieldGroup>
  ),
  async read(form, errors, { work }) {
    const numbers = form.text("numbers").normalize("NFKC").match(/\d+/g) ?? [];
    const known = await couponsByNumber(work, numbers);
    const unknown = numbers.filter((number) => known.get(number)?.state !== "issued");
    if (numbers.length === 0) errors.numbers = "券番号を入力してください。";
    else if (unknown.length > 0)
      errors.numbers = `有効な接種券ではありません: ${unknown.slice(0, 5).join("、")}`;
    const reason = form.choice("reason", Object.keys(reprintReasons) as ReprintReason[]);
    if (!reason) errors.reason = "理由を選んでください。";
    return reason && !errors.numbers ? reprintOrder(numbers, reason) : undefined;
  },
};
