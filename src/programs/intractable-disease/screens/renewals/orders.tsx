import type { Work } from "#src/platform/work.ts";
import { DateField, FieldGroup } from "#src/web/components/index.ts";
import { readDate } from "#src/web/dates.ts";
import type { OrderPage } from "#src/web/mailings/index.ts";
import type { Values } from "#src/web/values.ts";
import { certificateOrder, renewedCertificates } from "../../renewals/certificates.ts";
import { letterKindId, letterOrder, letterSorts, letterTitles } from "../../renewals/letters.ts";
import { listSeasons, type Season } from "../../renewals/seasons.ts";
import { seasonTitle } from "./parts.tsx";

const hints = {
  invitation: "まだ申請していない対象者全員に送ります。前に送った方には送りません。",
  reminder: "お知らせを送り、まだ申請していない方に送ります。",
} as const;

/** The season that somebody means by its last day; where they say none, the open one that ends first, else the last. */
async function seasonMeant(
  form: Values,
  errors: Record<string, string>,
  work: Work,
  states: readonly Season["state"][] = ["open"],
): Promise<Season | undefined> {
  const asked = form.text("endsOn");
  const day = readDate(asked);
  const found = (await listSeasons(work)).filter(({ state }) => states.includes(state));
  const season =
    asked === ""
      ? (found.findLast(({ state }) => state === "open") ?? found[0])
      : found.find(({ endsOn }) => endsOn === day);
  if (!season) errors.endsOn = "この日に終わる更新の期で、いま送れるものはありません。";
  return season;
}

const SeasonField = ({ hint }: { hint: string }) => (
  <FieldGroup title="どの期のものか">
    <DateField
      name="endsOn"
      label="有効期間の終わりの日"
      hint={`空のときは、受付中の期のうち早く終わるもの（なければ最後の期）。${hint}`}
    />
  </FieldGroup>
);

/** Orders of the letters of the open season, one page a sort. */
const letterOrders: readonly OrderPage[] = letterSorts.map((sort) => ({
  kind: { id: letterKindId(sort) },
  path: `renewals/send-${sort}`,
  title: sort === "invitation" ? "更新申請のお知らせを送る" : "更新申請の再度のお知らせを送る",
  button: "対象者を抽出する",
  audit: "intractable-renewal.run-started",
  Fields: () => <SeasonField hint={hints[sort]} />,
  async read(form, errors, { work }) {
    const season = await seasonMeant(form, errors, work);
    if (!season) return undefined;
    return {
      title: `${seasonTitle(season)} ${letterTitles[sort]}`,
      parameters: letterOrder(season, sort),
    };
  },
}));

/** And of the new certificates of whoever was renewed. */
export const renewalOrders: readonly OrderPage[] = [
  ...letterOrders,
  {
    kind: renewedCertificates,
    path: "renewals/send-certificates",
    title: "更新した受給者証を送る",
    button: "対象者を抽出する",
    audit: "intractable-renewal.run-started",
    Fields: () => (
      <SeasonField hint="更新が決まり、受給者証を交付した方に送ります。一度送った方には送りません。" />
    ),
    async read(form, errors, { work }) {
      const season = await seasonMeant(form, errors, work, ["open", "closed"]);
      return season
        ? {
            title: `${seasonTitle(season)} 受給者証`,
            parameters: certificateOrder(season),
          }
        : undefined;
    },
  },
];
