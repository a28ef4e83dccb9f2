import type { Work } from "#src/platform/work.ts";
import { showMonth } from "#src/web/claims/receipt-fields.tsx";
import { showDate } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  type Disposition,
  dispositions,
  judgingReasonTitle,
} from "#workflows/vaccination/clinic-claims/findings.ts";
import { clinicClaimNumber } from "../../clinic-claims/claims.ts";
import { pricedTitle } from "../../clinic-claims/papers.ts";

interface Held {
  claim: number;
  month: string;
  clinic: string;
  vaccine: string;
  dose: number;
  outcome: string;
  givenOn: IsoDate;
  price: number | null;
  copay: number;
  exempt: boolean;
  amount: number | null;
  disposition: Disposition;
  reason: string | null;
}

/** For which doses of the person of a request clinics claimed, a line each. */
export async function heldOfClinicClaims(work: Work, request: number): Promise<readonly string[]> {
  const [row] = await work.sql<{ held: Held[] }[]>`
    select clinic_claims.held_of(${request}) as held`;
  if (!row) throw new Error("no answer");
  return row.held.map((one) =>
    [
      `委託料の請求 ${clinicClaimNumber({ serial: one.claim })}（${showMonth(one.month)}分）`,
      `${showDate(one.givenOn)} ${pricedTitle(one)}`,
      `医療機関 ${one.clinic}`,
      one.price === null ? "単価なし" : `単価 ${yen(one.price)}`,
      `自己負担 ${one.exempt ? "減免" : yen(one.copay)}`,
      `${dispositions[one.disposition]}${one.disposition === "pay" ? ` ${yen(one.amount ?? 0)}` : ""}`,
      ...(one.reason ? [`理由 ${judgingReasonTitle(one.reason)}`] : []),
    ].join("　"),
  );
}
