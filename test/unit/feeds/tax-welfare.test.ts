import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateCity } from "#db/city/city.ts";
import type { FeedKind } from "#src/platform/feeds/index.ts";
import { tax, welfare } from "#src/platform/feeds/index.ts";
import { itemReader, orderOf, parseLayout } from "#src/platform/feeds/layout.ts";
import { readTax } from "#src/platform/feeds/tax/read.ts";
import { readWelfare } from "#src/platform/feeds/welfare/read.ts";
import { assessIncome } from "#workflows/single-parent-medical/income.ts";
import { incomeOrdinances, incomeTest } from "#workflows/single-parent-medical/limits.ts";
import { countDependants } from "#workflows/taxes/income.ts";
import { holdsOn } from "#workflows/welfare/benefits.ts";

const asOf = "2026-11-20";
let folder: string;
let taxFile: string[][];
let welfareFile: string[][];
let singleParents: Set<string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tax-"));
  const files = await generateCity({ folder, asOf, population: 15_000 });
  taxFile = parse(await readFile(files.tax.path));
  welfareFile = parse(await readFile(files.welfare.path));
  const residents: Record<string, string>[] = parse(await readFile(files.residents.path), {
    columns: true,
  });
  const living = residents.filter((row) => !["04", "05"].includes(row.異動事由 ?? ""));
  const minor = (row: Record<string, string>) => (row.生年月日 ?? "") > "20081120";
  singleParents = new Set(
    [...Map.groupBy(living, (row) => row.世帯番号)].flatMap(([, members]) => {
      const [parent, another] = members.filter((row) => !minor(row));
      return parent && !another && members.some((row) => row.続柄コード === "20")
        ? [parent.住民番号 ?? ""]
        : [];
    }),
  );
});
afterAll(() => rm(folder, { recursive: true }));

/** Judges every row of a file the way the import does. */
function readAll<Row>(
  kind: Pick<FeedKind<Row>, "id" | "items" | "standardLayout" | "read">,
  [headings = [], ...rows]: string[][],
) {
  const layout = parseLayout(kind.standardLayout, kind);
  const found = orderOf(layout, headings);
  if (!("order" in found)) throw new Error("headings");
  const toItems = itemReader(layout, kind, found.order);
  return rows.map((fields) => {
    const { items, errors } = toItems(fields);
    return errors.length > 0 ? { errors } : kind.read(items, asOf);
  });
}

const good = {
  sourceId: "100000001",
  incomeYear: "2025",
  determinedOn: "2026-06-01",
  assessment: "taxed",
  total: "1800000",
  salary: "1800000",
  singleParent: "350000",
  general: "2",
  aged16To18: "1",
  incomeLevy: "36000",
};
const faultsOf = (changes: Record<string, string>) => {
  const judged = readTax({ ...good, ...changes }, asOf);
  return "errors" in judged ? judged.errors.map(({ field, code }) => `${field} ${code}`) : [];
};

test("税情報の行は、規則がそのまま受け取る所得と控除になる", () => {
  const judged = readTax(good, asOf);
  if (!("row" in judged)) throw new Error("a good row");
  const { content, subject, toldOn } = judged.row;
  expect([subject, toldOn]).toEqual(["2025", "2026-06-01"]);
  expect(content).toMatchObject({ incomeYear: 2025, assessment: "taxed", total: 1_800_000 });
  expect(assessIncome({ ...content.income, childSupport: 0 }, "applicant").assessed).toBe(
    1_800_000 - 100_000 - 80_000,
  );
  expect(countDependants(content.dependants)).toEqual({
    dependants: 2,
    elderlyDependants: 0,
    studentDependants: 1,
  });
});

test("課税年度だけのファイルも読め、所得年と食い違えば誤りになる", () => {
  const { incomeYear: _, ...byFiscalYear } = { ...good, fiscalYear: "2026" };
  expect(readTax(byFiscalYear, asOf)).toMatchObject({ row: { subject: "2025" } });
  expect(faultsOf({ fiscalYear: "2025" })).toEqual(["fiscalYear mismatch"]);
  expect(faultsOf({ incomeYear: "" })).toContain("incomeYear missing");
});

test.each([
  [{ sourceId: "" }, "sourceId missing"],
  [{ incomeYear: "25" }, "incomeYear not-a-number"],
  [{ incomeYear: "2027", determinedOn: "2026-06-01" }, "incomeYear out-of-range"],
  [{ determinedOn: "2026-12-01" }, "determinedOn future-date"],
  [{ determinedOn: "2025-12-31" }, "determinedOn date-order"],
  [{ salary: "-1" }, "salary out-of-range"],
  [{ medicalExpenses: "-1" }, "medicalExpenses out-of-range"],
  [{ aged16To18: "3" }, "aged16To18 mismatch"],
  [{ elderly: "31" }, "elderly out-of-range"],
  [{ assessment: "exempt" }, "incomeLevy mismatch"],
  [{ assessment: "undeclared", incomeLevy: "0" }, "salary mismatch"],
])("税情報の誤りは項目と理由で分かる %j", (changes, fault) => {
  expect(faultsOf(changes as Record<string, string>)).toContain(fault);
});

test("事業所得とその他の所得には損失がありうる", () => {
  expect(faultsOf({ business: "-500000", other: "-1" })).toEqual([]);
});

test("福祉情報は、手帳に等級が要り、終了日が開始日の前日なら取消、それより前なら誤りになる", () => {
  const row = { sourceId: "1", benefit: "physical-disability", from: "2026-04-01" };
  expect(readWelfare(row)).toEqual({ errors: [{ field: "grade", code: "missing" }] });
  const judged = readWelfare({ ...row, grade: "2", to: "2026-03-31" });
  if (!("row" in judged)) throw new Error("a good row");
  expect(holdsOn(judged.row.content, "2026-04-01")).toBe(false);
  expect(readWelfare({ ...row, grade: "2", to: "2026-03-30" })).toEqual({
    errors: [{ field: "to", code: "date-order" }],
  });
  expect(readWelfare({ ...row, benefit: "public-assistance" })).toHaveProperty("row");
});

test("デモの市の税情報と福祉情報は、すべての行が読める", () => {
  for (const judged of readAll(tax, taxFile)) expect(judged).toHaveProperty("row");
  for (const judged of readAll(welfare, welfareFile)) expect(judged).toHaveProperty("row");
  const subjects = taxFile.slice(1).map(([id, year]) => `${id} ${year}`);
  expect(new Set(subjects).size).toBe(subjects.length);
});

test("デモの市にはひとり親世帯があり、多くは限度額未満、一部は限度額以上、未申告の人もいる", () => {
  expect(singleParents.size).toBeGreaterThan(50);
  const facts = readAll(tax, taxFile).flatMap((judged) =>
    "row" in judged && singleParents.has(judged.row.sourceId) ? [judged.row.content] : [],
  );
  const lastYear = facts.filter(({ incomeYear }) => incomeYear === 2025);
  expect(lastYear.length).toBe(singleParents.size);
  const within = lastYear.map(({ income, dependants }) => {
    const { assessed } = assessIncome({ ...income, childSupport: 0 }, "applicant");
    const { dependants: count, ...others } = countDependants(dependants);
    const asked = { on: asOf, relation: "applicant", income: assessed, dependants: count } as const;
    return incomeTest({ ...asked, ...others }, incomeOrdinances["national-partial"]).within;
  });
  const share = within.filter(Boolean).length / within.length;
  expect(share).toBeGreaterThan(0.6);
  expect(share).toBeLessThan(0.97);
  expect(facts.some(({ assessment }) => assessment === "undeclared")).toBe(true);
  expect(facts.some(({ dependants }) => dependants.aged16To18 > 0)).toBe(true);
});

test("docs/feeds.mdの表は、税情報と福祉情報のすべての項目を挙げている", async () => {
  const text = await readFile(new URL("../../../docs/feeds.md", import.meta.url), "utf8");
  for (const kind of [tax, welfare])
    for (const [item, { title }] of Object.entries(kind.items))
      expect(text).toContain(`| ${title} | \`${item}\` |`);
});
