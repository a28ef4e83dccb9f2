import { expect, test } from "vitest";
import {
  applySearch,
  leftOutOf,
  listByHand,
  searchPerson,
  settleByHand,
} from "#src/platform/high-cost/index.ts";
import { claimsOf, keyedReceipt } from "#test/support/claims.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { highCostOf } from "#test/support/high-cost.ts";
import { type Entitled, receiptsOf } from "#test/support/receipts.ts";

const city = await openTestPlatform();
const cost = highCostOf(city);
const claims = claimsOf(city);
city.platform.clock.moveTo("2026-11-20");
const { entitled } = receiptsOf(city);
const [fund, small, elder, younger] = (await entitled(4)) as [
  Entitled,
  Entitled,
  Entitled,
  Entitled,
];
// Of a case of their own: whoever applied is who is paid.
const [late] = (await entitled(1)) as [Entitled];
const month = "2026-09";
const listed = async (state?: "open" | "settled" | "gone") => {
  const { rows } = await cost.as("clerk1", (work) =>
    listByHand(work, cost.program, { state }, { from: 0, size: 50 }),
  );
  return new Map(rows.map((row) => [row.personNumber, row]));
};
const rowOf = async (person: string) => {
  const row = (await listed()).get(person);
  if (!row) throw new Error("is not listed");
  return row;
};
const settle = async (person: string, outcome: "nothing-due" | null) => {
  const { id, revision } = await rowOf(person);
  await cost.as("clerk1", (work) => settleByHand(work, { id, seen: revision, outcome }));
};

test("他の公費のレセプトと償還払いの領収書は、入れると限度額を超えうる月だけが理由とともに一覧に載り、何も黙って落ちない", async () => {
  const otherFunds = ["54436015"];
  const first = await cost.paid(fund, { month, cost: 900_000, otherFunds });
  await cost.paid(small, { month, cost: 50_000, otherFunds });
  // Each alone is below every limit; they live together.
  await city.admin`update vault.person set household_number = (select household_number from vault.person where person_number = ${younger.person})
    where person_number = ${elder.person}`;
  await cost.paid(elder, { month, cost: 40_000, otherFunds });
  await cost.paid(younger, { month, cost: 50_000 });
  // Refunded first, and then a receipt came.
  await claims.payments.account(late.person);
  const { caseId } = await claims.granted(late.person, [
    keyedReceipt({ month, cost: 60_000, paid: 18_000 }),
  ]);
  await cost.paid(late, { month, cost: 40_000 });

  const id = await cost.searched(month);
  const left = await cost.as("operator1", (work) => leftOutOf(work, id, { page: 1, size: 2 }));
  expect([left.total, left.rows.length, left.rows[0]?.state]).toEqual([3, 2, "new"]);
  expect(await listed()).toEqual(new Map());
  await cost.as("operator1", (work) => applySearch(work, id, 2));
  const open = await listed("open");
  expect([...open.keys()].toSorted()).toEqual([fund.person, elder.person, late.person].toSorted());
  expect(open.get(fund.person)).toMatchObject({
    reasons: ["other-funds"],
    benefitIds: [first],
    fundedShare: 270_000,
    refunds: 0,
    lapsesOn: "2028-09-30",
  });
  expect(open.get(elder.person)).toMatchObject({ fundedShare: 12_000, homeShare: 27_000 });
  expect(open.get(late.person)).toMatchObject({
    reasons: ["refund"],
    refundCases: [caseId],
    refundedShare: 18_000,
    homeShare: 30_000,
  });
});

test("確かめた結果は、同じ月をもう一度抽出しても残り、レセプトが変わると確認待ちに戻り、なくなると対象外になる", async () => {
  await settle(fund.person, "nothing-due");
  await settle(elder.person, "nothing-due");
  await expect(settle(elder.person, "nothing-due")).rejects.toMatchObject({ status: 409 });
  await settle(elder.person, null);
  await settle(elder.person, "nothing-due");
  await cost.applied(month);
  expect([...(await listed("open")).keys()]).toEqual([late.person]);

  // What comes to be known of one person looks at them, and at nobody else.
  const second = await cost.paid(fund, {
    month,
    cost: 30_000,
    otherFunds: ["54436015"],
    institution: "4310000002",
  });
  await city.admin`update vault.person set household_number = person_number where person_number = ${elder.person}`;
  await cost.as("clerk1", (work) => searchPerson(work, cost.program, month, fund.person));
  expect(await rowOf(fund.person)).toMatchObject({ state: "open", fundedShare: 279_000 });
  expect((await rowOf(elder.person)).state).toBe("settled");
  await cost.takeBack(second);
  await cost.applied(month);
  expect(await rowOf(fund.person)).toMatchObject({ state: "open", fundedShare: 270_000 });
  expect((await rowOf(elder.person)).state).toBe("gone");
  // What a search works on goes with it.
  expect(await city.admin`select from high_cost.search_bill`).toHaveLength(0);
});
