import { refuseInWords } from "#src/platform/refusals.ts";
import { putSealedAll } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import { usualReport } from "#workflows/vaccination/mistakes/categories.ts";
import { clinicNames } from "../clinics/hints.ts";
import type { JudgedTold, MatchedTold } from "./judge-told.ts";
import { handbookFigures, handbookToken } from "./match.ts";
import type { SlipDetails, TakenRecord, ToldRecord } from "./told.ts";

/** A judged slip on its way into the database, with what is sealed of it; `seen` is the revision of one that waited. */
export type Kept = JudgedTold & {
  id: string;
  detailsId: string | null;
  seen?: number | undefined;
};

/**
 * Writes what was judged: records, slips, incidents. What became of each, in the order given.
 *
 * @throws Problem 409 where somebody was faster
 */
export async function keepJudged(work: Work, judged: readonly Kept[]): Promise<TakenRecord[]> {
  if (judged.length === 0) return [];
  const clinics = await clinicNames(
    work,
    judged.map(({ told }) => told.clinicCode),
  );
  const rows = judged.map((one) => ({
    ...rowOf(work, one),
    // As the register has it, where the code is of it.
    clinic_name: clinics.get(one.told.clinicCode ?? "") ?? (one.told.clinicName || null),
  }));
  await refuseInWords(
    work.sql`select vaccination.take_slips(${JSON.stringify(rows)}::text::jsonb)`,
    "この予診票か接種記録は、ほかの職員が先に入力しました。",
  );
  return judged.map((one, at) => ({
    slipId: one.id,
    state: one.state,
    shotId: rows[at]?.shot_id ?? undefined,
    personNumber: one.matched.personNumber,
    doubts: one.doubts,
  }));
}

function rowOf(work: Work, one: Kept) {
  const { told, matched, state, mistake } = one;
  const { motherChildNumber } = told;
  const bears = motherChildNumber !== undefined && handbookFigures(motherChildNumber) !== "";
  return {
    id: one.id,
    seen: one.seen ?? null,
    channel: told.channel,
    reference: told.reference ?? null,
    outcome: told.outcome,
    state,
    person_number: matched.personNumber ?? null,
    coupon_number: matched.coupon?.number ?? null,
    vaccine: one.vaccine,
    dose: one.dose ?? null,
    given_on: told.givenOn,
    product: told.product || null,
    lot: told.lot || null,
    volume: told.volume || null,
    route: told.route ?? null,
    clinic_code: told.clinicCode || null,
    interview_on: told.interviewOn ?? null,
    details_id: one.detailsId,
    matched_by: matched.by ?? null,
    score: matched.score ?? null,
    doubts: one.doubts.map(({ code }) => code),
    accepted: state === "recorded" || state === "noted" ? (told.accept ?? null) : null,
    shot_id: one.shotId ?? null,
    handbook: bears ? String(handbookToken(work, motherChildNumber)) : null,
    mistake: mistake ?? null,
    report: (mistake && usualReport(mistake)) ?? null,
  };
}

/** Seals what is personal of each: for the person, where there is one, or for the slip while it is nobody's. Ids in the order given. */
export async function sealDetails(
  work: Work,
  slips: readonly (MatchedTold & { id: string })[],
  people: ReadonlyMap<string, unknown>,
): Promise<(string | null)[]> {
  const said = slips.flatMap(({ id, told, matched: { personNumber: number = "" } }, at) => {
    const data = detailsOf(told);
    const holder = people.has(number) ? number : `slip:${id}`;
    return data ? [{ at, holder, program: "vaccination", kind: "shot-details", data }] : [];
  });
  const ids = await putSealedAll(work, said);
  const found: (string | null)[] = slips.map(() => null);
  said.forEach(({ at }, n) => {
    found[at] = ids[n] ?? null;
  });
  return found;
}

function detailsOf({
  doctor,
  motherChildNumber,
  identity,
  image,
}: ToldRecord): SlipDetails | undefined {
  const told = {
    ...(doctor && { doctor }),
    ...(motherChildNumber && { motherChildNumber }),
    ...(image && { image }),
    ...(identity && Object.values(identity).some(Boolean) && { identity }),
  };
  return Object.keys(told).length > 0 ? told : undefined;
}
