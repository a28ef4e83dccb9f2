import { beforeAll, expect, test } from "vitest";
import { expiryMailingId, reminderMailingId } from "#src/platform/applications/index.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { indexOf, mailingsOf } from "#test/support/mailings.ts";

// 年度末の満了のお知らせと、返ってこない証の返還のお願い（一括発送）。

const city = await openTestPlatform();
const { admin } = city;
const counter = counterOf(city);
const { program } = childMedical;
const mailings = await mailingsOf(city, program);
const children: string[] = [];

beforeAll(async () => {
  for (let n = 0; n < 3; n += 1) {
    const child = await counter.family();
    await counter.toIssued(child);
    children.push(child);
  }
}, 120_000);

const states = async (run: { id: string }) =>
  (
    await admin<{ state: string; reason: string | null }[]>`
      select state, reason from mailings.batch_item where run_id = ${run.id} order by person_number`
  ).map(({ state, reason }) => reason ?? state);

test("満了のお知らせは、その日に終わる方だけに、終わる前にも後にも送れる", async () => {
  await admin`update entitlements.entitlement set valid_to = '2027-03-31' where person_number = any(${children.slice(0, 2)}::text[])`;
  const run = await mailings.extract(
    await mailings.start(
      { id: expiryMailingId(program) },
      { title: "満了", parameters: { on: "2027-03-31" } },
    ),
  );
  expect(await states(run)).toEqual(["ready", "ready"]);
  // One of them lost it earlier meanwhile: no notice says the old day.
  await admin`update entitlements.entitlement set valid_to = '2026-12-31', status = 'lost', lost_on = '2027-01-01', loss_reason = 'moved-out'
    where person_number = ${children[1] ?? ""}`;
  await mailings.make(await mailings.approved(run));
  expect((await states(run)).sort()).toEqual(["made", "not-ending"].sort());
  expect(indexOf(await mailings.open(run))).toHaveLength(1);
});

test("返還のお願いは、返ってきていない証の方に一通ずつ送り、取り下げると依頼は数えない", async () => {
  const person = children[2] ?? "";
  const [card] = await admin<{ id: string }[]>`
    update entitlements.certificate z set ended_on = '2026-10-01', ending = 'lost-entitlement' from entitlements.entitlement e
     where e.id = z.entitlement_id and e.person_number = ${person} returning z.id`;
  await admin`insert into entitlements.certificate_return (certificate_id, program, office_code, person_number, cause, since_on)
    values (${card?.id ?? ""}, ${program}, '431010', ${person}, 'lost', '2026-10-01')`;
  const order = (since: string) =>
    mailings.start(
      { id: reminderMailingId(program) },
      { title: "返還のお願い", parameters: { since } },
    );
  expect(await states(await mailings.extract(await order("2026-09-30")))).toEqual([]);
  const run = await mailings.extract(await order("2026-10-31"));
  expect(await states(run)).toEqual(["ready"]);
  const made = await mailings.make(await mailings.approved(run));
  const reminders = () => admin<{ reminders: number; day: string | null }[]>`
    select reminders, reminded_on::text as day from entitlements.certificate_return where certificate_id = ${card?.id ?? ""}`;
  expect(await reminders()).toEqual([{ reminders: 1, day: "2026-11-20" }]);
  const asked = await mailings.step("operator1", made.run, "ask-withdrawal", "様式の誤り");
  await mailings.step("supervisor1", asked, "withdraw");
  expect(await reminders()).toEqual([{ reminders: 0, day: null }]);
});
