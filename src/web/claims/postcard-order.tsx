import { type ClaimKind, postcardMailingId } from "#src/platform/claims/index.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { DateField, FieldGroup } from "../components/index.ts";
import { readDate } from "../dates.ts";
import type { OrderPage } from "../mailings/index.ts";

/** Orders 支給決定通知はがき of the claims that were granted in full on some days. */
export const postcardOrder = ({ program }: Pick<ClaimKind, "program">): OrderPage => ({
  kind: { id: postcardMailingId(program) },
  path: "mailings/claim-postcards",
  title: "支給決定通知はがき",
  button: "対象者を抽出する",
  audit: "mailing.started",
  Fields: ({ today }) => (
    <FieldGroup title="どの決定を送るか">
      <p class="lead">
        全額を支給すると決定し、封書の通知をまだ印刷していない申請が対象です。一部支給・不支給の通知は、封書で送ります。
      </p>
      <DateField
        name="from"
        label="決定の日（から）"
        required
        value={formatWarekiShort(addDays(today, -7))}
      />
      <DateField name="to" label="決定の日（まで）" required value={formatWarekiShort(today)} />
    </FieldGroup>
  ),
  read(form, errors, { today }) {
    const [from, to] = [readDate(form.text("from")), readDate(form.text("to"))];
    if (!from) errors.from = `日付を入力してください。例: ${formatWarekiShort(addDays(today, -7))}`;
    if (!to) errors.to = `日付を入力してください。例: ${formatWarekiShort(today)}`;
    else if (to > today) errors.to = "今日以前の日付を入力してください。";
    else if (from && from > to) errors.to = "「から」の日より前です。";
    if (!from || !to || errors.to) return undefined;
    return { title: "支給決定通知はがき", parameters: { from, to } };
  },
});
