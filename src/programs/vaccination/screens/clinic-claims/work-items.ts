import { holdsForAll } from "#src/platform/access/actor.ts";
import type { Right } from "#src/platform/access/rights.ts";
import type { WorkSource } from "#src/platform/program.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  clinicClaimNumber,
  clinicClaimStateMeta,
  clinicClaimStates,
  clinicClaimsWaiting,
  clinicCorrectionNumber,
  waitingClinicClaims,
} from "../../clinic-claims/claims.ts";
import { correctionsWaiting, waitingCorrections } from "../../clinic-claims/corrections.ts";
import { queriesDue, queryFigures } from "../../clinic-claims/queries.ts";
import { clinicClaimPaths as paths } from "./paths.ts";

const claims = clinicClaimStates.flatMap((state) => {
  const { waits, title } = clinicClaimStateMeta(state);
  if (!waits) return [];
  return itemsOfKind({
    list: "waiting",
    kind: waits.title,
    for: ({ actor }) => holdsForAll(actor, waits.right as Right, "vaccination"),
    figures: (work) => clinicClaimsWaiting(work, state),
    read: async (work, lines) =>
      (await waitingClinicClaims(work, state, lines)).map((row) => ({
        title: `委託料の請求 ${clinicClaimNumber(row)}`,
        path: paths.claim(row.id),
        since: row.enteredAt,
        state: title,
      })),
  });
});

/** What waits of claims of clinics: to be reckoned, judged, decided; answers that are due; 過誤. */
export const clinicClaimItems: readonly WorkSource[] = [
  ...claims,
  itemsOfKind({
    list: "waiting",
    kind: "医療機関への照会の回答",
    for: ({ actor }) => holdsForAll(actor, "case.examine", "vaccination"),
    figures: queryFigures,
    read: async (work, lines) =>
      (await queriesDue(work, lines)).map((row) => ({
        title: `委託料の請求 ${clinicClaimNumber(row)} 照会${row.rows.toLocaleString("ja-JP")}件`,
        path: `${paths.claim(row.id)}?rows=undecided` as const,
        since: row.enteredAt,
        deadline: row.dueOn as IsoDate,
      })),
  }),
  itemsOfKind({
    list: "waiting",
    kind: "委託料の過誤の決裁",
    for: ({ actor }) => holdsForAll(actor, "case.approve", "vaccination"),
    figures: correctionsWaiting,
    read: async (work, lines) =>
      (await waitingCorrections(work, lines)).map((row) => ({
        title: `委託料の過誤 ${clinicCorrectionNumber(row)}`,
        path: paths.correction(row.id),
        since: row.proposedAt,
      })),
  }),
];
