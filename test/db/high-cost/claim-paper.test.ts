import { expect, test } from "vitest";
import {
  issueClaimPaper,
  makeClaimPaper,
  papersOfClaim,
  printClaimPaper,
} from "#src/platform/high-cost/index.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { textOfPages } from "#test/documents/render.ts";
import { setClaimAddresses } from "#test/support/claim-addresses.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { highCostOf, insurers } from "#test/support/high-cost.ts";
import { type Entitled, receiptsOf } from "#test/support/receipts.ts";

const city = await openTestPlatform();
const cost = highCostOf(city);
city.platform.clock.moveTo("2026-11-20");
const [one, two] = (await receiptsOf(city).entitled(2)) as [Entitled, Entitled];
await cost.paid(one, { cost: 1_000_000, category: "ウ" });
await cost.paid(two, { cost: 800_000, category: "ウ" });
await cost.applied();
for (const { person } of [one, two]) {
  const mandate = await cost.mandate(person, insurers.national);
  await cost.moveMandateTo(person, mandate, "received");
}
const claim = await cost.gathered();
const { letters } = childMedical;
const seen = async () => (await cost.claim(claim)).claim.revision;
const preview = () => cost.as("operator1", (work) => makeClaimPaper(work, letters, claim));
const issue = async (who: "operator1" | "supervisor1" | "cashier1" = "operator1", at?: number) => {
  const revision = at ?? (await seen());
  return cost.as(who, (work) => issueClaimPaper(work, letters, { id: claim, seen: revision }));
};
const papers = () => cost.as("operator1", (work) => papersOfClaim(work, claim));

test("承認された請求だけが、登録された振込先と宛先で請求書になり、発行したものがそのまま印刷し直せる", async () => {
  await expect(preview()).rejects.toMatchObject({ status: 409 });
  await expect(issue()).rejects.toMatchObject({ status: 409 });
  await cost.step("operator1", claim, "submit");
  await cost.step("supervisor1", claim, "approve");
  // What the city has not set is said by its name, and nothing is kept.
  await expect(preview()).rejects.toMatchObject({
    status: 503,
    message: expect.stringContaining("高額療養費の振込先（市の口座）"),
  });
  await setClaimAddresses(city, [insurers.kyokai]);
  await expect(issue()).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining(insurers.national),
  });
  await city.admin`alter table city.parameter disable trigger all`;
  await city.admin`delete from city.parameter where key like 'medical.high-cost-%'`;
  await city.admin`alter table city.parameter enable trigger all`;
  await setClaimAddresses(city);
  expect(await papers()).toEqual([]);

  const looked = await preview();
  const text = (await textOfPages(looked.pdf)).join("");
  for (const words of [
    "見本健康保険組合連合会",
    "御中",
    "見本銀行 本店営業部 普通 7654321 試験市会計管理者",
    "M000001",
    "（下書き）",
  ])
    expect(text.replaceAll(/\s+/g, "")).toContain(words.replaceAll(" ", ""));
  expect(looked).toMatchObject({ count: 2, sum: (await cost.claim(claim)).claim.approvedSum });

  await expect(issue("operator1", 1)).rejects.toMatchObject({ status: 409 });
  await expect(issue("cashier1")).rejects.toMatchObject({ code: "42501" });
  await issue();
  await issue();
  const [newest, first] = await papers();
  expect(first).toMatchObject({ issue: 1, templateVersion: "high-cost/claim v1" });
  expect(newest).toMatchObject({ issue: 2 });
  expect(newest?.number).not.toBe(first?.number);
  expect((await cost.claim(claim)).steps.map(({ event }) => event)).toEqual([
    "gather",
    "submit",
    "approve",
    "issuePaper",
    "issuePaper",
  ]);
  const print = (id: string | undefined) =>
    cost.as("operator1", (work) => printClaimPaper(work, { id: claim, paperId: id ?? "" }));
  const { pdf, name } = await print(newest?.id);
  expect(name).toBe(`${newest?.number}.pdf`);
  expect((await textOfPages(pdf)).join("")).toContain(newest?.number ?? "");

  await cost.step("operator1", claim, "send");
  await expect(issue()).rejects.toMatchObject({ status: 409 });
  // What people are called now changes nothing of what was issued.
  expect(Buffer.from((await print(newest?.id)).pdf).equals(Buffer.from(pdf))).toBe(true);
});
