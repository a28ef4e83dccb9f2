import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { beforeAll, expect, test } from "vitest";
import {
  enclosingOf,
  handEnclosing,
  handOverPackage,
  nameEncloser,
  noteEnclosing,
  registerContractor,
} from "#src/platform/mailings/index.ts";
import {
  countDeliveries,
  giveAtCounter,
  listDeliveries,
} from "#src/programs/single-parent-medical/deliveries.ts";
import { singleParent } from "#src/programs/single-parent-medical/index.ts";
import { monthlyMailingId } from "#src/programs/single-parent-medical/monthly.ts";
import { denied, staffSql } from "#test/security/role-with-session/support.ts";
import { openTestPlatform } from "#test/support/database.ts";
import {
  householdApplication,
  householdCounterOf,
  keyed,
} from "#test/support/household-counter.ts";
import { indexOf, mailingsOf } from "#test/support/mailings.ts";

// 月次の医療証: 印刷と封入封緘の二つの委託先、授受、結果（SPM-3）。

const city = await openTestPlatform();
const { admin } = city;
const as = staffSql(city);
const counter = householdCounterOf(city);
const mailings = await mailingsOf(city, singleParent.program);
const kind = { id: monthlyMailingId("card") };
const order = {
  title: "受給者証 月次",
  parameters: { sort: "card", from: "2026-11-01", to: "2026-11-30" },
};
const period = { from: "2026-11-01", to: "2026-11-30" } as const;
const identity = await generateX25519Identity();
let encloser = 0;
const families: Awaited<ReturnType<typeof counter.household>>[] = [];
beforeAll(async () => {
  encloser = await mailings.as("scheme1", async (work) =>
    registerContractor(work, {
      name: "見本封入株式会社",
      contractFrom: "2026-04-01",
      contractTo: "2027-03-31",
      publicKey: await identityToRecipient(identity),
    }),
  );
  for (let n = 0; n < 2; n += 1) {
    const family = await counter.household();
    await counter.toIssued(family.mother, householdApplication(family), [keyed(family.mother)]);
    families.push(family);
  }
}, 120_000);

const due = () => counter.as("clerk1", (work) => countDeliveries(work, { only: "due", ...period }));

test("窓口で渡した証は送られず、残りが交付したときのまま印刷され、二度は送られない。封入封緘の委託先には数だけが渡り、結果は順に一度ずつ記録される", async () => {
  const all = await counter.as("clerk1", (work) =>
    listDeliveries(work, { only: "due", ...period, lines: { from: 0, size: 50 } }),
  );
  const counterGiven = all.filter(({ personNumber }) => personNumber === families[1]?.mother);
  await counter.as("clerk1", (work) =>
    giveAtCounter(
      work,
      counterGiven.map(({ certificateId }) => certificateId),
    ),
  );
  expect(await due()).toBe(all.length - 1);
  for (const who of ["operator1", "east1"] as const)
    await expect(
      as(
        who,
        (sql) =>
          sql`select single_parent.give_at_counter(${[all[0]?.certificateId ?? ""]}::uuid[])`,
      ),
      who,
    ).rejects.toMatchObject(denied);

  const run = await mailings.extract(await mailings.start(kind, order));
  await expect(
    mailings.as("operator1", (work) => nameEncloser(work, run, run.contractorId)),
  ).rejects.toMatchObject({ status: 422 });
  await mailings.as("operator1", (work) => nameEncloser(work, run, encloser));
  const made = await mailings.make(await mailings.approved(run));
  expect(made.run.state).toBe("complete");
  const lines = indexOf(await mailings.open(made.run));
  expect(lines).toHaveLength(all.length - 1);
  expect(await due()).toBe(0);
  const [second] = await admin<{ found: number }[]>`
    select count(*)::int as found from entitlements.certificate z join entitlements.entitlement e on e.id = z.entitlement_id
     where e.program = 'single-parent-medical' and z.issue > 1`;
  expect(second?.found).toBe(0);

  // The second contractor: counts alone, in their turn, each once.
  const tell = (step: "printed" | "delivered" | "posted", good: number, rest: object = {}) =>
    mailings.as("operator1", (work) =>
      noteEnclosing(work, made.run.id, {
        step,
        day: "2026-11-20",
        good,
        bad: 1,
        number: "受-1",
        difference: undefined,
        ...rest,
      }),
    );
  await expect(tell("printed", lines.length)).rejects.toMatchObject({ status: 409 });
  await mailings.as("operator1", (work) =>
    handOverPackage(work, {
      runId: made.run.id,
      expectedRevision: made.run.revision,
      manner: "transfer",
    }),
  );
  const sheet = await mailings.as("operator1", (work) => handEnclosing(work, made.run.id));
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const text = await decrypter.decrypt(sheet.bytes, "text");
  expect(text.replace("\uFEFF", "").split("\r\n")[0]).toBe(
    '"ファイル名","通数","封筒数","ページ数"',
  );
  const numbers = all.map(({ recipientNumber }) => recipientNumber);
  for (const number of [...numbers, "8600004"]) expect(text).not.toContain(number);
  await expect(tell("printed", lines.length - 1)).rejects.toMatchObject({ field: "good" });
  await tell("printed", lines.length);
  await tell("delivered", lines.length);
  await expect(tell("posted", lines.length - 1)).rejects.toMatchObject({ field: "difference" });
  await tell("posted", lines.length - 1, { difference: "spoilt" });
  const told = await mailings.as("operator1", (work) => enclosingOf(work, made.run.id));
  expect(told?.entry).toMatchObject({
    printed: lines.length,
    misprinted: 1,
    posted: lines.length - 1,
    difference: "spoilt",
  });
  const again = `select mailings.note_enclosing('${made.run.id}', 'posted', '2026-11-20', ${lines.length - 1}, 0, null, 'spoilt')`;
  for (const who of ["operator1", "clerk1"] as const)
    await expect(
      as(who, (sql) => sql.unsafe(again)),
      who,
    ).rejects.toMatchObject(denied);
  for (const statement of [
    "update mailings.enclosing set posted = 0",
    "delete from single_parent.delivery",
    `select single_parent.deliver_by_run('${made.run.id}', '{}')`,
    `select single_parent.withdraw_deliveries('${made.run.id}')`,
  ])
    await expect(
      as("operator1", (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toMatchObject(denied);
});
