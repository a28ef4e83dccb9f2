import { randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";
import { describe, expect, test } from "vitest";
import { writePeople } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import { fileInCommit } from "#test/support/register.ts";
import { cityWithPeople, denied } from "./support.ts";

const { city, as, hidden, hiddenNumber, openNumber } = await cityWithPeople();
const { admin, platform } = city;

const system = await city.system();

/** Writes somebody as whoever can open the keys would: the same record, without 支援措置 and born another day. */
const rewrite = (importId: string, personNumber: string, lot = 1) =>
  runWork(platform, system, { purpose: "feed" }, (work) => {
    const { protection: _, ...record } = hidden;
    const key = platform.keys.newKey();
    return writePeople(work, { importId, lot }, [
      { record: { ...record, birthDate: "2001-01-01" }, personNumber, key },
    ]);
  });
const stateOf = async () =>
  (
    await admin`select birth_date::text, protected_from::text, revision from vault.person where person_number = ${hiddenNumber}`
  )[0];

describe("住民の記録", () => {
  test("は、反映中のファイルにその人の行がなければ書けない", async () => {
    const before = await stateOf();
    await expect(rewrite(randomUUID(), hiddenNumber)).rejects.toMatchObject(denied);
    const other = await fileInCommit(admin, [openNumber]);
    await expect(rewrite(other, hiddenNumber)).rejects.toMatchObject(denied);
    const own = await fileInCommit(admin, [hiddenNumber]);
    await expect(rewrite(own, hiddenNumber, 2)).rejects.toMatchObject(denied);
    for (const change of [
      "update feeds.import set state = 'reviewed' where id = $1",
      "update feeds.import set state = 'committed' where id = $1",
      "update feeds.import set state = 'committing', kind = 'tax' where id = $1",
    ]) {
      await admin.begin(async (sql) => {
        await sql`set local session_replication_role = replica`;
        await sql.unsafe(change, [own]);
      });
      await expect(rewrite(own, hiddenNumber), change).rejects.toMatchObject(denied);
    }
    await admin`update feeds.import set kind = 'residents' where id = ${own}`;
    for (const change of [
      "update feeds.row set verdict = 'unchanged' where import_id = $1",
      "update feeds.row set verdict = 'doubtful' where import_id = $1",
      "update feeds.row set verdict = 'changed', superseded = true where import_id = $1",
      "update feeds.lot set committed_at = now() where import_id = $1",
    ]) {
      await admin.unsafe(change, [own]);
      await expect(rewrite(own, hiddenNumber), change).rejects.toMatchObject(denied);
    }
    expect(await stateOf()).toEqual(before);
    await admin`delete from feeds.row`;
    await admin`delete from feeds.lot`;
    await admin`delete from feeds.import`;
  });

  test("は、ファイルにある数より多くは増やせず、番号も取れない", async () => {
    const file = await fileInCommit(admin, [openNumber]);
    const one = await fileInCommit(admin, [null]);
    const take = (importId: string, many: number) => (sql: TransactionSql) =>
      sql`select vault.new_sequence_numbers(${importId}, 1, ${many})`;
    await expect(as("system", take(file, 1))).rejects.toMatchObject(denied);
    await expect(as("system", take(one, 1_000_000))).rejects.toMatchObject(denied);
    expect(await as("system", take(one, 1))).toHaveLength(1);
    await expect(
      runWork(platform, system, { purpose: "feed" }, (work) =>
        writePeople(work, { importId: file, lot: 1 }, [{ record: { ...hidden, sourceId: "S-X" } }]),
      ),
    ).rejects.toMatchObject(denied);
    await admin`delete from feeds.row`;
    await admin`delete from feeds.lot`;
    await admin`delete from feeds.import`;
  });
});
