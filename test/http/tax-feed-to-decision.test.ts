import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { importFile, standardFeed, tax } from "#src/platform/feeds/index.ts";
import { fileOf, linesOf, residentsFeed, smallCity } from "#test/db/feeds/support.ts";
import { openTestApp, type Visitor } from "#test/support/app.ts";
import type { At } from "#test/support/casework.ts";
import { numberCard } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { householdApplication, householdCounterOf } from "#test/support/household-counter.ts";
import { singleParentIn } from "#test/support/single-parent-in-register.ts";

const taxFeed = standardFeed(tax);
const city = await openTestPlatform();
const counter = householdCounterOf(city);
const app = openTestApp(city);
let family: Awaited<ReturnType<typeof singleParentIn>>;
let taxLines: string[];
let at: At;
const url = () => `/single-parent-medical/cases/${at.caseId}`;
/** A page as its reader sees it: without the elements that only divide it. */
const pageOf = async (who: TestStaff, path = "") =>
  (await (await app.visitor(who)).get(`${url()}${path}`)).text.replaceAll(/<\/?span[^>]*>/g, "");

/** The line of the parent of income year 2025, determined on a day, with nothing but a salary. */
function lineOf(determinedOn: string, salary: number): string {
  const heading = taxLines[0]?.split(",") ?? [];
  const line = taxLines.find((one) => one.startsWith(`${family.parentSource},2025,`)) ?? "";
  const amounts = heading.slice(heading.indexOf("合計所得金額"), heading.indexOf("同一生計配偶者"));
  const values: Record<string, string> = {
    ...Object.fromEntries(amounts.map((name) => [name, "0"])),
    更正日: determinedOn,
    市町村民税課税区分: "1",
    合計所得金額: String(salary),
    給与所得: String(salary),
  };
  const cells = line.split(",");
  return heading.map((name, n) => values[name] ?? cells[n]).join(",");
}

let files = 0;
/** Takes in a tax file: received by one person, approved by another. */
async function receive(extent: "full" | "diff", lines: string[]) {
  const people = {
    preparer: await city.actor("operator1"),
    committer: await city.actor("supervisor1"),
  };
  const day = city.platform.clock.today().replaceAll("-", "");
  const name = `tax-${day}-${extent}-${String(++files).padStart(4, "0")}.csv`;
  const file = join(await mkdtemp(join(tmpdir(), "taxes-")), name);
  await writeFile(file, fileOf([taxLines[0] ?? "", ...lines]));
  return importFile(city.platform, people, taxFeed, file);
}

const hidden = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";

/** Sends the form of incomes as it came, with what is chosen in it already and nothing typed. */
async function recordAsShown(clerk: Visitor) {
  const { text } = await clerk.get(`${url()}/income`);
  const source = /name="people\.0\.source" value="([\w-]+)"[^>]* checked/.exec(text)?.[1] ?? "";
  const sent = await clerk.post(`${url()}/income`, {
    revision: hidden(text, "revision"),
    key: hidden(text, "key"),
    "people.0.personNumber": hidden(text, "people.0.personNumber"),
    "people.0.source": source,
  });
  at = { ...at, revision: at.revision + 1 };
  return { source, status: sent.status };
}

beforeAll(async () => {
  const operator = await city.actor("operator1");
  const people = { preparer: operator, committer: await city.actor("supervisor1") };
  const small = await smallCity(600);
  await importFile(city.platform, people, residentsFeed, small.residents.path);
  family = await singleParentIn(city.platform, operator, small);
  taxLines = await linesOf(small.tax.path);
});

test("申請のあとに届いた税情報から、その世帯の分だけが保存され、入力なしで所得が判定される", async () => {
  const { personNumber } = family.parent;
  const opened = await counter.open("clerk1", personNumber);
  at = { caseId: opened.id, revision: 1 };
  at = await counter.step("clerk1", "recordIdentity", at, { input: numberCard });
  const children = family.children.map((one) => one.personNumber);
  at = await counter.step("clerk1", "enter", at, { input: householdApplication({ children }) });
  at = await counter.step("clerk1", "recordDocuments", at, {
    input: { "family-register": "seen", "insurance-proof": "seen", "account-proof": "seen" },
  });
  at = await counter.step("clerk1", "submit", at);
  expect(await pageOf("clerk2", "/income")).toContain("まだ届いていません");

  const others = taxLines.slice(1).filter((line) => !line.startsWith(`${family.parentSource},`));
  const summary = await receive("full", [...others, lineOf("20260601", 1_500_000)]);
  expect(summary).toMatchObject({ notNeeded: others.length, written: 1 });
  const kept = await city.admin`select person_number from vault.feed_record`;
  expect(kept.map((row) => row.person_number)).toEqual([personNumber]);

  const form = await pageOf("clerk2", "/income");
  expect(form).toContain("課税（令和8年6月1日決定）");
  expect(form).toContain("1,500,000円");
  const recorded = await recordAsShown(await app.visitor("clerk2"));
  expect(recorded).toEqual({ source: "tax-feed", status: 303 });
});

test("出所、決定日、年分、限度額、計算の過程が、審査と決裁の画面に出る", async () => {
  at = await counter.step("clerk2", "confirm", at);
  at = await counter.step("clerk2", "propose", at);
  at = await counter.step("clerk2", "requestDecision", at);
  for (const [who, path] of [["clerk2", ""] as const, ["supervisor1", "/decision"] as const]) {
    const text = await pageOf(who, path);
    expect(text).toContain("所得の判定（2025年分）");
    expect(text).toContain("税情報（令和8年6月1日決定）");
    // 1,500,000 less 100,000 of a salary and 80,000 for social insurance.
    expect(text).toContain("1,320,000円");
    expect(text).toMatch(/給与所得・公的年金等に係る控除.*?-100,000円.*?社会保険料相当額/s);
    expect(text).toMatch(/限度額（扶養親族等 \d人）/);
    expect(text).toContain("限度額未満");
    expect(text).not.toContain("今の税情報と違います");
  }
  expect(await pageOf("supervisor1", "/decision")).toMatch(
    /1,320,000円（限度額 [\d,]+円、2025年分）/,
  );
});

test("決裁の前に更正が届くと、審査と決裁の画面に違いが出る", async () => {
  city.platform.clock.moveTo("2026-11-26");
  expect(await receive("diff", [lineOf("20261125", 6_000_000)])).toMatchObject({ written: 1 });
  const decision = await pageOf("supervisor1", "/decision");
  expect(decision).toContain("記録した所得が、今の税情報と違います");
  expect(decision).toContain(
    "判定する所得 1,320,000円（限度額未満） → 5,820,000円（限度額以上）、令和8年11月25日決定",
  );
  expect(decision).toContain("<dt>今の税情報との違い</dt>");
  expect(await pageOf("clerk2")).toContain("記録した所得が、今の税情報と違います");
});

test("差し戻して税情報のとおりに記録し直すと、認定は起案できず、却下を決裁できる", async () => {
  at = await counter.step("supervisor1", "remand", at);
  expect(await recordAsShown(await app.visitor("clerk2"))).toEqual({
    source: "tax-feed",
    status: 303,
  });
  const text = await pageOf("clerk2");
  expect(text).not.toContain("今の税情報と違います");
  expect(text).toContain("税情報（令和8年11月25日決定）");
  expect(text).toContain("所得が限度額以上の方がいるため、認定できません。");
  await expect(counter.step("clerk2", "propose", at)).rejects.toMatchObject({
    reasons: ["所得が限度額以上の方がいるため、認定できません。却下の起案をしてください。"],
  });
  at = await counter.step("clerk2", "proposeRejection", at, { input: { reason: "income" } });
  at = await counter.step("clerk2", "requestDecision", at);
  expect(await pageOf("supervisor1", "/decision")).toContain("所得が限度額以上であるため");
  const decided = await counter.step("supervisor1", "approve", at);
  expect(decided.state).toBe("rejected");
  await counter.effects(at.caseId);
  expect((await counter.view(at.caseId)).documents.map(({ kind }) => kind)).toEqual(["rejection"]);
});

test("終わった申請では税情報はもう求められず、画面には判定に使った所得が残る", async () => {
  const needed = await city.admin`
    select from people.needed where case_id = ${at.caseId} and ended_on is null`;
  expect(needed).toHaveLength(0);
  expect(await receive("diff", [lineOf("20261126", 900_000)])).toMatchObject({ notNeeded: 1 });
  const text = await pageOf("supervisor1");
  expect(text).toContain("5,820,000円");
  expect(text).not.toContain("今の税情報と違います");
});
