import { expiryMailingId, reminderMailingId } from "#src/platform/applications/index.ts";
import { mailingKinds } from "#src/platform/mailings/index.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { DateField, FieldGroup } from "../components/index.ts";
import { readDate } from "../dates.ts";
import type { OrderPage } from "../mailings/index.ts";
import type { AnyCaseScreens } from "./declaration.ts";

/** Orders of 有効期間満了のお知らせ and of 受給者証の返還のお願い, where the 事務 declares these runs. */
export function endingOrders({ application }: AnyCaseScreens): OrderPage[] {
  const { program, certificate } = application;
  const declared = new Set(mailingKinds(program).map(({ id }) => id));
  const orders: OrderPage[] = [
    {
      kind: { id: expiryMailingId(program) },
      path: "mailings/expiry",
      title: "有効期間満了のお知らせ",
      button: "対象者を抽出する",
      audit: "mailing.started",
      Fields: () => (
        <FieldGroup title="だれに送るか">
          <DateField
            name="on"
            label="満了の日"
            required
            hint="この日が有効期間の最後の日である方が対象です。年度末の年齢到達は3月31日です。"
          />
        </FieldGroup>
      ),
      read(form, errors) {
        const on = readDate(form.text("on"));
        if (!on) errors.on = "満了の日を入力してください。例: R9.3.31";
        return on ? { title: "有効期間満了のお知らせ", parameters: { on } } : undefined;
      },
    },
    {
      kind: { id: reminderMailingId(program) },
      path: "mailings/certificate-reminders",
      title: `${certificate.title}の返還のお願い`,
      button: "対象者を抽出する",
      audit: "mailing.started",
      Fields: () => (
        <FieldGroup title="だれに送るか">
          <DateField
            name="since"
            label="いつまでに使えなくなった証か"
            required
            hint="この日までに使えなくなって、まだ返ってきていない証が対象です。前に依頼したものは、その依頼の日で数えます。"
          />
        </FieldGroup>
      ),
      read(form, errors, { today }) {
        const since = readDate(form.text("since"));
        if (!since)
          errors.since = `日付を入力してください。例: ${formatWarekiShort(addDays(today, -30))}`;
        else if (since > today) errors.since = "今日以前の日付を入力してください。";
        if (!since || errors.since) return undefined;
        return { title: `${certificate.title}の返還のお願い`, parameters: { since } };
      },
    },
  ];
  return orders.filter(({ kind }) => declared.has(kind.id));
}
