import { cityParameterOn } from "#src/platform/parameters/index.ts";
import {
  CheckboxGroup,
  DateField,
  FieldGroup,
  FieldRow,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import type { OrderPage } from "#src/web/mailings/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { exemptionGrounds } from "#workflows/vaccination/exemptions/grounds.ts";
import {
  exemptionPeriod,
  exemptionTerms,
  termOf,
} from "#workflows/vaccination/exemptions/terms.ts";
import { schedule } from "#workflows/vaccination/schedule.ts";
import { listNumber, openList } from "../../exemptions/lists.ts";
import { certificateMailing, type ExemptionOrder } from "../../exemptions/mailing.ts";
import { vaccineTitle } from "../../special/titles.ts";
import { exemptionPaths } from "./paths.ts";

/** 確認証 for those on a list: which list, which vaccines, from when. Until when it holds the city's terms say. */
export const exemptionOrderPage: OrderPage = {
  kind: certificateMailing,
  path: exemptionPaths.order,
  title: "確認証の一括発送",
  button: "対象者を抽出する",
  audit: "exemption-mailing.started",
  Fields: ({ today }) => (
    <FieldGroup title="だれに送るか">
      <FieldRow>
        <TextField
          name="list"
          label="名簿の番号"
          required
          width={12}
          hint="「減免の名簿」にある番号。例: N000001"
        />
        <DateField
          name="from"
          label="いつから有効か"
          required
          value={showDateShort(today)}
          hint="いつまで有効かは、市が定めた「自己負担減免の取扱い」によります。"
        />
      </FieldRow>
      <CheckboxGroup
        name="vaccines"
        label="予防接種"
        required
        hint="有効な確認証を既に持っている人には作りません。"
        options={schedule
          .filter(({ category }) => category === "B")
          .map(({ id }) => ({ value: id as string, label: vaccineTitle(id) }))}
      />
    </FieldGroup>
  ),
  async read(form, errors, { work }) {
    const list = await openList(work, form.text("list"));
    if (!list) errors.list = "この番号の名簿はありません。";
    const from = readDate(form.text("from"));
    if (!from) errors.from = "いつから有効かを入力してください。例: R8.11.20";
    const chosen = new Set(form.all("vaccines"));
    const vaccines = schedule.map(({ id }) => id).filter((id) => chosen.has(id));
    if (vaccines.length === 0) errors.vaccines = "予防接種を一つ以上選んでください。";
    if (!list || !from || vaccines.length === 0) return undefined;
    const terms = await cityParameterOn(work, exemptionTerms, from);
    const term = termOf(terms.value, list.ground);
    const period = term && exemptionPeriod(term, from);
    const outside = vaccines.filter((id) => !term?.vaccines.includes(id));
    if (!term) errors.list = "市の定めに、この名簿の要件による減免がありません。";
    else if (outside.length > 0)
      errors.vaccines = `市の定めで減免されない予防接種です: ${outside.map(vaccineTitle).join("、")}`;
    else if (!period) errors.from = "この日からでは、市の定めた有効期間が過ぎています。";
    if (!period || outside.length > 0) return undefined;
    const parameters: ExemptionOrder = {
      list: list.id,
      ground: list.ground,
      asOf: list.asOf as IsoDate,
      vaccines,
      ...period,
    };
    return {
      title: `無料（減免）対象者確認証 ${exemptionGrounds[list.ground]}（名簿 ${listNumber(list)}、${formatWareki(list.asOf as IsoDate)}現在）`,
      parameters,
    };
  },
};
