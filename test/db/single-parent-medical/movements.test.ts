import { beforeAll, expect, test } from "vitest";
import { currentData } from "#src/platform/applications/index.ts";
import { featuresOf } from "#src/programs/single-parent-medical/benefits.ts";
import { incomeTestOf } from "#src/programs/single-parent-medical/incomes.ts";
import {
  endExpired,
  handOverHouseholds,
  singleParent,
} from "#src/programs/single-parent-medical/index.ts";
import { listRemote, remindRemote } from "#src/programs/single-parent-medical/remote.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import {
  householdApplication,
  householdCounterOf,
  keyed,
} from "#test/support/household-counter.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

let city: TestPlatform;
let counter: ReturnType<typeof householdCounterOf>;
beforeAll(async () => {
  city = await openTestPlatform("2026-10-20");
  counter = householdCounterOf(city);
});

/** A household of a mother and two children with certificates since 2026-10-20; today is 2026-11-20. */
async function entitled() {
  city.platform.clock.moveTo("2026-10-20");
  const family = await counter.household([
    { birthDate: "2015-05-10" },
    { birthDate: "2018-07-07" },
  ]);
  const at = await counter.toIssued(family.mother, householdApplication(family), [
    keyed(family.mother),
  ]);
  await counter.effects(at.caseId);
  city.platform.clock.moveTo("2026-11-20");
  return { ...family, caseId: at.caseId };
}
type Entitled = Awaited<ReturnType<typeof entitled>>;

/** A report confirmed by another and put into force, with its letter. */
async function applied(
  { caseId }: Entitled,
  about: { subject: string; personNumber?: string; occursOn?: IsoDate },
  input: object,
) {
  const report = await counter.report(caseId, { occursOn: "2026-11-10", ...about }, "2026-11-18");
  const at = await counter.step("clerk2", "apply", await counter.toConfirmed(report, input));
  await counter.effects(at.caseId);
  return at;
}
const set = { applies: true, benefitClass: null, value: null, until: null };
/** Certificates of an application that are to come back. */
const outOf = async (caseId: string) => [
  ...(await city.admin<{ kind: string; cause: string }[]>`
    select z.kind, r.cause from entitlements.certificate_return r join entitlements.certificate z on z.id = r.certificate_id
      join entitlements.entitlement e on e.id = z.entitlement_id where e.case_id = ${caseId} and r.state = 'outstanding'`),
];
const dataOf = ({ caseId, mother }: Entitled) =>
  counter.as("clerk2", (work) => currentData(work, singleParent, { caseId, personNumber: mother }));
const historyOf = (caseId: string) =>
  counter.as("clerk2", async (work) => {
    const { entitlements } = await counter.view(caseId);
    return featuresOf(
      work,
      entitlements.map(({ id }) => id),
    );
  });

test("年金、児童扶養手当証書、被災者、住登外、所得更正は、事由・該当日・届出日とともに履歴に残り、台帳の内容が変わる", async () => {
  const of = await entitled();
  const [child = ""] = of.children;
  await applied(of, { subject: "pension" }, { "pension-change": { ...set, reason: "started" } });
  await applied(
    of,
    { subject: "allowance" },
    { "allowance-change": { ...set, reason: "granted" }, allowanceNumber: "第１２３４号" },
  );
  await applied(
    of,
    { subject: "disaster", personNumber: child },
    { "disaster-change": { ...set, reason: "proven", until: "2027-01-31" } },
  );
  await applied(
    of,
    { subject: "unregistered", personNumber: child },
    { "unregistered-change": { ...set, reason: "elsewhere" } },
  );
  await applied(
    of,
    { subject: "income" },
    { "income-change": { ...set, reason: "amended", value: "within" } },
  );
  const data = await dataOf(of);
  expect(data.pension).toBe(true);
  expect(data.allowanceNumber).toBe("第１２３４号");
  const history = await historyOf(of.caseId);
  const count = (kind: string) => history.filter((one) => one.kind === kind).length;
  expect(["pension", "allowance", "income"].map(count)).toEqual([3, 3, 3]);
  expect(["disaster", "unregistered"].map(count)).toEqual([1, 1]);
  for (const one of history)
    expect(one).toMatchObject({ occursOn: "2026-11-10", reportedOn: "2026-11-18" });
  // What ended by the clock ends once, from the day after.
  city.platform.clock.moveTo("2027-02-01");
  const system = await city.system();
  expect(await endExpired(city.platform, system)).toBe(1);
  expect(await endExpired(city.platform, system)).toBe(0);
  expect((await historyOf(of.caseId)).at(-1)).toMatchObject({
    kind: "disaster",
    applies: false,
    reason: "expired",
    occursOn: "2027-02-01",
  });
});

test("制度該当区分は、事由の生じた日とともに変わり、値は入力した区分と食い違わない", async () => {
  const of = await entitled();
  await applied(
    of,
    { subject: "category" },
    {
      "category-change": { ...set, reason: "changed" },
      category: { code: "death", since: "2026-11-10" },
    },
  );
  expect((await dataOf(of)).category).toEqual({ code: "death", since: "2026-11-10" });
  expect((await historyOf(of.caseId)).at(-1)).toMatchObject({ kind: "category", value: "death" });
});

test("世帯に加わった扶養義務者は所得を見る方になり、離れるとならない。既にいる方は加えられない", async () => {
  const of = await entitled();
  const grandfather = (await counter.household([{ birthDate: "1955-03-03" }])).children[0] ?? "";
  const change = (applies: boolean, reason: string) => ({
    "household-change": { ...set, applies, reason, value: "supporter" },
    person: { personNumber: grandfather, role: "supporter", relation: "parent" },
  });
  const counted = async () => {
    const data = await dataOf(of);
    return counter.as("clerk2", async (work) => {
      const { found } = await counter.view(of.caseId);
      return (await incomeTestOf(work, found, data)).counted.map((one) => one.personNumber);
    });
  };
  await applied(of, { subject: "household" }, change(true, "cohabiting"));
  expect(await counted()).toEqual([of.mother, grandfather]);
  const again = await counter.report(of.caseId, { subject: "household", occursOn: "2026-11-15" });
  await expect(counter.toConfirmed(again, change(true, "cohabiting"))).rejects.toMatchObject({
    field: "person.personNumber",
  });
  await applied(of, { subject: "household", occursOn: "2026-11-15" }, change(false, "separated"));
  expect(await counted()).toEqual([of.mother]);
});

test("区間異動は、住民記録の区が変わってから届け出られ、通知の後に、申請・資格・書類が新しい区に移る", async () => {
  const of = await entitled();
  const [here] = await city.admin<{ office_code: string }[]>`
    select office_code from cases.case where id = ${of.caseId}`;
  const [other] = await city.admin<{ code: string }[]>`
    select code from access.office where code <> ${here?.office_code ?? ""} order by code limit 1`;
  const input = { "office-change": { ...set, reason: "moved-in-city" } };
  const early = await counter.report(of.caseId, { subject: "office", occursOn: "2026-11-10" });
  await expect(counter.toConfirmed(early, input)).rejects.toMatchObject({ field: "reason" });
  await city.admin`update vault.person set office_code = ${other?.code ?? ""} where person_number = ${of.mother}`;
  const at = await applied(of, { subject: "office" }, input);
  const system = await city.system();
  expect(await handOverHouseholds(city.platform, system)).toBe(1);
  expect(await handOverHouseholds(city.platform, system)).toBe(0);
  const offices = await city.admin<{ office: string }[]>`
    select office_code as office from cases.case where id in (${of.caseId}, ${at.caseId})
    union select office_code from entitlements.entitlement where case_id = ${of.caseId}
    union select office_code from documents.document where case_id in (${of.caseId}, ${at.caseId})`;
  expect(offices).toEqual([{ office: other?.code }]);
});

test("遠隔地証は、期限の前に案内でき、期限が過ぎると非該当になって証が失効し、回収の一覧に載る", async () => {
  const of = await entitled();
  const [child = ""] = of.children;
  const report = await counter.report(of.caseId, {
    subject: "remote-certificate",
    personNumber: child,
    occursOn: "2026-11-10",
  });
  let at = await counter.toConfirmed(
    report,
    { "remote-certificate": { ...set, reason: "school", until: "2027-01-10" } },
    { "school-proof": "seen" },
  );
  at = await counter.step("clerk2", "apply", at);
  await counter.effects(at.caseId);
  await counter.step("clerk1", "issue", at);
  const lines = { from: 0, size: 10 };
  const due = await counter.as("clerk1", (work) => listRemote(work, { only: "due", ...lines }));
  const mine = due.filter(({ caseId }) => caseId === of.caseId);
  expect(mine.map(({ until }) => until)).toEqual(["2027-01-10"]);
  const pdf = await counter.as("clerk1", (work) =>
    remindRemote(
      work,
      mine.map(({ featureId }) => featureId),
    ),
  );
  const [text = ""] = await textOfPages(pdf);
  for (const word of ["遠隔地証の更新のお知らせ", "令和9年1月10日"]) expect(text).toContain(word);
  const left = await counter.as("clerk1", (work) => listRemote(work, { only: "due", ...lines }));
  expect(left.some(({ caseId }) => caseId === of.caseId)).toBe(false);

  city.platform.clock.moveTo("2027-01-11");
  expect(await endExpired(city.platform, await city.system())).toBe(1);
  expect(await outOf(of.caseId)).toEqual([{ kind: "remote-certificate", cause: "expired" }]);
});

test("世帯の喪失は、全員の資格を一度に終え、証は回収の一覧に載る", async () => {
  const of = await entitled();
  const report = await counter.report(of.caseId, {
    subject: "household-loss",
    reason: "marriage",
    occursOn: "2026-11-15",
  });
  let at = await counter.toConfirmed(report);
  at = await counter.step("clerk2", "requestLoss", at);
  at = await counter.step("supervisor1", "approve", at);
  await counter.effects(at.caseId);
  const { entitlements } = await counter.view(of.caseId);
  expect(new Set(entitlements.map(({ status }) => status))).toEqual(new Set(["lost"]));
  expect(await outOf(of.caseId)).toEqual(Array(3).fill({ kind: "card", cause: "lost" }));
});
