import { and, asc, count, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import {
  claim,
  claimEvent,
  claimLine,
  claimPaper,
  claimRow,
  correction,
} from "#db/schema/clinic-claims.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { stateMeta, stateNames } from "#workflows/flows/answer.ts";
import type { Disposition } from "#workflows/vaccination/clinic-claims/findings.ts";
import {
  type ClinicClaimState,
  clinicClaimV1,
} from "#workflows/vaccination/clinic-claims/machine.ts";
import type { PricedOutcome } from "#workflows/vaccination/contract-prices.ts";

export type ClinicClaim = Omit<typeof claim.$inferSelect, "state"> & { state: ClinicClaimState };
export type ClinicClaimLine = typeof claimLine.$inferSelect;
export type ClinicClaimRow = typeof claimRow.$inferSelect;
export type ClinicCorrection = typeof correction.$inferSelect;

/** Number as it is shown: `I000012`. */
export const clinicClaimNumber = ({ serial }: { serial: number }): string =>
  `I${String(serial).padStart(6, "0")}`;
/** Number of a 過誤: `K000012`. */
export const clinicCorrectionNumber = ({ serial }: { serial: number }): string =>
  `K${String(serial).padStart(6, "0")}`;

export const clinicClaimStates = stateNames(clinicClaimV1) as ClinicClaimState[];
export const clinicClaimStateMeta = (state: ClinicClaimState) => stateMeta(clinicClaimV1, state);
const furtherEvents: Readonly<Record<string, string>> = {
  open: "受付",
  "change-lines": "請求の内容の変更",
  "judge-pay": "予診票の審査（支払う）",
  "judge-return": "予診票の審査（返戻）",
  "judge-query": "予診票の審査（照会）",
  "judge-refuse": "予診票の審査（支払わない）",
  "judge-later": "予診票の審査（次回に回す）",
  answer: "照会の回答",
  "accept-line": "差額の確認",
  "accept-late": "期限後の請求の確認",
};
export const clinicClaimEventTitle = (event: string): string =>
  furtherEvents[event] ??
  (clinicClaimV1.events as Readonly<Record<string, { title: string }>>)[event]?.title ??
  event;

/** Which claims are listed. */
export interface ClaimFilter {
  readonly month?: string | undefined;
  readonly state?: ClinicClaimState | undefined;
  readonly kind?: ClinicClaim["kind"] | undefined;
  /** Those with lines that differ, or rows that nobody has judged. */
  readonly differing?: boolean | undefined;
}

/** The claim of a row, in a statement of its own within the list: named with its table, as other tables have an id too. */
const own = sql.raw('"claim"."id"');

const differs = sql`(exists (select from clinic_claims.claim_row r where r.claim_id = ${own} and r.disposition in ('open', 'query', 'return', 'refuse'))
  or (select sum(l.amount) from clinic_claims.claim_line l where l.claim_id = ${own}) is distinct from
     (select coalesce(sum(r.amount), 0) from clinic_claims.claim_row r where r.claim_id = ${own} and r.disposition = 'pay'))`;

const narrowed = ({ month, state, kind, differing }: ClaimFilter): SQL | undefined =>
  and(
    month === undefined ? undefined : eq(claim.month, month),
    state === undefined ? undefined : eq(claim.state, state),
    kind === undefined ? undefined : eq(claim.kind, kind),
    differing ? differs : undefined,
  );

/** Claims of a month or a state, newest first, each with what is claimed and what it comes to. */
export async function listClinicClaims(work: Work, filter: ClaimFilter, { from, size }: Lines) {
  const where = narrowed(filter);
  const rows = await work.tx
    .select({
      claim,
      claimed: sql<number>`(select coalesce(sum(l.count), 0)::integer from clinic_claims.claim_line l where l.claim_id = ${own})`,
      claimedYen: sql<string>`(select coalesce(sum(l.amount), 0) from clinic_claims.claim_line l where l.claim_id = ${own})`,
      paid: sql<number>`(select count(*)::integer from clinic_claims.claim_row r where r.claim_id = ${own} and r.disposition = 'pay')`,
      paidYen: sql<string>`(select coalesce(sum(r.amount), 0) from clinic_claims.claim_row r where r.claim_id = ${own} and r.disposition = 'pay')`,
      open: sql<number>`(select count(*)::integer from clinic_claims.claim_row r where r.claim_id = ${own} and r.disposition in ('open', 'query'))`,
      returned: sql<number>`(select count(*)::integer from clinic_claims.claim_row r where r.claim_id = ${own} and r.disposition = 'return')`,
    })
    .from(claim)
    .where(where)
    .orderBy(desc(claim.month), asc(claim.serial))
    .limit(size)
    .offset(from);
  return {
    total: await work.tx.$count(claim, where),
    rows: rows.map((row) => ({
      ...row,
      claim: row.claim as ClinicClaim,
      claimedYen: Number(row.claimedYen),
      paidYen: Number(row.paidYen),
    })),
  };
}

/** How many claims of a month stand in each state. */
export const clinicClaimFigures = (work: Work, month: string | undefined) =>
  work.tx
    .select({ state: claim.state, claims: count() })
    .from(claim)
    .where(narrowed({ month }))
    .groupBy(claim.state);

/** What a month came to by contract: claimed, to be paid, returned, paid. */
export interface MonthTotal {
  kind: ClinicClaim["kind"];
  claims: number;
  claimed: number;
  claimedYen: number;
  paid: number;
  paidYen: number;
  returned: number;
  setOff: number;
}
export async function totalsOfMonth(work: Work, month: string): Promise<MonthTotal[]> {
  const rows = await work.sql<MonthTotal[]>`
    select c.kind, count(*)::int as claims, coalesce(sum(l.n), 0)::int as claimed, coalesce(sum(l.y), 0)::float8 as "claimedYen",
           coalesce(sum(r.n), 0)::int as paid, coalesce(sum(r.y), 0)::float8 as "paidYen", coalesce(sum(r.back), 0)::int as returned, coalesce(sum(c.set_off), 0)::float8 as "setOff"
      from clinic_claims.claim c
      left join lateral (select sum(x.count) as n, sum(x.amount) as y from clinic_claims.claim_line x where x.claim_id = c.id) l on true
      left join lateral (select count(*) filter (where x.disposition = 'pay') as n, sum(x.amount) filter (where x.disposition = 'pay') as y,
                                count(*) filter (where x.disposition = 'return') as back from clinic_claims.claim_row x where x.claim_id = c.id) r on true
     where c.month = ${month} and c.state <> 'withdrawn' group by c.kind order by c.kind`;
  return [...rows];
}

/** Who has slips or records of a month that nobody has claimed: most of them first. */
export async function unclaimedOf(work: Work, month: string, { from, size }: Lines) {
  const rows = await work.sql<
    { claimant: string; clinics: number; slips: number; total: number }[]
  >`select claimant, clinics, slips, total::int from clinic_claims.unclaimed(${month}, ${from}, ${size})`;
  return { rows: [...rows], total: rows[0]?.total ?? 0 };
}

/** What waits in a state: how much, and the oldest. */
export async function clinicClaimsWaiting(work: Work, state: ClinicClaimState): Promise<Figures> {
  const [row] = await work.tx
    .select({
      count: count(),
      since: sql<Date | null>`min(${claim.enteredAt})`.mapWith(claim.enteredAt),
    })
    .from(claim)
    .where(eq(claim.state, state));
  return { count: row?.count ?? 0, since: row?.since ?? null };
}
export async function waitingClinicClaims(
  work: Work,
  state: ClinicClaimState,
  { from, size }: Lines,
): Promise<ClinicClaim[]> {
  const rows = await work.tx
    .select()
    .from(claim)
    .where(eq(claim.state, state))
    .orderBy(asc(claim.enteredAt), asc(claim.serial))
    .limit(size)
    .offset(from);
  return rows as ClinicClaim[];
}

/** The claim itself. @throws Problem 404 */
export async function getClinicClaim(work: Work, id: string): Promise<ClinicClaim> {
  const [row] = await work.tx.select().from(claim).where(eq(claim.id, id));
  if (!row) throw notFound("この請求は見つかりません。");
  return row as ClinicClaim;
}

/** A line of a claim beside what its rows come to; without a place: nobody claimed it. */
export interface ComparedLine {
  place: number | null;
  vaccine: string;
  dose: number;
  product: string;
  outcome: PricedOutcome;
  claimed: number;
  claimedYen: number;
  paid: number;
  paidYen: number;
  accepted: ClinicClaimLine["accepted"];
}
export async function comparedLines(work: Work, id: string): Promise<ComparedLine[]> {
  const rows = await work.sql<ComparedLine[]>`
    select place, vaccine, dose, product, outcome, claimed, claimed_yen::float8 as "claimedYen", paid, paid_yen::float8 as "paidYen", accepted
      from clinic_claims.lines_of(${id})`;
  return [...rows];
}
export const isDifferent = (line: ComparedLine): boolean =>
  line.claimed !== line.paid || line.claimedYen !== line.paidYen;

/** Lines as the clinic wrote them. */
export const linesOfClinicClaim = (work: Work, id: string): Promise<ClinicClaimLine[]> =>
  work.tx.select().from(claimLine).where(eq(claimLine.claimId, id)).orderBy(asc(claimLine.place));

/** How many rows of a claim come to what. */
export const rowFigures = (work: Work, id: string) =>
  work.tx
    .select({
      disposition: claimRow.disposition,
      rows: count(),
      yen: sql<number>`coalesce(sum(${claimRow.amount}), 0)::float8`,
    })
    .from(claimRow)
    .where(eq(claimRow.claimId, id))
    .groupBy(claimRow.disposition);

/** Rows of a claim, of some dispositions or all, by clinic, day and vaccine. */
export async function rowsOfClinicClaim(
  work: Work,
  id: string,
  of: readonly Disposition[] | undefined,
  { from, size }: Lines,
) {
  const where = and(
    eq(claimRow.claimId, id),
    of === undefined ? undefined : inArray(claimRow.disposition, [...of]),
  );
  const rows = await work.tx
    .select()
    .from(claimRow)
    .where(where)
    .orderBy(
      asc(claimRow.clinicCode),
      asc(claimRow.givenOn),
      asc(claimRow.vaccine),
      asc(claimRow.id),
    )
    .limit(size)
    .offset(from);
  return { rows, total: await work.tx.$count(claimRow, where) };
}

/** History, papers and corrections of a claim, and those that its payment took in. */
export async function recordOfClinicClaim(work: Work, row: ClinicClaim) {
  const { id, claimantCode } = row;
  const events = await work.tx
    .select()
    .from(claimEvent)
    .where(eq(claimEvent.claimId, id))
    .orderBy(asc(claimEvent.id));
  const papers = await work.tx
    .select({ paper: claimPaper, issuer: staff.displayName })
    .from(claimPaper)
    .innerJoin(staff, eq(staff.id, claimPaper.issuedBy))
    .where(eq(claimPaper.claimId, id))
    .orderBy(desc(claimPaper.serial));
  const own = await work.tx
    .select()
    .from(correction)
    .where(eq(correction.claimId, id))
    .orderBy(asc(correction.serial));
  const applied = await work.tx
    .select()
    .from(correction)
    .where(
      and(
        eq(correction.claimantCode, claimantCode),
        eq(correction.state, "approved"),
        ["approved", "paid"].includes(row.state)
          ? eq(correction.appliedTo, id)
          : sql`${correction.appliedTo} is null`,
      ),
    )
    .orderBy(asc(correction.serial));
  const carried = await work.tx
    .select()
    .from(claim)
    .where(
      and(
        eq(claim.claimantCode, claimantCode),
        sql`${claim.carry} < 0 and ${claim.state} = 'paid' and ${claim.id} <> ${id}`,
        ["approved", "paid"].includes(row.state)
          ? eq(claim.carriedTo, id)
          : sql`${claim.carriedTo} is null`,
      ),
    );
  return { events, papers, corrections: own, applied, carried: carried as ClinicClaim[] };
}
