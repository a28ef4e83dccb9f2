import { randomUUID } from "node:crypto";
import {
  answerLine,
  askMandate,
  type ClaimAnswer,
  claimActions,
  enterInsurance,
  gatherClaim,
  listEntries,
  mandatesOf,
  moveClaim,
  moveEntry,
  moveMandate,
  readClaim,
  readEntry,
  readSearch,
  receiveMoney,
} from "#src/platform/high-cost/index.ts";
import { applySearch, openSearch, search } from "#src/platform/high-cost/search.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import type { HighCostClaimEvent } from "#workflows/high-cost/claim-machine.ts";
import type { HighCostEntryEvent } from "#workflows/high-cost/entry-machine.ts";
import type { HighCostCategory } from "#workflows/medical/high-cost.ts";
import type { TestPlatform, TestStaff } from "./database.ts";
import type { Entitled } from "./receipts.ts";

/** 国保, 国保組合 and 協会けんぽ, with check digits. */
export const insurers = { national: "431007", union: "433011", kyokai: "01430016" } as const;
const program = "child-medical";

/** 高額療養費 of こども医療 in a test: receipts that were paid, searches, claims, moved by named staff. */
export function highCostOf(test: TestPlatform) {
  const as = async <T>(who: TestStaff | "system", run: (work: Work) => Promise<T>) =>
    runWork(
      test.platform,
      who === "system" ? await test.system() : await test.actor(who),
      { purpose: "payment", program },
      run,
    );
  let row = 0;
  let file: string | undefined;

  /** A receipt in the ledger, as a committed file would have left it. Three tenths are the patient's, all of them paid by the city. */
  async function paid(
    one: Pick<Entitled, "person" | "recipientNumber" | "entitlementId" | "payer">,
    given: {
      month?: IsoMonth;
      cost: number;
      insurer?: string | null;
      institution?: string;
      care?: "outpatient" | "inpatient" | "pharmacy";
      subsidy?: number;
      highCost?: number;
      category?: HighCostCategory;
      multiple?: boolean;
      otherFunds?: string[];
    },
  ): Promise<number> {
    const { month = "2026-09", cost, institution = "4310000001", care = "inpatient" } = given;
    const insurer = given.insurer === undefined ? insurers.national : given.insurer;
    const insured = Math.round(cost * 0.7);
    const highCost = given.highCost ?? 0;
    const subsidy = given.subsidy ?? cost - insured - highCost;
    if (!file) {
      file = randomUUID();
      await test.admin`insert into receipts.file (id, format, channel, claim_month, payment_month, file_name, state, prepared_by, committed_by, digest)
        select ${file}, 'csv', 'federation', '2026-10', '2026-11', 'shiken.csv', 'committed', a.id, b.id, repeat('0', 64)
          from access.staff a, access.staff b where a.login_name = 'operator1' and b.login_name = 'supervisor1'`;
      await test.admin`insert into receipts.lot (file_id, number, first_row, row_count, sealed_id) values (${file}, 1, 1, 1, ${randomUUID()})`;
    }
    row += 1;
    await test.admin`insert into receipts.institution (code, name, named_in) values (${institution}, '見本病院', '2026-10') on conflict do nothing`;
    await test.admin`insert into receipts.receipt (file_id, row, lot, line, program, person_number, posted, treatment_month, high_cost_category, high_cost_multiple)
      values (${file}, ${row}, 1, ${row}, ${program}, ${one.person}, true, ${month}, ${given.category ?? null}, ${given.multiple ?? false})`;
    const [made] = await test.admin<{ id: number }[]>`
      insert into receipts.benefit (kind, program, person_number, recipient_number, entitlement_id, office_code, file_id, row, channel, claim_month, treatment_month,
        payment_month, institution, care, payer_number, insurer_number, other_funds, days, points, total_cost, insured, high_cost, additional_benefit, other_public,
        subsidy, patient_pays, remarks, recorded_by)
      select 'original', ${program}, ${one.person}, ${one.recipientNumber}, ${one.entitlementId}, '431010', ${file}, ${row}, 'federation', '2026-10', ${month},
        '2026-11', ${institution}, ${care}, ${one.payer}, ${insurer}, ${given.otherFunds ?? []}::text[], 5, ${cost / 10}, ${cost}, ${insured}, ${highCost}, 0, 0,
        ${subsidy}, ${cost - insured - highCost - subsidy}, '{}', s.id from access.staff s where s.login_name = 'operator1' returning id::integer`;
    if (!made) throw new Error("a row of the ledger has an id");
    return made.id;
  }

  /** Another row that takes one of the ledger away (過誤). */
  const takeBack = (id: number) => test.admin`
    insert into receipts.benefit (kind, origin_id, program, person_number, recipient_number, entitlement_id, office_code, file_id, row, channel, claim_month, treatment_month,
      payment_month, institution, care, payer_number, insurer_number, other_funds, days, points, total_cost, insured, high_cost, additional_benefit, other_public,
      subsidy, patient_pays, remarks, recorded_by)
    select 'withdrawal', id, program, person_number, recipient_number, entitlement_id, office_code, file_id, row, channel, claim_month, treatment_month, payment_month,
      institution, care, payer_number, insurer_number, other_funds, days, -points, -total_cost, -insured, -high_cost, 0, 0, -subsidy, -patient_pays, '{}', recorded_by
      from receipts.benefit where id = ${id}`;

  /** A search of a month as far as its preview. */
  async function searched(month: IsoMonth = "2026-09", who: TestStaff = "operator1") {
    const id = await as(who, (work) => openSearch(work, program, month));
    await search(test.platform, await test.system(), id, {
      options: { purpose: "scheduled", program },
    });
    return id;
  }
  const preview = (id: string) =>
    as("operator1", async (work) => {
      const { figures } = await readSearch(work, id, { page: 1, size: 50 });
      return Object.fromEntries(figures.map(({ change, count }) => [change, count]));
    });
  async function applied(month: IsoMonth = "2026-09", who: TestStaff = "operator1") {
    const id = await searched(month, who);
    await as(who, (work) => applySearch(work, id, 2));
    return id;
  }

  const entries = (month?: IsoMonth) =>
    as(
      "operator1",
      async (work) => (await listEntries(work, program, { month }, { from: 0, size: 100 })).rows,
    );
  const entryOf = async (person: string, month: IsoMonth = "2026-09") => {
    const found = (await entries(month)).filter(({ persons }) => persons.includes(person));
    const one = found.find(({ state }) => state !== "gone") ?? found[0];
    if (!one) throw new Error("nothing was found of this person");
    return one;
  };
  const read = (id: string) => as("operator1", async (work) => (await readEntry(work, id)).entry);
  const move = async (who: TestStaff, id: string, type: HighCostEntryEvent, reason?: string) => {
    const { revision } = await read(id);
    await as(who, (work) => moveEntry(work, { id, seen: revision, type, reason }));
  };

  const insurance = (
    person: string,
    given: {
      insurer?: string;
      category?: HighCostCategory | null;
      multiple?: boolean;
      insuredPerson?: string | null;
      who?: TestStaff;
    },
  ) =>
    as(given.who ?? "clerk1", (work) =>
      enterInsurance(work, {
        program,
        personNumber: person,
        insurer: given.insurer ?? insurers.national,
        fromMonth: "2026-04",
        toMonth: null,
        category: given.category ?? null,
        multiple: given.multiple ?? false,
        insuredPerson: given.insuredPerson ?? null,
        evidence: "inquiry",
      }),
    );

  async function mandate(person: string, insurer: string = insurers.union, standing = true) {
    const id = await as("clerk1", (work) =>
      askMandate(work, {
        program,
        personNumber: person,
        insurer,
        fromMonth: "2026-09",
        standing,
        askedOn: test.platform.clock.today(),
      }),
    );
    return id;
  }
  const moveMandateTo = async (
    person: string,
    id: string,
    to: "received" | "revoked" | "cancelled",
  ) => {
    const [row] = (await as("clerk1", (work) => mandatesOf(work, program, person))).filter(
      (one) => one.id === id,
    );
    await as("clerk1", (work) =>
      moveMandate(work, { id, seen: row?.revision ?? 0, to, on: test.platform.clock.today() }),
    );
  };

  const gathered = (insurer: string = insurers.national, through: IsoMonth = "2026-10") =>
    as("operator1", (work) => gatherClaim(work, { program, insurer, through }));
  const claim = (id: string) =>
    as("operator1", (work) => readClaim(work, id, { from: 0, size: 100 }));
  const step = async (who: TestStaff, id: string, type: HighCostClaimEvent, reason?: string) => {
    const { revision } = (await claim(id)).claim;
    await as(who, (work) =>
      moveClaim(work, { id, seen: revision, type, reason, sentOn: test.platform.clock.today() }),
    );
  };
  async function sent(insurer?: string) {
    const id = await gathered(insurer);
    await step("operator1", id, "submit");
    await step("supervisor1", id, "approve");
    await step("operator1", id, "send");
    return id;
  }
  const answer = async (
    id: string,
    entryId: string,
    given: { answer: ClaimAnswer; granted?: number; reason?: string },
    who: TestStaff = "clerk1",
  ) => {
    const { revision } = (await claim(id)).claim;
    await as(who, (work) =>
      answerLine(work, {
        id,
        seen: revision,
        entryId,
        answeredOn: test.platform.clock.today(),
        ...given,
      }),
    );
  };
  const receive = async (id: string, amount: number, reference = "N-1") => {
    const { revision } = (await claim(id)).claim;
    await as("cashier1", (work) =>
      receiveMoney(work, {
        id,
        seen: revision,
        amount,
        reference,
        receivedOn: test.platform.clock.today(),
      }),
    );
  };
  const buttons = (who: TestStaff, id: string) =>
    as(who, async (work) =>
      claimActions(work, (await readClaim(work, id, { from: 0, size: 1 })).claim),
    );

  return {
    program,
    as,
    paid,
    takeBack,
    searched,
    preview,
    applied,
    entries,
    entryOf,
    read,
    move,
    insurance,
    mandate,
    moveMandateTo,
    gathered,
    claim,
    step,
    sent,
    answer,
    receive,
    buttons,
  };
}
