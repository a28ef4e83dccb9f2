import { runWork, type Work } from "#src/platform/work.ts";
import {
  type ClinicClaim,
  getClinicClaim,
  rowsOfClinicClaim,
} from "#src/programs/vaccination/clinic-claims/claims.ts";
import { openClinicClaim, type TypedClaim } from "#src/programs/vaccination/clinic-claims/open.ts";
import {
  acceptLine,
  judgeRows,
  type MoveReason,
  moveClinicClaim,
} from "#src/programs/vaccination/clinic-claims/steps.ts";
import type { ToldRecord } from "#src/programs/vaccination/records/take.ts";
import type { Judged } from "#workflows/vaccination/clinic-claims/findings.ts";
import type { ClinicClaimEvent } from "#workflows/vaccination/clinic-claims/machine.ts";
import type { ClaimedLine } from "#workflows/vaccination/clinic-claims/reckon.ts";
import { clinicsOf } from "./clinics.ts";
import type { TestPlatform, TestStaff } from "./database.ts";
import { recordsOf } from "./vaccination-records.ts";

/** What two people have set for claims of clinics, entered as it would stand. */
export async function setClaimTerms(test: TestPlatform): Promise<void> {
  const values: Record<string, unknown> = {
    "vaccination.prices-individual": {
      taxPercent: 10,
      prices: [
        { vaccine: "pcv", given: 12_100, screened: 3190 },
        { vaccine: "flu", given: 5500, screened: 1650 },
      ],
    },
    "vaccination.copays": { copays: [{ vaccine: "flu", ageFrom: 65, amount: 1500 }] },
    "vaccination.clinic-claims": { deadlineDay: 10, lateMonths: 6 },
  };
  for (const [key, value] of Object.entries(values))
    await test.admin`
      insert into city.parameter (key, value, valid_from, source, certainty, proposed_by, proposed_at, decision, decided_by, decided_at, tried_at, tried_cases)
      select ${key}, ${test.admin.json(value as never)}, '2026-04-01', '試験市予防接種委託契約書第7条', 'established', a.id, now(), 'approved', b.id, now(), now(), 0
        from access.staff a, access.staff b where a.login_name = 'operator1' and b.login_name = 'supervisor1'`;
}

/** A line for the first dose of 小児用肺炎球菌. */
export const pcvLine = (count: number, given: Partial<ClaimedLine> = {}): ClaimedLine => ({
  vaccine: "pcv",
  dose: 1,
  product: "",
  outcome: "given",
  count,
  amount: count * 12_100,
  ...given,
});

/** Claims of clinics in a test: clinics, slips, and steps by named staff. */
export function clinicClaimsOf(test: TestPlatform) {
  const { clinic, contract, account } = clinicsOf(test);
  const { child, people, one, take } = recordsOf(test);
  const as = async <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
    runWork(test.platform, await test.actor(who), { purpose: "case", program: "vaccination" }, run);

  /** A clinic with a contract and an account, that gives 小児用肺炎球菌 and インフルエンザ. */
  const contracted = async (vaccines: readonly string[] = ["pcv", "flu"]): Promise<string> => {
    const code = await clinic({}, vaccines);
    await contract(code);
    await account(code, "2026-11-01");
    return code;
  };
  /** Slips of children who were given the first dose of 小児用肺炎球菌 at a clinic. */
  const slips = async (
    clinicCode: string,
    count: number,
    given: Partial<ToldRecord> = {},
  ): Promise<{ slipId: string; shotId: string | undefined; personNumber: string }[]> => {
    const made = [];
    for (let n = 0; n < count; n += 1) {
      const personNumber = await child();
      const taken = await one({
        channel: "slip",
        outcome: "given",
        vaccine: "pcv",
        givenOn: "2026-11-02",
        personNumber,
        clinicCode,
        ...given,
      });
      made.push({ slipId: taken.slipId, shotId: taken.shotId, personNumber });
    }
    return made;
  };
  const open = (
    claimant: string,
    lines: readonly ClaimedLine[],
    given: Partial<TypedClaim> = {},
  ): Promise<string> =>
    as("clerk1", (work) =>
      openClinicClaim(work, {
        claimant,
        month: "2026-11",
        kind: "individual",
        receivedOn: "2026-11-20",
        lines,
        ...given,
      }),
    );
  const read = (id: string): Promise<ClinicClaim> =>
    as("clerk1", (work) => getClinicClaim(work, id));
  const move = async (who: TestStaff, id: string, type: ClinicClaimEvent, reason?: MoveReason) => {
    const { revision: seen } = await read(id);
    await as(who, (work) => moveClinicClaim(work, { id, seen, type, reason }));
  };
  const rows = (id: string) =>
    as(
      "clerk1",
      async (work) => (await rowsOfClinicClaim(work, id, undefined, { from: 0, size: 5000 })).rows,
    );
  const judge = async (
    id: string,
    which: readonly string[],
    how: Judged,
    reason: string,
    who: TestStaff = "clerk2",
  ) => {
    const { revision: seen } = await read(id);
    await as(who, (work) =>
      judgeRows(work, {
        id,
        seen,
        rows: which,
        how,
        reason,
        ...(how === "query" && { dueOn: "2026-12-04" as const }),
      }),
    );
  };
  const accept = async (id: string, place: number, reason: "as-reckoned" | "clinic") => {
    const { revision: seen } = await read(id);
    await as("clerk2", (work) => acceptLine(work, { id, seen, place, reason }));
  };
  /** Reckoned, proposed and approved, each by another. */
  const approved = async (id: string) => {
    await move("clerk2", id, "reckon");
    await move("clerk2", id, "propose");
    await move("supervisor1", id, "approve");
  };
  return {
    as,
    clinic,
    contract,
    account,
    contracted,
    child,
    people,
    one,
    take,
    slips,
    open,
    read,
    move,
    rows,
    judge,
    accept,
    approved,
  };
}
