import type { TransactionSql } from "postgres";
import { beforeAll, describe, expect, test } from "vitest";
import { approveImport } from "#src/platform/feeds/approve.ts";
import {
  cancelImport,
  getImport,
  listBadRows,
  receiveFile,
  reviewImport,
} from "#src/platform/feeds/index.ts";
import { writeImport } from "#src/platform/feeds/write.ts";
import { unseal } from "#src/platform/vault/index.ts";
import { recordPlace } from "#src/platform/vault/places.ts";
import {
  fileOf,
  incoming,
  inFeeds,
  linesOf,
  residentsFeed,
  smallCity,
} from "#test/db/feeds/support.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { denied, staffSql } from "./support.ts";

// ACQ-3: what a file told is there until it is written or cancelled, its 個人番号 under their right, its surplus never.

const home = await openTestPlatform();
const as = staffSql(home);
let heading = "";
let people: string[][] = [];
const individualNumber = 27;
const surplusPlace = "転出先のはずのない町";

beforeAll(async () => {
  const city = await smallCity(60, 5);
  const [first = "", ...lines] = await linesOf(city.residents.path);
  heading = first;
  people = lines.map((line) => line.split(","));
});

async function receive(sequence: number, rows: string[][]): Promise<string> {
  const name = `residents-20261120-diff-${String(sequence).padStart(4, "0")}.csv`;
  const bytes = fileOf([heading, ...rows.map((row) => row.join(","))]);
  const id = await receiveFile(
    home.platform,
    await home.actor("operator1"),
    residentsFeed,
    incoming(name, bytes),
  );
  await reviewImport(home.platform, await home.system(), residentsFeed, id);
  return id;
}

const sealedOf = (importId: string) =>
  home.admin<{ id: string; kind: string; holder: string; sealed: Buffer; wrapped_key: Buffer }[]>`
    select s.id, s.kind, s.holder, s.sealed, k.wrapped_key
      from vault.sealed_record s join vault.holder_key k using (holder) where s.holder like ${`%:${importId}`}`;

const read = (ids: string[]) => (sql: TransactionSql) =>
  sql`select * from vault.get_sealed(${ids}::uuid[])`;

/** All that the keys of the program open of a file, whoever may ask the database for it. */
async function opened(importId: string): Promise<{ ordinary: string; numbers: string }> {
  const keys = home.platform.keys;
  const text = { ordinary: "", numbers: "" };
  for (const row of await sealedOf(importId)) {
    const ofNumbers = row.kind === "record-numbers";
    const key = keys.unwrap(row.wrapped_key, ofNumbers ? "individual-number" : "person");
    text[ofNumbers ? "numbers" : "ordinary"] += unseal(
      key,
      recordPlace(row.holder, row.id),
      row.sealed,
    ).toString();
  }
  return text;
}

describe("届いたファイルの個人番号", () => {
  test("は、ほかの項目とは別の鍵で保管され、その権利がなければデータベースが渡さない", async () => {
    const importId = await receive(1, people.slice(0, 5));
    const numbers = people.slice(0, 5).map((row) => row[individualNumber] ?? "?");
    const text = await opened(importId);
    for (const number of numbers) {
      expect(text.numbers).toContain(number);
      expect(text.ordinary).not.toContain(number);
    }
    expect(text.ordinary).toContain(people[0]?.[2]);
    const ids = (await sealedOf(importId)).filter(({ kind }) => kind === "record-numbers");
    const [id = ""] = ids.map((row) => row.id);
    const feeds = { "app.purpose": "feed", "app.program": "feeds" };
    for (const who of ["operator1", "supervisor1", "clerk1", "admin1"] as const)
      await expect(as(who, read([id]), feeds)).rejects.toMatchObject(denied);
    await inFeeds(home.platform, await home.actor("operator1"), (work) =>
      cancelImport(work, importId),
    );
  });

  test("は、前の版が残した行も、権利がなければ渡さない", async () => {
    const id = crypto.randomUUID();
    await home.admin`insert into vault.holder_key (holder, wrapped_key) values ('feed:older', 'x')`;
    await home.admin`insert into vault.sealed_record (id, holder, program, kind, sealed, entered_by)
      values (${id}, 'feed:older', 'feeds', 'lines', 'x', 1)`;
    const feeds = { "app.purpose": "feed", "app.program": "feeds" };
    await expect(as("operator1", read([id]), feeds)).rejects.toMatchObject(denied);
  });
});

describe("ファイルの中身は", () => {
  test("反映し終えると、鍵も行もなくなる", async () => {
    const importId = await receive(2, people.slice(5, 10));
    expect(await sealedOf(importId)).toHaveLength(2);
    await inFeeds(home.platform, await home.actor("supervisor1"), async (work) => {
      const { revision } = await getImport(work, importId);
      await approveImport(work, { importId, revision, gapReason: "試験のため" });
    });
    expect(await sealedOf(importId)).toHaveLength(2);
    await writeImport(home.platform, await home.system(), residentsFeed, importId);
    const [left] = await home.admin`
      select (select count(*)::int from vault.sealed_record where holder like ${`%:${importId}`}) as records,
             (select count(*)::int from vault.holder_key where holder like ${`%:${importId}`}) as keys,
             (select count(*)::int from audit.record where action = 'feed.lines-erased' and detail->>'importId' = ${importId}) as told`;
    expect(left).toEqual({ records: 0, keys: 0, told: 1 });
  });

  test("取り消したときも、受取の途中で断ったときも、なくなる", async () => {
    const importId = await receive(3, people.slice(10, 12));
    await inFeeds(home.platform, await home.actor("operator1"), (work) =>
      cancelImport(work, importId),
    );
    expect(await sealedOf(importId)).toEqual([]);
    const again = receive(4, people.slice(10, 12)).then((id) =>
      receive(5, [...people.slice(10, 12)]).then(() => id),
    );
    await expect(again).rejects.toMatchObject({ status: 409 });
    const [refused] = await home.admin<{ id: string }[]>`
      select id from feeds.import where sequence = 5 and state = 'cancelled'`;
    expect(await sealedOf(refused?.id ?? "")).toEqual([]);
  });
});

describe("取り決めにない項目と値", () => {
  test("は、断られるだけでなく、どこにも残らない", async () => {
    const stays = [...(people[20] ?? [])];
    const columns = heading.split(",");
    const movedTo = columns.indexOf("転出先");
    stays[movedTo] = surplusPlace;
    const tooMany = [...(people[21] ?? []), "余った値"];
    const importId = await receive(6, [stays, tooMany, people[22] ?? []]);
    const { rows: bad } = await inFeeds(home.platform, await home.actor("operator1"), (work) =>
      listBadRows(work, importId),
    );
    expect(bad.map(({ row, field, code }) => [row, field, code])).toEqual([
      [2, "movedTo", "surplus-value"],
      [3, "row", "surplus-column"],
    ]);
    const text = await opened(importId);
    for (const secret of [surplusPlace, "余った値", people[21]?.[2] ?? "?"])
      expect(text.ordinary + text.numbers).not.toContain(secret);
    expect(text.ordinary).toContain(people[22]?.[2]);
  });
});
