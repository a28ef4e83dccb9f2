import { expect, test } from "vitest";
import { runEffects } from "#src/platform/cases/index.ts";
import { previewClaimNotice } from "#src/platform/claims/index.ts";
import { documentsOf, printDocument } from "#src/platform/documents/index.ts";
import { getSealed } from "#src/platform/vault/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { textOfPages } from "#test/documents/render.ts";
import { claimsOf, keyedReceipt } from "#test/support/claims.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const claims = claimsOf(city);
const { as, kind } = claims;
const counter = counterOf(city);
await claims.payments.setUp();

/** A child that was granted on an application, so that letters have an address. */
async function entitled(): Promise<string> {
  city.platform.clock.moveTo("2026-11-20");
  const child = await counter.family();
  await counter.toIssued(child);
  await claims.payments.account(child);
  city.platform.clock.moveTo("2026-12-05");
  return child;
}
const treated = (day: number) => ({ month: "2026-11" as const, day });

const issued = async (caseId: string) => {
  await runEffects(city.platform, await city.actor("supervisor1"), caseId);
  return as("clerk1", (work) => documentsOf(work, caseId));
};

test("決裁すると通知書が発行され、内訳、差引き、口座の下の桁、振込の予定日と教示が載り、刷り直しても同じである", async () => {
  const child = await entitled();
  const waiting = await claims.proposed(child, [
    keyedReceipt(treated(24)),
    keyedReceipt({
      ...treated(26),
      paid: 6_000,
      cost: 20_000,
      institutionName: "例示市立総合医療センター",
    }),
  ]);
  const look = (as: "letter" | "postcard") =>
    claims.as("clerk2", (work) => previewClaimNotice(work, kind, waiting.caseId, as));
  expect((await textOfPages((await look("letter")).pdf)).join("")).toContain("見本");
  expect((await look("postcard")).paper.template).toBe("letters/payment-postcard v2");
  expect(await issued(waiting.caseId)).toEqual([]);
  await claims.step("supervisor1", "approve", waiting);
  const [paper, ...others] = await issued(waiting.caseId);
  expect(others).toEqual([]);
  expect(paper).toMatchObject({
    kind: "claim-decision",
    templateVersion: "letters/payment-decision v2",
  });
  const print = () => as("clerk1", (work) => printDocument(work, paper?.id ?? ""));
  const { pdf } = await print();
  const words = (await textOfPages(pdf)).join("").replace(/\s/g, "");
  for (const part of [
    "支給決定通知書",
    "例示市立総合医療センター",
    "一部負担金500円",
    "合計",
    "****567",
    "令和9年1月15日",
    "審査請求",
  ])
    expect(words).toContain(part);
  expect(Buffer.compare((await print()).pdf, pdf)).toBe(0);
});

test("一部支給と不支給の通知書には、理由が載り、はがきにはならない", async () => {
  const child = await entitled();
  const examined = await claims.examined(child, [keyedReceipt(treated(25))]);
  const refusal = await claims.step("clerk2", "proposeRefusal", examined, {
    input: { reason: "late" },
  });
  await expect(
    as("clerk2", (work) => previewClaimNotice(work, kind, refusal.caseId, "postcard")),
  ).rejects.toMatchObject({ status: 422 });
  await claims.step("supervisor1", "approve", refusal);
  const [paper] = await issued(refusal.caseId);
  expect(paper?.templateVersion).toBe("letters/payment-refusal v1");
  const { pdf } = await as("clerk1", (work) => printDocument(work, paper?.id ?? ""));
  const words = (await textOfPages(pdf)).join("").replace(/\s/g, "");
  expect(words).toContain("不支給決定通知書");
  expect(words).toContain("申請の期限を過ぎているため。");
});

test("決裁の後に通知書を作れずに残っていても、定時の処理が口座と振込の予定日の載った通知書を一通だけ作る", async () => {
  const child = await entitled();
  const decided = await claims.granted(child, [keyedReceipt(treated(27))]);
  const system = await city.system();
  await runEffects(city.platform, system);
  expect(
    await city.admin`select params->>'kind' as kind, failure from cases.effect where done_at is null`,
  ).toEqual([]);
  const papers = await as("clerk1", (work) => documentsOf(work, decided.caseId));
  expect(papers).toHaveLength(1);
  const { pdf } = await as("clerk1", (work) => printDocument(work, papers[0]?.id ?? ""));
  const words = (await textOfPages(pdf)).join("").replace(/\s/g, "");
  for (const part of ["支給決定通知書", "****567", "令和9年1月15日"]) expect(words).toContain(part);
  // Once it is made, the clock neither sees nor opens an account.
  const [account] = await city.admin<{ sealed_id: string }[]>`
    select sealed_id from payments.account where person_number = ${child} and state = 'confirmed'`;
  const byTheClock = <T>(run: (work: Work) => Promise<T>) =>
    runWork(city.platform, system, { purpose: "scheduled", program: kind.program }, run);
  expect(
    await byTheClock(
      ({ sql }) => sql`select id from payments.account where person_number = ${child}`,
    ),
  ).toEqual([]);
  await expect(
    byTheClock((work) => getSealed(work, [account?.sealed_id ?? ""])),
  ).rejects.toMatchObject({ code: "42501" });
});
