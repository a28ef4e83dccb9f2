import {
  type AnyRenewalKind,
  letterSorts,
  letterSortTitles,
  listSeasons,
  renewalMailingId,
  renewalOrder,
} from "#src/platform/renewals/index.ts";
import { partsOf } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import { FieldGroup, NumberField } from "../components/index.ts";
import type { OrderPage } from "../mailings/index.ts";

const hints = {
  form: "まだ提出していない方全員に送ります。前に送った方には送りません。",
  reminder: "現況届を送り、まだ提出していない方に送ります。",
  warning: "現況届を送り、まだ提出していない方に、提出がないとどうなるかを知らせます。",
  notice: "喪失・支給停止が決裁され、まだ通知していない方に、教示を付けて送ります。",
} as const;

/** Orders of the letters of a season, one page a sort. */
export const renewalOrders = (kind: AnyRenewalKind): OrderPage[] => {
  const { program } = kind.application;
  return letterSorts.map((sort) => ({
    kind: { id: renewalMailingId(program, sort) },
    path: `renewals/send-${sort}`,
    title:
      sort === "form" ? `${kind.title}を送る` : `${kind.title}の${letterSortTitles[sort]}を送る`,
    button: "対象者を抽出する",
    audit: "renewal.run-started",
    Fields: ({ today }) => (
      <FieldGroup title="どの期のものか">
        <NumberField
          name="year"
          label="年度（西暦）"
          required
          width={8}
          value={String(partsOf(today).month < 4 ? partsOf(today).year - 1 : partsOf(today).year)}
          hint={hints[sort]}
        />
      </FieldGroup>
    ),
    async read(form, errors, { work }) {
      const year = form.integer("year");
      const season = (await listSeasons(work, program)).find(
        (one) => one.state === "open" && one.year === year,
      );
      if (!season) {
        errors.year = "この年度の、受付中の期はありません。";
        return undefined;
      }
      return {
        title:
          `${formatFiscalYear(season.year)} ${kind.title} ${sort === "form" ? "" : letterSortTitles[sort]}`.trim(),
        parameters: renewalOrder(season, sort),
      };
    },
  }));
};
