import { beforeAll, describe, expect, test } from "vitest";
import type { CityFiles } from "#db/city/city.ts";
import type { Actor } from "#src/platform/access/index.ts";
import { approveImport, obstaclesTo } from "#src/platform/feeds/approve.ts";
import {
  cancelImport,
  getImport,
  importFile,
  listRows,
  receiveFile,
  reviewImport,
  stoppedFeeds,
  subjectsOf,
} from "#src/platform/feeds/index.ts";
import { reviewAgain } from "#src/platform/feeds/review.ts";
import { writeImport } from "#src/platform/feeds/write.ts";
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

let home: TestPlatform;
let operator: Actor;
let supervisor: Actor;
let city: CityFiles;
let changes: string[];

beforeAll(async () => {
  home = await openTestPlatform();
  operator = await home.actor("operator1");
  supervisor = await home.actor("supervisor1");
  city = await smallCity(600);
  changes = await linesOf(city.residentsNextDay.path);
  await importFile(
    home.platform,
    { preparer: operator, committer: supervisor },
    residentsFeed,
    city.residents.path,
  );
});

const nameOf = (sequence: number, date = "20261121") =>
  `residents-${date}-diff-${String(sequence).padStart(4, "0")}.csv`;

async function receive(name: string, lines: string[]) {
  const id = await receiveFile(
    home.platform,
    operator,
    residentsFeed,
    incoming(name, fileOf(lines)),
  );
  await reviewImport(home.platform, await home.system(), residentsFeed, id);
  return id;
}

const approve = (importId: string, actor = supervisor, gapReason?: string) =>
  inFeeds(home.platform, actor, async (work) => {
    const { revision } = await getImport(work, importId);
    await approveImport(work, { importId, revision, gapReason });
  });

const stateOf = (importId: string) =>
  inFeeds(home.platform, operator, async (work) => (await getImport(work, importId)).state);

const peopleCount = async () => {
  const [row] = await home.admin<{ n: number }[]>`select count(*)::int as n from vault.person`;
  return row?.n;
};

describe("翌日の異動分は", () => {
  let first: string;

  test("出生、転入出、死亡、変更に分かれ、変わる項目とともに示される", async () => {
    home.platform.clock.moveTo("2026-11-21");
    first = await receive(nameOf(2), changes);
    const { byVerdict, bad, gone } = await summaryOf(home.platform, operator, first);
    expect(bad).toBe(0);
    expect(gone).toBe(0);
    for (const verdict of ["new", "changed", "moved-out", "died"] as const)
      expect(byVerdict[verdict], verdict).toBeGreaterThan(0);
    const told = await home.admin<{ change: string }[]>`
      select distinct unnest(changes) as change from feeds.row where import_id = ${first}`;
    expect(told.map(({ change }) => change).sort()).toEqual(
      expect.arrayContaining(["address", "name", "protection", "residence"]),
    );
  });

  test("項目ごとに前後が見え、見たことは一人ずつ記録される", async () => {
    const [before] =
      await home.admin`select count(*)::int as n from audit.record where action = 'person.look'`;
    const told = await inFeeds(home.platform, operator, async (work) => {
      const { rows } = await listRows(work, first, "changed");
      return subjectsOf(work, residentsFeed, await getImport(work, first), rows);
    });
    const differences = [...told.values()].flatMap((subject) => subject.differences);
    const moved = differences.find(({ title }) => title === "住所");
    expect(moved?.before).toMatch(/^熊本市/);
    expect(moved?.after).toMatch(/^熊本市/);
    const [after] =
      await home.admin`select count(*)::int as n from audit.record where action = 'person.look'`;
    expect(after?.n - before?.n).toBe(told.size);
  });

  test("取り込んだ本人には、プログラムを通さなくても反映できない", async () => {
    await expect(approve(first, operator)).rejects.toMatchObject({ status: 403 });
    await expect(
      home.admin`update feeds.import set committed_by = prepared_by where id = ${first}`,
    ).rejects.toThrow();
    await expect(
      inFeeds(
        home.platform,
        operator,
        (work) =>
          work.sql`update feeds.import set state = 'committing', revision = revision + 1, committed_by = access.staff_id() where id = ${first}`,
      ),
    ).rejects.toMatchObject({ code: "42501" });
  });

  test("見たとおりに反映され、古い画面からの承認は断られる", async () => {
    await expect(
      inFeeds(home.platform, supervisor, (work) =>
        approveImport(work, { importId: first, revision: 2 }),
      ),
    ).rejects.toMatchObject({ status: 409 });
  });

  test("新しい住民を書き、変わった人の前の状態を残す", async () => {
    const before = await peopleCount();
    await approve(first);
    await writeImport(home.platform, await home.system(), residentsFeed, first);
    const { byVerdict, written } = await summaryOf(home.platform, operator, first);
    expect(written).toBe(changes.length - 1);
    expect(await peopleCount()).toBe((before ?? 0) + byVerdict.new);
    const [history] = await home.admin`select count(*)::int as n from vault.person_history`;
    expect(history?.n).toBe(changes.length - 1 - byVerdict.new);
  });

  test("二度反映しても、何も書かれない", async () => {
    const [before] = await home.admin`select sum(revision)::int as n from vault.person`;
    await writeImport(home.platform, await home.system(), residentsFeed, first);
    const [after] = await home.admin`select sum(revision)::int as n from vault.person`;
    expect(after).toEqual(before);
  });

  test("同じ名前でも別の名前でも、もう一度届けば気づかれる", async () => {
    for (const name of [nameOf(2), nameOf(3)])
      await expect(
        receiveFile(home.platform, operator, residentsFeed, incoming(name, fileOf(changes))),
      ).rejects.toMatchObject({ status: 409 });
    const [kept] =
      await home.admin`select problem, state from feeds.import where file_name = ${nameOf(3)}`;
    expect(kept?.state).toBe("cancelled");
    expect(kept?.problem).toContain("同じ内容のファイル");
  });
});

describe("欠番や順番の違いは", () => {
  test("番号が抜けていれば知らされ、反映には理由が要る", async () => {
    const heading = changes[0] ?? "";
    const importId = await receive(nameOf(5), [
      heading,
      (changes[1] ?? "").replace("コウト", "コウタ"),
    ]);
    await inFeeds(home.platform, supervisor, async (work) => {
      const { missing } = await obstaclesTo(work, await getImport(work, importId));
      expect(missing).toEqual({ from: 3, to: 4 });
    });
    await expect(approve(importId)).rejects.toMatchObject({ status: 422 });
    await approve(importId, supervisor, "3と4は送付元で欠番と確認");
    await writeImport(home.platform, await home.system(), residentsFeed, importId);
    expect(await stateOf(importId)).toBe("committed");
  });

  test("反映済みの番号より前のファイルは断られる", async () => {
    await expect(receive(nameOf(4), changes)).rejects.toMatchObject({ status: 409 });
  });

  test("後の番号のファイルは、前の番号を待つ", async () => {
    const heading = changes[0] ?? "";
    const earlier = await receive(nameOf(6), [heading, changes[2] ?? ""]);
    const later = await receive(nameOf(7), [heading, changes[3] ?? ""]);
    await expect(approve(later, supervisor, "理由")).rejects.toMatchObject({ status: 409 });
    await inFeeds(home.platform, operator, (work) => cancelImport(work, earlier));
    await approve(later, supervisor, "6は取り消し");
    await writeImport(home.platform, await home.system(), residentsFeed, later);
    expect(await stateOf(later)).toBe("committed");
  });

  test("届かなくなった連携は知らされる", async () => {
    const kinds = [residentsFeed.kind];
    const told = () => inFeeds(home.platform, operator, (work) => stoppedFeeds(work, kinds));
    expect(await told()).toEqual([]);
    home.platform.clock.moveTo("2026-11-23");
    expect(await told()).toEqual([{ kind: residentsFeed.kind, since: "2026-11-21" }]);
  });
});

describe("確認と反映の間にほかの変更があれば", () => {
  test("確認し直すまで反映は断られる", async () => {
    const lines = await linesOf(city.residents.path);
    const full = "residents-20261122-full-0009.csv";
    const waiting = await receive(full, [...lines, changes[1] ?? ""]);
    const other = await receive(nameOf(8, "20261122"), [changes[0] ?? "", changes[4] ?? ""]);
    await approve(other);
    await writeImport(home.platform, await home.system(), residentsFeed, other);
    await expect(approve(waiting)).rejects.toThrow(/もう一度確認/);
    await inFeeds(home.platform, supervisor, (work) => reviewAgain(work, waiting));
    await reviewImport(home.platform, await home.system(), residentsFeed, waiting);
    await approve(waiting);
    await writeImport(home.platform, await home.system(), residentsFeed, waiting);
    expect(await stateOf(waiting)).toBe("committed");
  });

  test("反映中に人が変わればファイルは確認に戻り、上書きされない", async () => {
    const heading = changes[0] ?? "";
    const target = (await linesOf(city.residents.path))[1] ?? "";
    const importId = await receive(nameOf(10, "20261123"), [
      heading,
      target.replace(/,[^,]+番[^,]*,/, ",９９番９９号,"),
    ]);
    await approve(importId);
    await home.admin`update vault.person set revision = revision + 1`;
    await expect(
      writeImport(home.platform, await home.system(), residentsFeed, importId),
    ).rejects.toMatchObject({
      status: 409,
    });
    expect(await stateOf(importId)).toBe("reviewing");
    await reviewImport(home.platform, await home.system(), residentsFeed, importId);
    await approve(importId);
    await writeImport(home.platform, await home.system(), residentsFeed, importId);
    expect(await stateOf(importId)).toBe("committed");
  });
});
