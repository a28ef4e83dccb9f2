import { readFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "#src/platform/access/index.ts";
import { approveImport } from "#src/platform/feeds/approve.ts";
import {
  getImport,
  type ImportSummary,
  receiveFile,
  reviewImport,
} from "#src/platform/feeds/index.ts";
import { writeImport } from "#src/platform/feeds/write.ts";
import { breakFile } from "#test/support/break-file.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { incoming, inFeeds, residentsFeed, smallCity, summaryOf } from "./support.ts";

const population = 3_000;
const name = "residents-20261120-full-0001.csv";
let home: TestPlatform;
let operator: Actor;
let supervisor: Actor;
let broken: ReturnType<typeof breakFile>["broken"];
let importId: string;
let reviewed: ImportSummary;

beforeAll(async () => {
  home = await openTestPlatform();
  operator = await home.actor("operator1");
  supervisor = await home.actor("supervisor1");
  const city = await smallCity(population);
  const made = breakFile(await readFile(city.residents.path), 0.1, 2);
  broken = made.broken;
  importId = await receiveFile(home.platform, operator, residentsFeed, incoming(name, made.bytes));
  await reviewImport(home.platform, await home.system(), residentsFeed, importId);
  reviewed = await summaryOf(home.platform, operator, importId);
});

test("the review writes nobody, and its counts add up to the rows of the file", async () => {
  expect(reviewed.rows).toBe(population);
  expect(reviewed.byVerdict.new + reviewed.bad).toBe(population);
  expect(reviewed.bad).toBe(broken.length);
  const [people] = await home.admin`select count(*)::int as n from vault.person`;
  expect(people?.n).toBe(0);
});

test("exactly the broken rows are kept as bad rows, with field and reason", async () => {
  const rows = await home.admin<{ row: number }[]>`
    select distinct row from feeds.bad_row where import_id = ${importId} order by row`;
  expect(rows.map(({ row }) => row)).toEqual(broken.map(({ row }) => row));
});

test("what stands outside the vault holds no line, no name and no number of a person of the register", async () => {
  const columns = await home.admin<{ table_name: string; column_name: string }[]>`
    select table_name, column_name from information_schema.columns
     where table_schema = 'feeds' and data_type in ('text', 'ARRAY', 'bytea', 'jsonb')`;
  for (const { table_name, column_name } of columns) {
    const [found] = await home.admin`
      select count(*)::int as n from feeds.${home.admin(table_name)}
       where ${home.admin(column_name)}::text ~ '熊本|[ァ-ヶ]{2,}　|10000000'`;
    expect(found?.n, `${table_name}.${column_name}`).toBe(0);
  }
});

test("after the commit by another person all good rows are residents and no bad row has disappeared", async () => {
  await inFeeds(home.platform, supervisor, async (work) => {
    const { revision } = await getImport(work, importId);
    await approveImport(work, { importId, revision });
  });
  await writeImport(home.platform, await home.system(), residentsFeed, importId);
  const after = await summaryOf(home.platform, supervisor, importId);
  expect(after.written).toBe(population - broken.length);
  expect(after.bad).toBe(broken.length);
  const [people] = await home.admin`
    select count(*)::int as n, count(distinct source_token)::int as sources from vault.person`;
  expect(people).toEqual({ n: after.written, sources: after.written });
  const [households] = await home.admin`
    select count(*) filter (where heads > 1)::int as odd, count(*) filter (where heads = 1)::int as usual
      from (select count(*) filter (where is_head) as heads from vault.person group by household_number) h`;
  expect(households?.odd).toBe(0);
  expect(households?.usual).toBeGreaterThan(population / 4);
  const entry = await inFeeds(home.platform, operator, (work) => getImport(work, importId));
  expect(entry.state).toBe("committed");
});

test("the mended rows come with the next full file; the others are unchanged", async () => {
  const city = await smallCity(population);
  const next = incoming("residents-20261120-full-0002.csv", await readFile(city.residents.path));
  const again = await receiveFile(home.platform, operator, residentsFeed, next);
  await reviewImport(home.platform, await home.system(), residentsFeed, again);
  const found = await summaryOf(home.platform, operator, again);
  expect(found.byVerdict).toMatchObject({
    new: broken.length,
    unchanged: population - broken.length,
  });
  expect(found).toMatchObject({ bad: 0, gone: 0 });
});
