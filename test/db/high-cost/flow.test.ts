import { expect, test } from "vitest";
import {
  applySearch,
  askBack,
  askMandate,
  enterInsurance,
  entryActions,
  printMandate,
  searchPerson,
  takeClaimFile,
} from "#src/platform/high-cost/index.ts";
import { search } from "#src/platform/high-cost/search.ts";
import { moveRepayment, readRepayment } from "#src/platform/payments/index.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { highCostOf, insurers } from "#test/support/high-cost.ts";
import { type Entitled, receiptsOf } from "#test/support/receipts.ts";
import { lapsesOn } from "#workflows/high-cost/lapse.ts";

const city = await openTestPlatform();
const cost = highCostOf(city);
const { entitled } = receiptsOf(city);
city.platform.clock.moveTo("2026-11-20");
const people = async <N extends 1 | 2 | 3 | 4>(many: N) =>
  (await entitled(many)) as unknown as {
    1: [Entitled];
    2: [Entitled, Entitled];
    3: [Entitled, Entitled, Entitled];
    4: [Entitled, Entitled, Entitled, Entitled];
  }[N];
const stateOf = async (id: string) => (await cost.read(id)).state;

test("月の抽出は、限度額を超えたものだけを見つけ、確かめてから反映し、もう一度行っても同じで、過誤の後は違いを示す", async () => {
  const [high, low, unknown, fund] = await people(4);
  const month = "2026-08";
  const benefit = await cost.paid(high, { month, cost: 1_000_000, category: "ウ" });
  await cost.paid(low, { month, cost: 50_000, category: "ウ" });
  await cost.paid(unknown, { month, cost: 500_000 });
  await cost.paid(fund, { month, cost: 900_000, category: "ウ", otherFunds: ["54436015"] });
  const id = await cost.searched(month);
  expect(await cost.preview(id)).toEqual({ new: 2, changed: 0, gone: 0, late: 0, same: 0 });
  expect(await cost.entries(month)).toEqual([]);
  // A second search of the month waits for the first.
  await expect(cost.searched(month)).rejects.toMatchObject({ status: 409 });
  await cost.as("operator1", (work) => applySearch(work, id, 2));
  await expect(cost.as("operator1", (work) => applySearch(work, id, 2))).rejects.toMatchObject({
    status: 409,
  });
  // 300,000 less 92,940 (区分ウ since 2026-08).
  expect(await cost.entryOf(high.person, month)).toMatchObject({
    amount: 207_060,
    ofCity: 207_060,
    ofPerson: 0,
    needsMandate: true,
    state: "mandate-wanted",
    lapsesOn: lapsesOn(month),
    missing: [],
  });
  expect(await cost.entryOf(unknown.person, month)).toMatchObject({
    ofCity: 0,
    state: "query",
    missing: ["category"],
  });
  const again = await cost.searched(month);
  expect(await cost.preview(again)).toEqual({ new: 0, changed: 0, gone: 0, late: 0, same: 2 });
  await cost.as("operator1", (work) => applySearch(work, again, 2));

  // Killed between two steps it goes on, and has looked at nobody twice.
  await cost.takeBack(benefit);
  const stopped = new AbortController();
  const third = await cost.searched(month);
  stopped.abort();
  await expect(
    search(city.platform, await city.system(), third, {
      options: { purpose: "scheduled", program: cost.program },
      signal: stopped.signal,
    }),
  ).rejects.toThrow();
  expect(await cost.preview(third)).toEqual({ new: 0, changed: 0, gone: 1, late: 0, same: 1 });
  await cost.as("operator1", (work) => applySearch(work, third, 2));
  expect((await cost.entryOf(high.person, month)).state).toBe("gone");
  await cost.paid(high, { month, cost: 800_000, category: "ウ" });
  await cost.applied(month);
  // 240,000 less 90,940.
  expect(await cost.entryOf(high.person, month)).toMatchObject({
    state: "mandate-wanted",
    ofCity: 149_060,
  });
});

test("区分を根拠とともに入力すると額が決まり、委任状を受け取ると請求でき、集めた人でない決裁者が承認し、送付・回答・入金が合うと終わる", async () => {
  const [one, other] = await people(2);
  await cost.paid(one, { cost: 1_000_000 });
  await cost.paid(other, { cost: 600_000, insurer: insurers.kyokai });
  await cost.applied();
  const id = (await cost.entryOf(one.person)).id;
  expect(await stateOf(id)).toBe("query");
  await cost.insurance(one.person, { category: "エ" });
  await cost.as("clerk1", (work) => searchPerson(work, cost.program, "2026-09", one.person));
  expect(await cost.read(id)).toMatchObject({
    ofCity: 238_500,
    state: "mandate-wanted",
    category: "エ",
  });
  // 被用者保険: 区分ウ whatever the income.
  expect(await cost.entryOf(other.person)).toMatchObject({
    category: "ウ",
    ofCity: 180_000 - 88_940,
  });

  const mandate = await cost.mandate(one.person, insurers.national);
  expect(await stateOf(id)).toBe("mandate-asked");
  await expect(cost.mandate(one.person, insurers.national)).rejects.toMatchObject({ status: 409 });
  await cost.moveMandateTo(one.person, mandate, "received");
  expect(await stateOf(id)).toBe("claimable");
  // A later month is covered by the standing one at once; revoked, it is not.
  await cost.paid(one, { month: "2026-10", cost: 700_000 });
  await cost.applied("2026-10");
  expect((await cost.entryOf(one.person, "2026-10")).state).toBe("claimable");

  const claim = await cost.gathered();
  expect((await cost.claim(claim)).figures).toMatchObject({ lines: 2, asked: 238_500 + 148_500 });
  await expect(cost.gathered()).rejects.toMatchObject({ status: 409 });
  await cost.step("operator1", claim, "submit");
  const own = await cost.buttons("supervisor1", claim);
  expect(own.find(({ type }) => type === "approve")?.reasons).toEqual([]);
  await cost.step("supervisor1", claim, "return", "amounts");
  await cost.step("operator1", claim, "submit");
  await cost.step("supervisor1", claim, "approve");
  const { bytes } = await cost.as("operator1", (work) => takeClaimFile(work, claim));
  const lines = new TextDecoder().decode(bytes).trim().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(
    /"431007","202609",.*"エ","0","1000000","300000","300000","238500","238500","20261120"$/,
  );
  await cost.step("operator1", claim, "send");
  const later = (await cost.entryOf(one.person, "2026-10")).id;
  await cost.answer(claim, id, { answer: "paid" });
  await cost.answer(claim, later, { answer: "paid" });
  // Typed at the wrong line: taken back while nothing else was done.
  await cost.move("clerk1", later, "undoAnswer");
  await expect(cost.step("operator1", claim, "close")).rejects.toMatchObject({ status: 403 });
  await cost.answer(claim, later, {
    answer: "differs",
    granted: 140_000,
    reason: "other-category",
  });
  await expect(cost.receive(claim, -1)).rejects.toMatchObject({ status: 422 });
  await cost.receive(claim, 378_501);
  await expect(cost.receive(claim, 1)).rejects.toMatchObject({ status: 409 });
  await expect(cost.step("operator1", claim, "close")).rejects.toMatchObject({ status: 403 });
  await cost.receive(claim, -1, "N-1 訂正");
  await cost.step("operator1", claim, "close");
  expect((await cost.claim(claim)).claim.state).toBe("closed");
  // Another person than who entered the answer accepts a lower sum.
  expect(await stateOf(later)).toBe("differs");
  await cost.move("supervisor1", later, "accept");
  expect(await cost.read(later)).toMatchObject({ state: "paid", granted: 140_000 });
  await cost.moveMandateTo(one.person, mandate, "revoked");
});

test("請求した後に増えた分は印が付き、差額だけを請求し直せる", async () => {
  const [one] = await people(1);
  await cost.paid(one, { cost: 500_000, insurer: insurers.union, category: "オ" });
  await cost.applied();
  const id = (await cost.entryOf(one.person)).id;
  await cost.moveMandateTo(one.person, await cost.mandate(one.person), "received");
  const claim = await cost.sent(insurers.union);
  await cost.paid(one, {
    cost: 300_000,
    insurer: insurers.union,
    institution: "4310000002",
    category: "オ",
  });
  const found = await cost.searched();
  expect(await cost.preview(found)).toMatchObject({ late: 1 });
  await cost.as("operator1", (work) => applySearch(work, found, 2));
  expect(await cost.read(id)).toMatchObject({
    ofCity: 113_100,
    lateOfCity: 203_100,
    state: "claimed",
  });
  await cost.answer(claim, id, { answer: "paid" });
  await cost.move("clerk1", id, "claimRest");
  expect(await cost.read(id)).toMatchObject({
    ofCity: 203_100,
    lateOfCity: null,
    state: "claimable",
  });
  const rest = await cost.gathered(insurers.union);
  expect((await cost.claim(rest)).figures.asked).toBe(90_000);
  await cost.step("operator1", rest, "cancel");
  expect(await stateOf(id)).toBe("claimable");
});

test("本人に支給されていれば返還を起案し、認められなければ起案し直せる。請求しないことは二人で決める", async () => {
  const [one, two] = await people(2);
  for (const person of [one, two])
    await cost.paid(person, { month: "2026-07", cost: 1_000_000, category: "ウ" });
  await cost.applied("2026-07");
  const id = (await cost.entryOf(one.person, "2026-07")).id;
  // 300,000 less 87,430, before 2026-08.
  expect((await cost.read(id)).ofCity).toBe(212_570);
  await cost.move("clerk1", id, "tellPersonPaid");
  const ask = async (amount: number) =>
    cost.as("clerk1", async (work) =>
      askBack(work, {
        id,
        seen: (await cost.read(id)).revision,
        personNumber: one.person,
        amount,
        dueOn: "2026-12-25",
        comment: "保険者から本人に支給されたため",
      }),
    );
  await expect(ask(212_571)).rejects.toMatchObject({ status: 422 });
  const repayment = await ask(212_570);
  const decide = async (type: "approve" | "refuse", of: string) =>
    cost.as("supervisor1", async (work) => {
      const { revision } = (await readRepayment(work, of)).repayment;
      await moveRepayment(work, { id: of, seen: revision, type, comment: "額を確かめる" });
    });
  await expect(cost.move("clerk1", id, "proposeAnew")).rejects.toMatchObject({ status: 403 });
  await decide("refuse", repayment);
  await cost.move("clerk1", id, "proposeAnew");
  await decide("approve", await ask(200_000));
  expect(await stateOf(id)).toBe("asked-back");

  const left = (await cost.entryOf(two.person, "2026-07")).id;
  await expect(cost.move("clerk1", left, "askDrop", "because")).rejects.toMatchObject({
    status: 422,
  });
  await cost.move("clerk1", left, "askDrop", "no-mandate");
  const refused = await cost.as("supervisor1", async (work) =>
    entryActions(work, await cost.read(left)),
  );
  expect(refused.map(({ type }) => type)).toEqual(["drop", "keep"]);
  await cost.move("supervisor1", left, "keep");
  await cost.move("clerk1", left, "askDrop", "no-mandate");
  await cost.move("supervisor1", left, "drop");
  expect(await cost.read(left)).toMatchObject({ state: "dropped", dropReason: "no-mandate" });
});

test("本人が払った分まで支給されたら、回答を入力した人でない決裁者が、本人への支払を決める", async () => {
  const [one] = await people(1);
  await cost.paid(one, {
    month: "2026-06",
    cost: 1_000_000,
    category: "ウ",
    insurer: "433011",
    subsidy: 200_000,
  });
  await cost.applied("2026-06");
  const { id, ofCity, ofPerson } = await cost.entryOf(one.person, "2026-06");
  expect([ofCity, ofPerson]).toEqual([200_000, 12_570]);
  const mandate = await cost.as("clerk1", async (work) => {
    return askMandate(work, {
      program: cost.program,
      personNumber: one.person,
      insurer: insurers.union,
      fromMonth: "2026-06",
      standing: false,
      askedOn: "2026-11-19",
    });
  });
  await cost.moveMandateTo(one.person, mandate, "received");
  const claim = await cost.sent(insurers.union);
  await cost.answer(claim, id, { answer: "differs", granted: 212_570, reason: "other" });
  await cost.move("supervisor1", id, "accept");
  await cost.move("supervisor1", id, "passOn");
  const [owed] =
    await city.admin`select amount::integer, person_number, state from payments.payable where source_id = ${id}`;
  expect(owed).toEqual({ amount: 12_570, person_number: one.person, state: "owed" });
  await expect(cost.move("supervisor1", id, "passOn")).rejects.toMatchObject({ status: 403 });
});

test("同じ被保険者と分かった家族は合算し、12か月の4回目からは多数回該当になる", async () => {
  const [elder, younger, parent] = await people(3);
  // Who lives together and has the same insurer might be insured by one person: that is asked.
  await city.admin`update vault.person set household_number = (select household_number from vault.person where person_number = ${parent.person})
    where person_number in (${elder.person}, ${younger.person})`;
  for (const [at, month] of (["2026-02", "2026-03", "2026-04", "2026-05"] as const).entries()) {
    await cost.paid(elder, { month, cost: 250_000, category: "ウ" });
    await cost.paid(younger, {
      month,
      cost: 250_000,
      category: "ウ",
      institution: `431000001${at}`,
    });
  }
  await cost.applied("2026-02");
  const asked = await cost.entryOf(elder.person, "2026-02");
  expect(asked).toMatchObject({ state: "query", missing: ["household"], ofCity: 0 });
  expect(asked.steps.at(-1)).toEqual({
    label: "同居の受給者が同じ被保険者であるときの、合算した高額療養費",
    amount: 150_000 - 82_430,
  });
  await cost.as("clerk1", async (work) => {
    for (const { person } of [elder, younger])
      await enterInsurance(work, {
        program: cost.program,
        personNumber: person,
        insurer: insurers.national,
        fromMonth: "2026-01",
        toMonth: null,
        category: "ウ",
        multiple: false,
        insuredPerson: parent.person,
        evidence: "inquiry",
      });
    await searchPerson(work, cost.program, "2026-02", elder.person);
  });
  const first = await cost.entryOf(younger.person, "2026-02");
  expect(first).toMatchObject({
    household: parent.person,
    persons: [elder.person, younger.person].toSorted(),
    ofCity: 67_570,
    multiple: false,
  });
  expect((await cost.entries("2026-02")).filter(({ state }) => state === "gone")).toHaveLength(2);
  // The 委任状 is asked of the insured person, who is no child.
  await city.admin`update vault.person set birth_date = '1990-04-01' where person_number = ${parent.person}`;
  const mandateOf = (personNumber: string) =>
    cost.as("clerk1", async (work) => ({
      entryId: first.id,
      mandateId: await askMandate(work, {
        program: cost.program,
        personNumber,
        insurer: insurers.national,
        fromMonth: "2026-02",
        standing: true,
        askedOn: "2026-11-20",
      }),
    }));
  const print = async (which: { entryId: string; mandateId: string }) =>
    cost.as("clerk1", (work) => printMandate(work, childMedical.letters, which));
  await expect(print(await mandateOf(elder.person))).rejects.toMatchObject({ status: 422 });
  const { pdf, name } = await print(await mandateOf(parent.person));
  expect(name).toMatch(/^M\d{6}\.pdf$/);
  expect((await textOfPages(pdf)).join("")).toContain("令和8年2月から、撤回されるまで");
  for (const month of ["2026-03", "2026-04", "2026-05"] as const) await cost.applied(month);
  expect(await cost.entryOf(elder.person, "2026-04")).toMatchObject({
    multiple: false,
    ofCity: 67_570,
  });
  expect(await cost.entryOf(elder.person, "2026-05")).toMatchObject({
    multiple: true,
    ofCity: 150_000 - 44_400,
  });
});
