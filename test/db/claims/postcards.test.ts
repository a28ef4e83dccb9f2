import { expect, test } from "vitest";
import { runEffects } from "#src/platform/cases/index.ts";
import { postcardMailingId, postcardOf } from "#src/platform/claims/index.ts";
import { documentsOf, printDocument } from "#src/platform/documents/index.ts";
import { previewRun, withdrawPackage } from "#src/platform/mailings/index.ts";
import { textOfPages } from "#test/documents/render.ts";
import type { At } from "#test/support/casework.ts";
import { claimsOf, keyedReceipt } from "#test/support/claims.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { mailingsOf } from "#test/support/mailings.ts";

const city = await openTestPlatform();
const claims = claimsOf(city);
const mailings = await mailingsOf(city, "child-medical");
const counter = counterOf(city);
await claims.payments.setUp();
const kind = { id: postcardMailingId("child-medical") };

async function entitled(): Promise<string> {
  city.platform.clock.moveTo("2026-11-20");
  const child = await counter.family();
  await counter.toIssued(child);
  await claims.payments.account(child);
  city.platform.clock.moveTo("2026-12-05");
  return child;
}
const receipt = (day: number) => keyedReceipt({ month: "2026-11", day });

/** A claim that was granted, with its letter. */
async function decided(child: string, day: number): Promise<At> {
  const at = await claims.granted(child, [receipt(day)]);
  await runEffects(city.platform, await city.actor("supervisor1"), at.caseId);
  return at;
}
const order = () =>
  mailings.start(kind, {
    title: "支給決定通知はがき",
    parameters: { from: "2026-12-01", to: "2026-12-05" },
  });
const states = async (run: { id: string }) => {
  const rows = await city.admin<{ piece_number: string; state: string; reason: string | null }[]>`
    select piece_number, state, reason from mailings.batch_item where run_id = ${run.id} order by piece_number`;
  return rows.map(({ state, reason }) => [state, reason].filter(Boolean).join(" "));
};

test("全額支給の決定は、はがきの一括発送で一度だけ知らせ、取り下げればまた対象になる", async () => {
  const [one, other] = [await entitled(), await entitled()];
  const first = await decided(one, 21);
  const second = await decided(one, 22);
  const printed = await decided(other, 23);
  const [letter] = await claims.as("clerk1", (work) => documentsOf(work, printed.caseId));
  await claims.as("clerk1", (work) => printDocument(work, letter?.id ?? ""));
  // Of one with a row refused there is a letter.
  const aside = await claims.examined(one, [receipt(24), { ...receipt(25), documents: [] }]);
  const partly = await claims.accept("clerk2", aside, [
    { number: 2, code: "no-receipt", reason: "documents" },
  ]);
  const refused = await claims.step(
    "supervisor1",
    "approve",
    await claims.step("clerk2", "propose", partly),
  );
  await runEffects(city.platform, await city.actor("supervisor1"), refused.caseId);

  const run = await mailings.extract(await order());
  expect(await states(run)).toEqual(["ready", "ready"]);
  const sample = await mailings.as("operator1", (work) => previewRun(work, run.id));
  const words = (await textOfPages(sample)).join("").replace(/\s/g, "");
  for (const part of ["支給決定通知", "見本診療所", "****567", "2,500円"])
    expect(words).toContain(part);
  const made = await mailings.make(await mailings.approved(run));
  expect(made.run.state).toBe("complete");
  for (const { caseId } of [first, second])
    expect(await claims.as("supervisor1", (work) => postcardOf(work, caseId))).toMatchObject({
      serial: run.serial,
    });
  const again = await mailings.extract(await order());
  expect(await states(again)).toEqual([]);

  // The package never goes out: they are due again.
  const asked = await mailings.step("operator1", made.run, "ask-withdrawal", "用紙の誤り");
  await mailings.as("supervisor1", (work) =>
    withdrawPackage(work, { runId: asked.id, expectedRevision: asked.revision }),
  );
  expect(await states(await mailings.extract(await order()))).toEqual(["ready", "ready"]);
});

test("抽出の後に封書を印刷し、取り消し、又は口座が変わると、そのはがきは作られない", async () => {
  const [one, other, third] = [await entitled(), await entitled(), await entitled()];
  const printed = await decided(one, 21);
  const cancelled = await decided(other, 22);
  const moved = await decided(third, 23);
  const run = await mailings.extract(await order());
  const approved = await mailings.approved(run);
  const [letter] = await claims.as("clerk1", (work) => documentsOf(work, printed.caseId));
  await claims.as("clerk1", (work) => printDocument(work, letter?.id ?? ""));
  const asked = await claims.step("clerk2", "proposeCancellation", cancelled, {
    input: { reason: "mistake" },
  });
  await claims.step("supervisor1", "cancel", asked);
  await city.admin`update claims.notice set account_id = gen_random_uuid() where case_id = ${moved.caseId}`;
  await mailings.make(approved);
  const rows = await city.admin<{ reason: string }[]>`
    select i.reason from mailings.batch_item i join cases.case c on c.number = i.piece_number
     where i.run_id = ${run.id} and c.id = any(${[printed, cancelled, moved].map(({ caseId }) => caseId)}::uuid[])
     order by i.reason`;
  expect(rows.map(({ reason }) => reason)).toEqual([
    "account-changed",
    "told-already",
    "told-already",
  ]);
});
