import { expect, test } from "vitest";
import {
  comparedLines,
  listClinicClaims,
  totalsOfMonth,
  unclaimedOf,
} from "#src/programs/vaccination/clinic-claims/claims.ts";
import {
  moveCorrection,
  proposeCorrection,
} from "#src/programs/vaccination/clinic-claims/corrections.ts";
import { sumsOf } from "#src/programs/vaccination/clinic-claims/steps.ts";
import { moveClinicAccount } from "#src/programs/vaccination/clinics/accounts.ts";
import { keepBody } from "#src/programs/vaccination/clinics/bodies.ts";
import { clinicClaimsOf, pcvLine, setClaimTerms } from "#test/support/clinic-claims.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { paymentsOf } from "#test/support/payments.ts";

const city = await openTestPlatform();
await setClaimTerms(city);
const claims = clinicClaimsOf(city);
const { as, contracted, slips, open, read, move, rows, judge, accept, approved } = claims;
const payments = paymentsOf(city, "vaccination");
await payments.setUp();

/** Somebody to whom a run of a list of 生活保護 has issued a 確認証, entered as it would stand. */
const exempted = async (personNumber: string) => {
  const [list] = await city.admin<{ id: string }[]>`
    insert into exemptions.list (id, ground, as_of, people, unknown, digest, entered_by, entered_at)
    select gen_random_uuid(), 'welfare', '2026-10-01', 1, 0, repeat('a', 64), s.id, now() from access.staff s where s.login_name = 'clerk1' returning id`;
  await city.admin`
    insert into exemptions.certificate (id, number, person_number, office_code, list_id, run_id, ground, vaccines, valid_from, valid_until, issued_on, issued_by, template_version)
    select gen_random_uuid(), '0000000018', ${personNumber}, '431010', ${list?.id ?? ""}, gen_random_uuid(), 'welfare', array['flu'], '2026-10-01', '2027-03-31', '2026-10-01', s.id, 'x v1'
      from access.staff s where s.login_name = 'clerk1'`;
};

const paidDoses = async (personNumber: string) => {
  const found = await city.admin<{ amount: string; live: boolean }[]>`
    select amount, cancelled_at is null as live from vaccination.paid_dose where person_number = ${personNumber} order by id`;
  return found.filter(({ live }) => live).map(({ amount }) => Number(amount));
};

test("請求どおりの月は、決裁で接種ごとに1回支払われ、医療機関の口座に1件で振り込まれる", async () => {
  const clinic = await contracted();
  const given = await slips(clinic, 2);
  const id = await open(clinic, [pcvLine(2)]);
  await move("clerk2", id, "reckon");
  expect(
    (await rows(id)).map(({ disposition, amount, tax }) => [disposition, amount, tax]),
  ).toEqual([
    ["pay", 12_100, 1100],
    ["pay", 12_100, 1100],
  ]);
  await move("clerk2", id, "propose");
  await move("supervisor1", id, "approve");
  const row = await read(id);
  expect(row).toMatchObject({
    state: "approved",
    amount: 24_200,
    tax: 2200,
    pay: 24_200,
    carry: 0,
  });
  for (const { personNumber } of given) expect(await paidDoses(personNumber)).toEqual([12_100]);

  const run = await payments.gather("operator1", "2026-11-20");
  await payments.handedOver(run);
  const { bytes } = await payments.takeOut(run);
  expect(bytes.length).toBeGreaterThan(240);
  const [payable] = await city.admin<{ serial: number; party_code: string }[]>`
    select serial, party_code from payments.payable where id = ${row.payableId}`;
  expect(payable?.party_code).toBe(clinic);
  city.platform.clock.moveTo("2026-12-16");
  await payments.answers(run, [`P${String(payable?.serial).padStart(7, "0")},24200,振込済,`]);
  expect((await read(id)).state).toBe("paid");
  city.platform.clock.moveTo("2026-11-20");
});

test("振込不能になった口座は台帳でも終わり、別の口座が確認されてから、もう一度支払われる", async () => {
  const clinic = await contracted();
  await slips(clinic, 1);
  const id = await open(clinic, [pcvLine(1)]);
  await approved(id);
  const { payableId } = await read(id);
  const run = await payments.gather("operator1", "2026-11-20");
  // Nobody ends an account to which a payment is under way.
  const [used] = await city.admin<
    { id: string }[]
  >`select id from clinics.account where payee = ${clinic}`;
  await expect(
    as("clerk1", (work) =>
      moveClinicAccount(work, used?.id ?? "", "close", { closedFor: "own-request" }),
    ),
  ).rejects.toMatchObject({ status: 409 });
  await payments.handedOver(run);
  const [payable] = await city.admin<
    { serial: number }[]
  >`select serial from payments.payable where id = ${payableId}`;
  const number = `P${String(payable?.serial).padStart(7, "0")}`;
  city.platform.clock.moveTo("2026-12-16");
  await payments.answers(run, [`${number},12100,不能,解約済`]);
  const [old] = await city.admin<{ state: string; closed_for: string }[]>`
    select state, closed_for from clinics.account where payee = ${clinic}`;
  expect(old).toEqual({ state: "closed", closed_for: "failed" });
  expect((await read(id)).state).toBe("approved");
  await claims.account(clinic, "2026-12-17", "7654321");
  city.platform.clock.moveTo("2026-12-17");
  const again = await payments.gather("operator1", "2026-12-17", "2027-01-15");
  expect((await payments.read(again)).figures).toMatchObject([
    { state: "ready", count: 1, sum: 12_100 },
  ]);
  city.platform.clock.moveTo("2026-11-20");
});

test("接種記録のない予診票は支払えず、返戻すると合計から外れ、次の月に戻って1回だけ支払われる", async () => {
  const clinic = await contracted();
  const [good] = await slips(clinic, 1);
  const lost = await claims.one({
    channel: "slip",
    outcome: "given",
    vaccine: "pcv",
    givenOn: "2026-11-03",
    clinicCode: clinic,
    identity: { kana: "ダレモ　シラナイ", birth: "2026-05-11" },
  });
  expect(lost.state).toBe("unmatched");
  const id = await open(clinic, [pcvLine(2)]);
  await move("clerk2", id, "reckon");
  const open1 = (await rows(id)).find(({ slipId }) => slipId === lost.slipId);
  expect(open1).toMatchObject({ disposition: "open", findings: ["no-record"] });
  await expect(judge(id, [open1?.id ?? ""], "pay", "checked")).rejects.toMatchObject({
    status: 409,
  });
  await expect(move("clerk2", id, "propose")).rejects.toMatchObject({ status: 403 });
  await judge(id, [open1?.id ?? ""], "return", "wrong-person");
  await expect(move("clerk2", id, "propose")).rejects.toMatchObject({ status: 403 });
  await accept(id, 1, "as-reckoned");
  await move("clerk2", id, "propose");
  await move("supervisor1", id, "approve");
  expect(await read(id)).toMatchObject({ slips: 1, amount: 12_100, pay: 12_100 });
  expect(await paidDoses(good?.personNumber ?? "")).toEqual([12_100]);

  // The clinic says whose it is; it comes back with the claim of the next month.
  const child = await claims.child();
  const { settleSlip } = await import("#src/programs/vaccination/records/slips.ts");
  await as("clerk1", (work) =>
    settleSlip(work, {
      id: lost.slipId,
      seen: 1,
      personNumber: child,
      changes: {},
      accept: undefined,
    }),
  );
  city.platform.clock.moveTo("2026-12-10");
  const next = await open(clinic, [pcvLine(1)], { month: "2026-12", receivedOn: "2026-12-10" });
  await move("clerk2", next, "reckon");
  const [back] = await rows(next);
  expect(back).toMatchObject({
    disposition: "pay",
    originId: open1?.id,
    findings: ["late", "back-again"],
  });
  await move("clerk2", next, "propose");
  await move("supervisor1", next, "approve");
  expect(await paidDoses(child)).toEqual([12_100]);
  // Neither claim has it a second time.
  expect(await rows(next)).toHaveLength(1);
  city.platform.clock.moveTo("2026-11-20");
});

test("同じ接種が国のシステムと紙で届いても支払は1回、本人に払戻し済みなら支払えない", async () => {
  const clinic = await contracted();
  const [first] = await slips(clinic, 1);
  const told = {
    vaccine: "pcv",
    outcome: "given",
    givenOn: "2026-11-02",
    clinicCode: clinic,
  } as const;
  const second = await claims.one({
    channel: "national",
    personNumber: first?.personNumber,
    ...told,
  });
  expect(second.state).toBe("second-channel");
  const [refunded] = await slips(clinic, 1);
  await city.admin`
    insert into vaccination.paid_dose (person_number, vaccine, dose, outcome, given_on, route, source_id, amount, decided_on)
    values (${refunded?.personNumber ?? ""}, 'pcv', 1, 'given', '2026-11-02', 'refund', gen_random_uuid(), 12100, '2026-11-10')`;
  const id = await open(clinic, [pcvLine(3)]);
  await move("clerk2", id, "reckon");
  const found = await rows(id);
  expect(
    found.map(({ disposition, findings }) => [disposition, findings.join()]).toSorted(),
  ).toEqual([
    ["open", "paid-refund"],
    ["pay", ""],
    ["same", "second-channel"],
  ]);
});

test("別の医療機関も報告した接種は、どちらに支払うかを決めるまで支払われない", async () => {
  const [one, other] = [await contracted(), await contracted()];
  const [given] = await slips(one, 1);
  await claims.one({
    channel: "slip",
    outcome: "given",
    vaccine: "pcv",
    givenOn: "2026-11-02",
    personNumber: given?.personNumber,
    clinicCode: other,
  });
  const [first, second] = [await open(one, [pcvLine(1)]), await open(other, [pcvLine(1)])];
  for (const id of [first, second]) {
    await move("clerk2", id, "reckon");
    expect((await rows(id))[0]).toMatchObject({ disposition: "open", findings: ["other-clinic"] });
  }
  for (const id of [first, second]) {
    await judge(id, [(await rows(id))[0]?.id ?? ""], "pay", "checked");
    await move("clerk2", id, "propose");
  }
  await move("supervisor1", first, "approve");
  await expect(move("supervisor1", second, "approve")).rejects.toMatchObject({ status: 403 });
  expect(await paidDoses(given?.personNumber ?? "")).toEqual([12_100]);
});

test("自己負担は年齢と表のとおりに引かれ、予診のみは別の単価で支払われる", async () => {
  const clinic = await contracted();
  const [old = "", middle = ""] = await claims.people(
    { birthDate: "1950-01-01", residence: { from: "1990-04-01", fromReason: "move-in" } },
    { birthDate: "1950-02-01", residence: { from: "1990-04-01", fromReason: "move-in" } },
  );
  const flu = {
    channel: "slip",
    vaccine: "flu",
    givenOn: "2026-11-02",
    clinicCode: clinic,
  } as const;
  await claims.one({ ...flu, outcome: "given", personNumber: old });
  await claims.one({ ...flu, outcome: "interview-only", personNumber: middle });
  const line = { vaccine: "flu", dose: 1, product: "", count: 1 } as const;
  const id = await open(clinic, [
    { ...line, outcome: "given", amount: 4000 },
    { ...line, outcome: "screened", amount: 1650 },
  ]);
  await move("clerk2", id, "reckon");
  expect(
    (await rows(id))
      .map(({ outcome, price, copay, amount, tax }) => ({ outcome, price, copay, amount, tax }))
      .toSorted((a, b) => a.outcome.localeCompare(b.outcome)),
  ).toEqual([
    { outcome: "given", price: 5500, copay: 1500, amount: 4000, tax: 363 },
    { outcome: "screened", price: 1650, copay: 0, amount: 1650, tax: 150 },
  ]);
  expect(
    (await as("clerk2", (work) => comparedLines(work, id))).map(
      ({ paidYen, claimedYen }) => paidYen - claimedYen,
    ),
  ).toEqual([0, 0]);
});

test("請求・審査・起案した人は決裁できず、起案の後に記録が変わると決裁できない", async () => {
  const clinic = await contracted();
  const [given] = await slips(clinic, 1);
  const id = await open(clinic, [pcvLine(1)]);
  await move("supervisor2", id, "reckon");
  await move("supervisor2", id, "propose");
  await expect(move("supervisor2", id, "approve")).rejects.toMatchObject({ status: 403 });
  await city.admin`update vaccination.shot set given_on = '2026-11-04', revision = revision + 1 where id = ${given?.shotId ?? ""}`;
  await expect(move("supervisor1", id, "approve")).rejects.toMatchObject({ status: 403 });
  await move("supervisor1", id, "remand", "records");
  await move("clerk2", id, "reckon");
  await move("clerk2", id, "propose");
  await move("supervisor1", id, "approve");
  expect((await read(id)).state).toBe("approved");
});

test("決裁は支払の前なら取り消せ、もう一度決裁しても接種の支払は1回である", async () => {
  const clinic = await contracted();
  const [given] = await slips(clinic, 1);
  const id = await open(clinic, [pcvLine(1)]);
  await approved(id);
  await move("supervisor2", id, "takeBack", "lines");
  expect(await paidDoses(given?.personNumber ?? "")).toEqual([]);
  await approved(id);
  expect(await paidDoses(given?.personNumber ?? "")).toEqual([12_100]);
  const owed = await city.admin`
    select state from payments.payable where party_code = ${clinic} order by serial`;
  expect(owed.map(({ state }) => state)).toEqual(["withdrawn", "owed"]);
  const run = await payments.gather("operator1", "2026-11-20");
  await expect(move("supervisor2", id, "takeBack", "lines")).rejects.toMatchObject({ status: 403 });
  await payments.step("operator1", run, "cancel", "試験のため");
});

test("過誤は次の月で相殺され、残りはさらに次へ繰り越される", async () => {
  const clinic = await contracted();
  const [wrong] = await slips(clinic, 2);
  const id = await open(clinic, [pcvLine(2)]);
  await approved(id);
  await city.admin`update payments.payable set state = 'paid' where id = ${(await read(id)).payableId}`;
  const row = (await rows(id)).find(({ personNumber }) => personNumber === wrong?.personNumber);
  const made = await as("clerk2", (work) =>
    proposeCorrection(work, { row: row?.id ?? "", after: 0, reason: "not-resident" }),
  );
  const decide = (who: "clerk2" | "supervisor1") =>
    as(who, (work) => moveCorrection(work, { id: made, seen: 1, type: "approve" }));
  await decide("supervisor1");
  expect(await paidDoses(wrong?.personNumber ?? "")).toEqual([]);

  // Less is claimed than is set off: nothing is paid, the rest is carried on.
  city.platform.clock.moveTo("2026-12-10");
  const screened = {
    channel: "slip",
    vaccine: "pcv",
    outcome: "interview-only",
    clinicCode: clinic,
  } as const;
  await claims.one({ ...screened, givenOn: "2026-12-01", personNumber: await claims.child() });
  const line = pcvLine(1, { outcome: "screened", amount: 3190 });
  const next = await open(clinic, [line], { month: "2026-12", receivedOn: "2026-12-10" });
  await move("clerk2", next, "reckon");
  // What was taken back stands again to be judged; nobody claims it.
  const back = (await rows(next)).find(({ outcome }) => outcome === "given");
  expect(back).toMatchObject({ disposition: "open", findings: ["not-claimed", "late"] });
  await judge(next, [back?.id ?? ""], "refuse", "not-resident");
  await move("clerk2", next, "propose");
  expect(await read(next)).toMatchObject({ amount: 3190, setOff: -12_100, pay: 0, carry: -8910 });
  await expect(move("supervisor1", next, "approve")).rejects.toMatchObject({ status: 403 });
  await move("supervisor1", next, "approveNothing");
  expect((await read(next)).state).toBe("paid");

  city.platform.clock.moveTo("2027-01-08");
  await slips(clinic, 1, { givenOn: "2026-12-28" });
  const last = await open(clinic, [pcvLine(1)], { month: "2027-01", receivedOn: "2027-01-08" });
  await move("clerk2", last, "reckon");
  expect(await as("clerk2", (work) => sumsOf(work, last))).toMatchObject({
    amount: 12_100,
    setOff: -8910,
    pay: 3190,
  });
  city.platform.clock.moveTo("2026-11-20");
});

test("同じ月の二重の請求は受け付けず、期限の後の請求と請求額の違いは、理由がなければ起案できない", async () => {
  const clinic = await contracted();
  await slips(clinic, 1, { givenOn: "2026-07-10" });
  const july = { month: "2026-07", receivedOn: "2026-11-20" } as const;
  const id = await open(clinic, [pcvLine(2)], july);
  await expect(open(clinic, [pcvLine(1)], july)).rejects.toMatchObject({ status: 409 });
  await move("clerk2", id, "reckon");
  await expect(move("clerk2", id, "propose")).rejects.toMatchObject({ status: 403 });
  await accept(id, 1, "as-reckoned");
  await expect(move("clerk2", id, "propose")).rejects.toMatchObject({ status: 403 });
  await accept(id, 0, "clinic");
  await move("clerk2", id, "propose");
});

test("500枚の予診票を一度に突合し、決裁する", async () => {
  const clinic = await contracted();
  const numbers = await claims.people(
    ...Array.from({ length: 500 }, () => ({
      birthDate: "2026-05-10" as const,
      residence: { from: "2026-05-10" as const, fromReason: "birth" as const },
    })),
  );
  await claims.take(
    "clerk1",
    numbers.map((personNumber) => ({
      channel: "punched",
      outcome: "given",
      vaccine: "pcv",
      givenOn: "2026-11-05",
      personNumber,
      clinicCode: clinic,
    })),
  );
  const id = await open(clinic, [pcvLine(500)]);
  const began = Date.now();
  await approved(id);
  expect(await read(id)).toMatchObject({ slips: 500, pay: 6_050_000 });
  expect(Date.now() - began).toBeLessThan(60_000);
}, 120_000);

test("一覧は請求ごとの件数と差を、未請求の一覧は予診票のある請求者を、月の合計は契約ごとに数える", async () => {
  const clinic = await contracted();
  await slips(clinic, 2, { givenOn: "2026-09-10" });
  const before = await as("clerk1", (work) => unclaimedOf(work, "2026-09", { from: 0, size: 50 }));
  expect(before.rows.find(({ claimant }) => claimant === clinic)).toMatchObject({
    clinics: 1,
    slips: 2,
  });
  const id = await open(clinic, [pcvLine(3)], { month: "2026-09", receivedOn: "2026-10-09" });
  await move("clerk2", id, "reckon");
  const filter = { month: "2026-09", differing: true } as const;
  const { rows: listed } = await as("clerk1", (work) =>
    listClinicClaims(work, filter, { from: 0, size: 50 }),
  );
  expect(listed).toMatchObject([
    { claimed: 3, claimedYen: 36_300, paid: 2, paidYen: 24_200, open: 0, returned: 0 },
  ]);
  const after = await as("clerk1", (work) => unclaimedOf(work, "2026-09", { from: 0, size: 50 }));
  expect(after.rows.some(({ claimant }) => claimant === clinic)).toBe(false);
  expect(await as("clerk1", (work) => totalsOfMonth(work, "2026-09"))).toMatchObject([
    { kind: "individual", claims: 1, claimed: 3, paid: 2, paidYen: 24_200 },
  ]);
});

test("取りまとめ団体は、団体に支払う契約の医療機関の分を1件で請求し、団体の口座に支払われる", async () => {
  const body = await as("clerk1", (work) =>
    keepBody(work, undefined, {
      name: "見本医師会",
      kana: "ミホンイシカイ",
      kind: "association",
      postalCode: "8600001",
      address: "熊本市中央区試験町9-9",
      phone: "096-000-0000",
    }),
  );
  const members = [await claims.clinic({}, ["pcv"]), await claims.clinic({}, ["pcv"])];
  for (const member of members) {
    await claims.contract(member, { bodyCode: body, paidTo: "body", memberNumber: "1" });
    await slips(member, 1);
  }
  await claims.account(body, "2026-11-01", "7654321");
  const alone = await open(members[0] ?? "", [pcvLine(1)]);
  await move("clerk2", alone, "reckon");
  expect((await rows(alone))[0]).toMatchObject({ disposition: "open", findings: ["other-payee"] });
  await move("clerk1", alone, "withdraw", "entered-twice");
  const id = await open(body, [pcvLine(2)]);
  await approved(id);
  expect(await read(id)).toMatchObject({ state: "approved", slips: 2, pay: 24_200 });
  const run = await payments.gather("operator1", "2026-11-20");
  const lines = await city.admin<{ party_code: string; state: string }[]>`
    select p.party_code, l.state from payments.run_line l join payments.payable p on p.id = l.payable_id where l.run_id = ${run} and p.party_code = ${body}`;
  expect(lines).toMatchObject([{ state: "ready" }]);
  await payments.step("operator1", run, "cancel", "試験のため");
});

test("減免の確認証を示した人からは自己負担を引かない", async () => {
  const clinic = await contracted();
  const [old = ""] = await claims.people({
    birthDate: "1950-01-01",
    residence: { from: "1990-04-01", fromReason: "move-in" },
  });
  await claims.one({
    channel: "slip",
    vaccine: "flu",
    outcome: "given",
    givenOn: "2026-11-02",
    clinicCode: clinic,
    personNumber: old,
  });
  await exempted(old);
  const id = await open(clinic, [
    { vaccine: "flu", dose: 1, product: "", outcome: "given", count: 1, amount: 5500 },
  ]);
  await move("clerk2", id, "reckon");
  expect((await rows(id))[0]).toMatchObject({
    exempt: true,
    copay: 1500,
    amount: 5500,
    disposition: "pay",
    findings: ["exempt"],
  });
});
