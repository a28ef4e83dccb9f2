import { refusalReasons } from "#workflows/claims/reasons.ts";
import { type ClaimCare, claimCares } from "#workflows/claims/receipt.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Work } from "../work.ts";
import type { ClaimKind } from "./kind.ts";
import { type ClaimIntake, claimChannelTitles } from "./open.ts";

interface HeldClaim {
  number: string;
  receivedOn: IsoDate;
  state: string;
  channel: ClaimIntake;
  /** For the person; otherwise it is only paid to them. */
  own: boolean;
  total: number | null;
  receipts: {
    month: string;
    day: number | null;
    care: ClaimCare;
    cost: number;
    paid: number;
    meals: number;
    returned: number;
    category: string | null;
    amount: number | null;
    reason: keyof typeof refusalReasons | null;
  }[];
}

/** What is held of the 償還払い of the person of a 開示請求, a line each: each claim, then its receipts. The look is recorded. */
export async function heldOfClaims(
  work: Work,
  request: number,
  { program }: ClaimKind,
): Promise<string[]> {
  const [row] = await work.sql<{ held: HeldClaim[] }[]>`
    select claims.held_of(${program}, ${request}) as held`;
  return (row?.held ?? []).flatMap((claim) => [
    [
      `支給申請 ${claim.number}${claim.own ? "" : "（支給先として）"}`,
      `受付 ${formatWareki(claim.receivedOn)}（${claimChannelTitles[claim.channel]}）`,
      claim.state,
      ...(claim.total === null ? [] : [`支給決定額 ${yen(claim.total)}`]),
    ].join("　"),
    ...claim.receipts.map((one) =>
      [
        `領収書（${claim.number}）　${formatWareki(`${one.month}-01` as IsoDate).replace(/1日$/, "")}${one.day ? `${one.day}日` : ""}　${claimCares[one.care]}`,
        `総医療費 ${yen(one.cost)}`,
        `領収額 ${yen(one.paid)}`,
        ...(one.meals > 0 ? [`食事代 ${yen(one.meals)}`] : []),
        ...(one.returned > 0 ? [`保険者などから受けた額 ${yen(one.returned)}`] : []),
        ...(one.category ? [`適用区分 ${one.category}`] : []),
        ...(one.amount ? [`支給額 ${yen(one.amount)}`] : []),
        ...(one.reason ? [`不支給 ${refusalReasons[one.reason]}`] : []),
      ].join("　"),
    ),
  ]);
}
