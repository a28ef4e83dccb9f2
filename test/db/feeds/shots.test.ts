import { beforeAll, expect, test } from "vitest";
import type { Actor } from "#src/platform/access/index.ts";
import { approveImport } from "#src/platform/feeds/approve.ts";
import {
  decideDoubtful,
  type Feed,
  getImport,
  importFile,
  listRows,
  receiveFile,
  reviewImport,
  standardFeed,
} from "#src/platform/feeds/index.ts";
import { writeImport } from "#src/platform/feeds/write.ts";
import { shotFeed } from "#src/programs/vaccination/index.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import {
  fileOf,
  incoming,
  inFeeds,
  linesOf,
  residentsFeed,
  smallCity,
  summaryOf,
} from "./support.ts";

const shots = standardFeed(shotFeed) as Feed;
let home: TestPlatform;
let operator: Actor;
let supervisor: Actor;
let living: { id: string; born: string }[];
let dead: { id: string; on: string };
let sequence = 0;

beforeAll(async () => {
  home = await openTestPlatform();
  operator = await home.actor("operator1");
  supervisor = await home.actor("supervisor1");
  const city = await smallCity(900, 3);
  const rows = (await linesOf(city.residents.path)).slice(1).map((line) => line.split(","));
  living = rows
    .filter((row) => row[21] !== "05" && (row[7] ?? "") > "20000101" && (row[7] ?? "") < "20150101")
    .map((row) => ({ id: row[1] ?? "", born: row[7] ?? "" }));
  const died = rows.find((row) => row[21] === "05");
  dead = { id: died?.[1] ?? "", on: died?.[20] ?? "" };
  await importFile(
    home.platform,
    { preparer: operator, committer: supervisor },
    residentsFeed,
    city.residents.path,
  );
});

type Line = [id: string | undefined, vaccine: string, dose: number, day: string];

/** Takes a file of shots in and has it reviewed; its rows by verdict and doubt. */
async function review(lines: Line[]) {
  sequence += 1;
  const name = `vaccinations-20261120-diff-${String(sequence).padStart(4, "0")}.csv`;
  const heading = "住民番号,ワクチンコード,回数,接種日,製品名,ロット番号";
  const bytes = fileOf([heading, ...lines.map((line) => `${line.join(",")},,`)]);
  const id = await receiveFile(home.platform, operator, shots, incoming(name, bytes));
  await reviewImport(home.platform, await home.system(), shots, id);
  const found = await home.admin<{ row: number; verdict: string; doubt: string | null }[]>`
    select row, verdict, doubt from feeds.row where import_id = ${id} and not superseded order by row`;
  return { id, found: found.map(({ verdict, doubt }) => doubt ?? verdict) };
}

async function commit(importId: string) {
  await inFeeds(home.platform, supervisor, async (work) => {
    const { revision } = await getImport(work, importId);
    await approveImport(work, { importId, revision, gapReason: "試験のため" });
  });
  await writeImport(home.platform, await home.system(), shots, importId);
  return summaryOf(home.platform, operator, importId);
}

test("生まれる前と死亡の後の接種は要確認になり、だれにも反映できない", async () => {
  const [one] = living;
  const { id, found } = await review([
    [one?.id, "bcg", 1, "19991231"],
    [dead.id, "flu", 1, "20261119"],
    [dead.id, "flu", 2, dead.on],
  ]);
  expect(found).toEqual(["before-birth", "after-death", "new"]);
  await expect(
    inFeeds(home.platform, supervisor, (work) =>
      decideDoubtful(work, { importId: id, row: 2, accepted: true }),
    ),
  ).rejects.toThrow();
  const { written, byVerdict } = await commit(id);
  expect({ written, doubtful: byVerdict.doubtful }).toEqual({ written: 1, doubtful: 2 });
});

test("同じ日の同じワクチンの二つの回は、二つの新しい記録にならず、理由つきの要確認になる", async () => {
  const [, one, two, three] = living;
  const { id, found } = await review([
    [one?.id, "5mix", 1, "20250510"],
    [one?.id, "5mix", 2, "20250510"],
    [one?.id, "4mix", 3, "20250510"],
    [one?.id, "hepb", 2, "20250510"],
    [two?.id, "rota1", 1, "20250601"],
    [two?.id, "rota5", 1, "20250601"],
    // The later row of the same dose counts, so that the day of the earlier one is free.
    [three?.id, "pcv", 1, "20250601"],
    [three?.id, "pcv", 1, "20250501"],
    [three?.id, "pcv", 2, "20250601"],
  ]);
  expect(found).toEqual([
    ...["new", "same-day", "same-day", "new"],
    ...["new", "same-day"],
    ...["new", "new"],
  ]);
  expect(await commit(id)).toMatchObject({ written: 5 });
});

test("同じ接種がほかの経路でもう届いていれば、同じ記録のまま、回の違う行は要確認になり、直した日は変更になる", async () => {
  const [, one] = living;
  const again = await review([
    [one?.id, "5mix", 1, "20250510"],
    [one?.id, "5mix", 2, "20250510"],
  ]);
  expect(again.found).toEqual(["unchanged", "same-day"]);
  await commit(again.id);
  // The first dose moves in the same file, so that the day is free for the second.
  const moved = await review([
    [one?.id, "5mix", 1, "20250401"],
    [one?.id, "5mix", 2, "20250510"],
  ]);
  expect(moved.found).toEqual(["changed", "new"]);
  await commit(moved.id);
  const kept = await home.admin`
    select dose, given_on::text from vaccination.shot where vaccine = '5mix' order by dose`;
  expect(kept).toEqual([
    { dose: 1, given_on: "2025-04-01" },
    { dose: 2, given_on: "2025-05-10" },
  ]);
});

test("本当に同じ日に二回接種した誤りは、だれかがそう決めたときだけ記録になる", async () => {
  const [, , , , five] = living;
  const { id, found } = await review([
    [five?.id, "mr1", 1, "20250510"],
    [five?.id, "mr1", 2, "20250510"],
  ]);
  expect(found).toEqual(["new", "same-day"]);
  const { rows } = await inFeeds(home.platform, operator, (work) => listRows(work, id, "doubtful"));
  await inFeeds(home.platform, supervisor, (work) =>
    decideDoubtful(work, { importId: id, row: rows[0]?.row ?? 0, accepted: true }),
  );
  expect(await commit(id)).toMatchObject({ written: 2 });
});

test("すでにある記録の行が後に来ても、同じ日の別の回は要確認になり、反映を繰り返さない", async () => {
  const child = living[5];
  await commit((await review([[child?.id, "mr1", 1, "20240510"]])).id);
  const { id, found } = await review([
    [child?.id, "mr1", 2, "20240510"],
    [child?.id, "mr1", 1, "20240510"],
  ]);
  expect(found).toEqual(["same-day", "unchanged"]);
  expect(await commit(id)).toMatchObject({ written: 0 });
});

test("日を移す行が要確認になるなら、元の日は空かない", async () => {
  const child = living[6];
  await commit(
    (
      await review([
        [child?.id, "mr1", 1, "20240510"],
        [child?.id, "mr1", 2, "20240610"],
      ])
    ).id,
  );
  const away = await review([
    [child?.id, "mr1", 1, "19990101"],
    [child?.id, "mr1", 3, "20240510"],
  ]);
  expect(away.found).toEqual(["before-birth", "same-day"]);
  expect(await commit(away.id)).toMatchObject({ written: 0 });
  const swapped = await review([
    [child?.id, "mr1", 1, "20240610"],
    [child?.id, "mr1", 2, "20240510"],
  ]);
  expect(swapped.found).toEqual(["changed", "changed"]);
  expect(await commit(swapped.id)).toMatchObject({ written: 2 });
});

/** Rows that fill a lot of 1,000 but for as many as are left. */
const fillers = (children: typeof living, left: number): Line[] =>
  children
    .flatMap(({ id }) =>
      Array.from({ length: 28 }, (_, at): Line => {
        return [id, "flu", at + 1, `202602${String(at + 1).padStart(2, "0")}`];
      }),
    )
    .slice(0, 1_000 - left);

test("ロットの境目をまたいでも、同じ日の同じワクチンの二つの回は二つの記録にならない", async () => {
  const [one, two, three, ...others] = living.slice(7);
  const { id, found } = await review([
    [three?.id, "mr1", 1, "20260510"],
    ...fillers(others, 2),
    [one?.id, "mr1", 1, "20260510"],
    [one?.id, "mr1", 2, "20260510"],
    [two?.id, "mr1", 1, "20260510"],
    // A later row tells otherwise of the dose of the lot before, so that its day is free.
    [three?.id, "mr1", 1, "20260401"],
    [three?.id, "mr1", 2, "20260510"],
  ]);
  const lots = await home.admin<{ rows: number }[]>`
    select row_count as rows from feeds.lot where import_id = ${id} order by number`;
  expect(lots.map(({ rows }) => rows)).toEqual([1_000, 4]);
  expect(found.slice(-5)).toEqual(["new", "same-day", "new", "new", "new"]);
  expect(await commit(id)).toMatchObject({ written: 1_002, byVerdict: { doubtful: 1 } });
  const kept = await home.admin<{ dose: number }[]>`
    select dose from vaccination.shot where vaccine = 'mr1' and given_on = '2026-05-10' order by dose`;
  expect(kept.map(({ dose }) => dose)).toEqual([1, 1, 2]);
});

test("ロットの境目をまたぐ二つ目の回も、だれかが認めれば記録になる", async () => {
  const [one, ...others] = living.slice(7);
  const { id, found } = await review([
    ...fillers(others, 1),
    [one?.id, "ppv", 1, "20260510"],
    [one?.id, "ppv", 2, "20260510"],
  ]);
  expect(found.slice(-2)).toEqual(["new", "same-day"]);
  const { rows } = await inFeeds(home.platform, operator, (work) => listRows(work, id, "doubtful"));
  await inFeeds(home.platform, supervisor, (work) =>
    decideDoubtful(work, { importId: id, row: rows[0]?.row ?? 0, accepted: true }),
  );
  const { state } = await commit(id).then(() =>
    inFeeds(home.platform, operator, (work) => getImport(work, id)),
  );
  expect(state).toBe("committed");
  const kept = await home.admin`select from vaccination.shot where vaccine = 'ppv'`;
  expect(kept).toHaveLength(2);
});
