import { expect, test } from "vitest";
import { findPeople } from "#src/platform/people/index.ts";
import { renewNameTokens } from "#src/platform/people/renew-tokens.ts";
import { runWork } from "#src/platform/work.ts";
import { staffSql } from "#test/security/role-with-session/support.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { nameKeysVersion } from "#workflows/names/search-keys.ts";

const city = await openTestPlatform();
const { platform, admin } = city;
const asSql = staffSql(city);

const names = ["かほる", "ゆふ", "みすゞ"].map((given) => ({
  kanji: `試験　${given}`,
  kana: "シケン　カオル",
}));
const [kaoru = ""] = await runWork(platform, await city.system(), { purpose: "feed" }, (work) =>
  writePeople(
    work,
    names.map((name) => ({ record: invented({ name }) })),
  ),
);

const find = async (name: string) =>
  runWork(platform, await city.actor("clerk1"), { purpose: "counter" }, async (work) => {
    // So few people are read as a whole otherwise.
    await work.sql`set local enable_seqscan = off`;
    return findPeople(work, { name });
  });

/** As after an upgrade from a version that made no tokens by written kana. */
const asOfAnEarlierVersion = () =>
  admin`update vault.person set name_tokens = '{}', name_tokens_version = ${nameKeysVersion - 1}`;

test("氏名の検索は、表を端から読まず、索引で引く", async () => {
  const scans = async () => {
    const [row] = await admin<{ n: string }[]>`
      select idx_scan as n from pg_stat_user_indexes where indexrelname = 'person_name_tokens'`;
    return Number(row?.n);
  };
  const before = await scans();
  expect(await find("試験")).toHaveLength(3);
  await expect.poll(scans, { timeout: 20_000 }).toBeGreaterThan(before);
});

test("かなで書く名前は、書いたとおりのかなで見つかる", async () => {
  expect(await find("かほる")).toEqual([kaoru]);
});

test("前の版の索引は作り直され、それまで見つからなかった方も見つかる", async () => {
  await asOfAnEarlierVersion();
  expect(await find("かほる")).toEqual([]);
  expect(await renewNameTokens(platform, await city.system())).toBe(3);
  expect(await find("かほる")).toEqual([kaoru]);
  expect(await renewNameTokens(platform, await city.system())).toBe(0);
  const [read] = await admin<{ n: number }[]>`
    select count(*)::int as n from audit.record where action = 'person.name-tokens'`;
  expect(read?.n).toBe(3);
});

test("読んでから氏名が変わった方の索引は、古い氏名では書かれない", async () => {
  await asOfAnEarlierVersion();
  await runWork(platform, await city.system(), { purpose: "scheduled" }, async ({ sql }) => {
    const [read] = await sql<{ sealed_name: Buffer }[]>`
      select sealed_name from vault.names_to_renew(${nameKeysVersion}, 10) where person_number = ${kaoru}`;
    const other = Buffer.from(read?.sealed_name ?? "").reverse();
    const [row] = await sql`select vault.renew_name_tokens(${nameKeysVersion}, ${[kaoru]}::text[],
      ${[`\\x${other.toString("hex")}`]}::text[]::bytea[], ${["{1}"]}::text[]) as n`;
    expect(row).toEqual({ n: 0 });
  });
});

test("職員のセッションからは、索引も氏名も読めず、書けない", async () => {
  for (const statement of [
    "select vault.with_name('{1}', false)",
    "select * from vault.names_to_renew(9, 10)",
    `select vault.renew_name_tokens(9, array['${kaoru}'], array['\\x00'::bytea], array['{1}'])`,
    "set role madoguchi_search",
  ])
    await expect(
      asSql("supervisor1", (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toMatchObject({ code: "42501" });
});
