import { beforeAll, describe, expect, test } from "vitest";
import {
  confirmRenewalIncomes,
  keyRenewalIncome,
  progressOf,
  proposeLapses,
  renewalMailingId,
  renewalOrder,
} from "#src/platform/renewals/index.ts";
import { openTestPlatform } from "#test/support/database.ts";
import {
  householdApplication,
  householdCounterOf,
  keyed,
} from "#test/support/household-counter.ts";
import { indexOf, mailingsOf } from "#test/support/mailings.ts";
import { seasonOf } from "#test/support/renewal-season.ts";
import { taxFacts, tellTaxes } from "#test/support/tell-taxes.ts";

// ひとり親家庭等医療費助成の現況届（SPM-3）。期の始まりから、判定、決裁、督促、差止予告、未提出の喪失、遅れた提出まで。

const city = await openTestPlatform();
const { admin } = city;
const counter = householdCounterOf(city);
const season = seasonOf(city);
const mailings = await mailingsOf(city, season.program);

/** A mother with a child, alone in their household, entitled. */
async function entitled(): Promise<string> {
  const home = await counter.household([{ birthDate: "2015-05-10" }], {
    grandfather: { householdNumber: `H-APART-${counted++}` },
  });
  const application = householdApplication(home);
  await counter.toIssued(home.mother, application, [keyed(home.mother)]);
  return home.mother;
}
let counted = 0;
let id = "";
const mothers: string[] = [];
const tax = (personNumber: string, business = 1_000_000) => ({
  personNumber,
  facts: taxFacts({
    incomeYear: 2025,
    income: { salary: 0, pension: 0, business, other: 0, deductions: {} },
  }),
});
const entitlementOf = (person: string) =>
  admin<{ status: string; to: string; reason: string | null }[]>`
    select status, valid_to::text as to, loss_reason as reason from entitlements.entitlement where person_number = ${person}`;
const order = async (letter: "form" | "reminder" | "warning" | "notice") => ({
  title: `現況届 ${letter}`,
  parameters: renewalOrder(await season.read(id), letter),
});
const kindOf = (letter: "form" | "reminder" | "warning" | "notice") => ({
  id: renewalMailingId(season.program, letter),
});
const cardKind = { id: "single-parent-medical-certificate" };
const piecesOf = async (run: { id: string }) => {
  const rows = await admin<{ person: string; state: string; reason: string | null }[]>`
    select person_number as person, state, reason from mailings.batch_item where run_id = ${run.id}`;
  return new Map(rows.map((row) => [row.person, row.reason ?? row.state]));
};
/** A run made and handed over. */
async function sent(letter: "form" | "reminder" | "warning" | "notice") {
  const run = await mailings.extract(await mailings.start(kindOf(letter), await order(letter)));
  const pieces = await piecesOf(run);
  await mailings.make(await mailings.approved(run));
  const lines = indexOf(await mailings.open(run));
  await admin`update mailings.batch_run set state = 'handed-over' where id = ${run.id}`;
  return { pieces, lines };
}

beforeAll(async () => {
  for (let n = 0; n < 7; n += 1) mothers.push(await entitled());
  await tellTaxes(city, [
    tax(mothers[0] ?? ""),
    tax(mothers[1] ?? ""),
    tax(mothers[2] ?? "", 9_000_000),
    tax(mothers[4] ?? ""),
    tax(mothers[5] ?? ""),
    tax(mothers[6] ?? ""),
  ]);
  // Addresses as the register has them, so that nothing differs.
  id = await season.opened();
}, 240_000);

const at = (n: number) => mothers[n] ?? "";

describe("更新の期は", () => {
  test("起案した人には始められず、資格のある世帯が一件ずつ対象になり、同じ年に二つはない", async () => {
    expect(await season.answers(id, "awaiting")).toHaveLength(7);
    await expect(season.plan()).rejects.toMatchObject({ status: 409 });
    await expect(season.plan({ warnOn: "2026-12-11" })).rejects.toMatchObject({
      field: "warnOn",
    });
  });

  test("現況届を全員に送り、二度は送らない", async () => {
    const { pieces, lines } = await sent("form");
    expect([...pieces.values()]).toEqual(Array(7).fill("ready"));
    expect(lines).toHaveLength(7);
    const again = await mailings.extract(await mailings.start(kindOf("form"), await order("form")));
    expect([...(await piecesOf(again)).values()]).toEqual(Array(7).fill("already-sent"));
  });

  test("受け付けたものをまとめて判定し、明らかなものは起案し、ほかは理由とともに個別に残す", async () => {
    await season.receive(id, at(0));
    await season.receive(id, at(1), { changes: true });
    await season.receive(id, at(2));
    await season.receive(id, at(3));
    await season.receive(id, at(4), { missing: ["insurance-proof"] });
    await season.judge(id);
    const found = new Map(
      (await season.answers(id)).map((one) => [one.personNumber, [one.state, one.findings]]),
    );
    expect(found.get(at(0))).toEqual(["renewal-proposed", []]);
    expect(found.get(at(1))).toEqual(["exception", ["changes-reported"]]);
    expect(found.get(at(2))).toEqual(["exception", ["over-limit"]]);
    expect(found.get(at(3))).toEqual(["exception", ["income-missing"]]);
    expect(found.get(at(4))?.[0]).toBe("incomplete");
  });

  test("判定した人も受け付けた人も決裁できず、別の決裁者がまとめて決裁する", async () => {
    expect((await season.approve(id, "renewal-proposed", "clerk2")).done).toEqual([]);
    await season.receive(id, at(5), {}, "supervisor2");
    await season.judge(id);
    expect((await season.approve(id, "renewal-proposed", "supervisor2")).done).toHaveLength(1);
    expect((await season.approve(id, "renewal-proposed")).done).toHaveLength(1);
    expect(await season.answers(id, "renewed")).toHaveLength(2);
  });

  test("変更の届出が済み、所得を別の人が確認すると、もう一度の判定で起案される", async () => {
    await season.step("clerk1", id, at(1), "settle-changes");
    const missing = await season.of(id, at(3));
    const income = {
      items: { salary: 0, pension: 0, business: 500_000, other: 0, deductions: {} },
      dependants: 1,
      elderlyDependants: 0,
      studentDependants: 0,
    };
    await season.as("clerk1", (work) =>
      keyRenewalIncome(work, {
        id: missing.id,
        seen: missing.revision,
        personNumber: at(3),
        income,
      }),
    );
    await season.judge(id, "exception");
    expect((await season.of(id, at(3))).findings).toEqual(["income-unconfirmed"]);
    const [keyed] = await admin<
      { id: number }[]
    >`select max(id)::integer as id from renewals.income where answer_id = ${missing.id}`;
    const newestId = keyed?.id ?? 0;
    for (const [who, newest] of [
      ["clerk1", newestId],
      ["clerk2", newestId - 1],
      ["clerk2", null],
    ] as const)
      await expect(
        season.as(who, (work) => confirmRenewalIncomes(work, missing.id, newest)),
      ).rejects.toMatchObject({ status: 409 });
    await season.as("clerk2", (work) => confirmRenewalIncomes(work, missing.id, newestId));
    await season.judge(id, "exception");
    await season.judge(id);
    expect((await season.answers(id, "renewal-proposed")).map((one) => one.personNumber)).toEqual([
      at(1),
      at(3),
    ]);
  });

  test("決裁までに事情が変わったものは、理由とともに残る", async () => {
    await tellTaxes(city, [
      {
        personNumber: at(1),
        facts: { ...tax(at(1), 9_000_000).facts, determinedOn: "2026-11-19" },
      },
    ]);
    const { done, left } = await season.approve(id, "renewal-proposed");
    expect(done).toHaveLength(1);
    expect(left).toMatchObject([{ findings: ["over-limit"] }]);
    await season.step("supervisor1", id, at(1), "send-back");
    expect((await season.of(id, at(1))).state).toBe("exception");
  });

  test("所得超過は人が理由を付けて起案し、決裁で新しい年度の初日から資格を失う", async () => {
    await expect(
      season.step("clerk2", id, at(2), "propose-end", {
        reason: "renewal-no-answer",
        outcome: "lost",
      }),
    ).rejects.toThrow();
    await season.step("clerk2", id, at(2), "propose-end", {
      reason: "renewal-income",
      outcome: "lost",
    });
    await season.step("supervisor1", id, at(2), "approve-end");
    expect(await entitlementOf(at(2))).toEqual([
      { status: "lost", to: "2026-12-31", reason: "renewal-income" },
    ]);
    // The card says no longer than the old year: it stays until then.
    const [card] = await admin`select z.ended_on from entitlements.certificate z
      join entitlements.entitlement e on e.id = z.entitlement_id where e.person_number = ${at(2)}`;
    expect(card?.ended_on).toBeNull();
  });

  test("新しい医療証は、更新された世帯にだけ作られる", async () => {
    const run = await mailings.extract(
      await mailings.start(cardKind, {
        title: "受給者証 一括交付",
        parameters: { sort: "card", reason: "renewal", from: "2027-01-01" },
      }),
    );
    const pieces = await piecesOf(run);
    expect([0, 3, 5].map((n) => pieces.get(at(n)))).toEqual(["ready", "ready", "ready"]);
    expect([1, 4, 6].map((n) => pieces.get(at(n)))).toEqual(Array(3).fill("not-renewed"));
  });

  test("未提出の世帯に督促と差止予告を送り、予告の期限まで喪失は起案できない", async () => {
    city.platform.clock.moveTo("2026-12-11");
    expect((await sent("reminder")).pieces).toEqual(new Map([[at(6), "ready"]]));
    city.platform.clock.moveTo("2026-12-18");
    expect((await sent("warning")).pieces).toEqual(new Map([[at(6), "ready"]]));
    await expect(season.step("clerk2", id, at(6), "propose-lapse")).rejects.toMatchObject({
      status: 403,
    });
    city.platform.clock.moveTo("2027-01-05");
    expect(await season.as("clerk2", (work) => proposeLapses(work, id))).toBe(1);
    expect((await season.approve(id, "lapse-proposed", "clerk2")).done).toEqual([]);
    expect((await season.approve(id, "lapse-proposed")).done).toHaveLength(1);
    expect(await entitlementOf(at(6))).toEqual([
      { status: "lost", to: "2026-12-31", reason: "renewal-no-answer" },
    ]);
    // At the counter as well nothing is issued for the new year before the renewal is decided.
    const [waiting] = await admin<{ id: string; revision: number }[]>`
      select c.id, c.revision from cases.case c join renewals.answer a on a.case_id = c.id where a.person_number = ${at(4)}`;
    await expect(
      counter.step(
        "clerk1",
        "reissue",
        { caseId: waiting?.id ?? "", revision: waiting?.revision ?? 0 },
        { input: { reason: "damaged" } },
      ),
    ).rejects.toThrow(/更新が決まっていない/);
    const { pieces } = await sent("notice");
    expect(pieces).toEqual(
      new Map([
        [at(2), "ready"],
        [at(6), "ready"],
      ]),
    );
  });

  test("遅れて提出されれば判定と決裁を経て、失う前のとおりに戻る", async () => {
    await season.receive(id, at(6));
    await season.judge(id);
    expect((await season.of(id, at(6))).state).toBe("renewal-proposed");
    await season.approve(id, "renewal-proposed");
    const [back] = await entitlementOf(at(6));
    expect(back).toMatchObject({ status: "granted", reason: null });
    expect(back?.to.slice(5)).toBe("03-31");
    const [last] = await admin`select m.type, m.reason from entitlements.movement m
      join entitlements.entitlement e on e.id = m.entitlement_id where e.person_number = ${at(6)} order by m.id desc limit 1`;
    expect(last).toEqual({ type: "corrected", reason: "renewal-late-answer" });
  });

  test("進み具合は、状態、見つかったこと、日ごとに数えられる", async () => {
    const progress = await season.as("clerk1", (work) => progressOf(work, id));
    expect(progress.states.find(({ state }) => state === "renewed")?.answers).toBe(4);
    expect(progress.letters.map(({ kind }) => kind).toSorted()).toEqual([
      "form",
      "notice",
      "reminder",
      "warning",
    ]);
    expect(progress.days[0]).toMatchObject({ on: "2026-11-20", received: 6 });
  });
});
