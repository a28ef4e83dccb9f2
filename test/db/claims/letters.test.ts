import { expect, test } from "vitest";
import { getCase, runEffects } from "#src/platform/cases/index.ts";
import { makeClaimLetter } from "#src/platform/claims/index.ts";
import { documentsOf, printDocument } from "#src/platform/documents/index.ts";
import { textOfPages } from "#test/documents/render.ts";
import { claimsOf, inquiry, keyedReceipt, supplement } from "#test/support/claims.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const claims = claimsOf(city);
const { as, kind } = claims;
const counter = counterOf(city);
await claims.payments.setUp();
city.platform.clock.moveTo("2026-11-20");
const child = await counter.family({
  name: { kanji: "渡邉　髙太郎", kana: "ワタナベ　ヨシタロウ" },
});
await counter.toIssued(child);
await claims.payments.account(child);
city.platform.clock.moveTo("2026-12-05");
const until = "2026-12-25";
const receipt = (day: number) => keyedReceipt({ month: "2026-11", day });

/** The papers of a claim once what its steps left was done, and what the last of them says. */
async function lastPaper(caseId: string) {
  await runEffects(city.platform, await city.actor("supervisor1"), caseId);
  const papers = await as("clerk1", (work) => documentsOf(work, caseId));
  const paper = papers.at(-1);
  const print = () => as("clerk1", (work) => printDocument(work, paper?.id ?? ""));
  const { pdf } = await print();
  expect(Buffer.compare((await print()).pdf, pdf)).toBe(0);
  return { kind: paper?.kind, words: (await textOfPages(pdf)).join("").replace(/\s/g, "") };
}

test("補正を求めると、足りないものと期限の通知が一通残り、刷り直しても同じである", async () => {
  const at = await claims.claimed(child, [receipt(21)]);
  await expect(
    claims.step("clerk2", "hold", at, { until, input: { items: [] } }),
  ).rejects.toMatchObject({ status: 422 });
  await claims.step("clerk2", "hold", at, { until, input: supplement });
  const { kind: sort, words } = await lastPaper(at.caseId);
  expect(sort).toBe("claim-supplement");
  for (const part of [
    "補正のお願い",
    "領収書の原本",
    "領収書に診療日がありません。",
    "令和8年12月25日",
    "渡邉髙太郎",
  ])
    expect(words).toContain(part);
});

test("照会書は、照会先に、領収書の内容と回答の欄を付けて残る", async () => {
  const at = await claims.claimed(child, [receipt(22), receipt(23)]);
  for (const wrong of [{ addressee: "" }, { receipts: [] }, { postalCode: "12" }, { items: [] }])
    await expect(
      claims.step("clerk2", "inquire", at, { until, input: { ...inquiry, ...wrong } }),
    ).rejects.toMatchObject({ status: 422 });
  await claims.step("clerk2", "inquire", at, { until, input: { ...inquiry, receipts: [2] } });
  const { kind: sort, words } = await lastPaper(at.caseId);
  expect(sort).toBe("claim-inquiry");
  for (const part of [
    "について（照会）",
    "例示市立総合医療センター医事課",
    "御中",
    "令和8年11月23日",
    "受診した日",
    "領収した額",
  ])
    expect(words).toContain(part);
  expect(words).not.toContain("11月22日");
});

test("決定を取り消すと、理由と教示の付いた取消通知書が残る。起案のうちに見本を見られる", async () => {
  const decided = await claims.granted(child, [receipt(24)]);
  const found = await as("clerk2", (work) => getCase(work, decided.caseId));
  const preview = () =>
    as("clerk2", (work) => makeClaimLetter(work, kind, found, { letter: "claim-cancellation" }));
  await expect(preview()).rejects.toMatchObject({ status: 422 });
  const asked = await claims.step("clerk2", "proposeCancellation", decided, {
    input: { reason: "insurer-paid" },
  });
  expect((await textOfPages((await preview()).pdf)).join("")).toContain("見本");
  await claims.step("supervisor1", "cancel", asked);
  const { kind: sort, words } = await lastPaper(decided.caseId);
  expect(sort).toBe("claim-cancellation");
  for (const part of [
    "支給決定取消通知書",
    "医療保険からの給付が後から分かったため。",
    "2,500円",
    "審査請求",
  ])
    expect(words).toContain(part);
});
