import type { TransactionSql } from "postgres";
import { describe, expect, test } from "vitest";
import { approveImport, cancelImport } from "#src/platform/feeds/approve.ts";
import { getImport, receiveFile, reviewImport } from "#src/platform/feeds/index.ts";
import { writeImport } from "#src/platform/feeds/write.ts";
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

const home = await openTestPlatform();
const as = staffSql(home);
const { admin, platform } = home;
const operator = await home.actor("operator1");
const system = await home.system();
const supervisor = await home.actor("supervisor1");
const city = await smallCity(60);
const [heading = "", ...lines] = await linesOf(city.residents.path);

let sequence = 0;
const received = async () => {
  sequence++;
  const name =
    city.residents.path
      .split("/")
      .at(-1)
      ?.replace(/\d{4}(?=\D*$)/, String(sequence).padStart(4, "0")) ?? "";
  const bytes = fileOf([heading, ...lines.slice(sequence)]);
  return receiveFile(platform, operator, residentsFeed, incoming(name, bytes));
};
const reviewed = async () => {
  const id = await received();
  await reviewImport(platform, system, residentsFeed, id);
  return id;
};
const approved = async () => {
  const importId = await reviewed();
  await inFeeds(platform, supervisor, async (work) => {
    const { revision } = await getImport(work, importId);
    await approveImport(work, { importId, revision, gapReason: "試験" });
  });
  return importId;
};
const away = (importId: string) =>
  inFeeds(platform, operator, (work) => cancelImport(work, importId));
const rows = (id: string) => (sql: TransactionSql) =>
  sql`select feeds.keep_rows(${id}, 1, '{1}', '{99}', '{null}', '{f}', '{changed}', '{1000000018}', '{protection}', '{null}', '{1}')`;
const move =
  (id: string, revision: number, event: string, target: string, why: string | null = null) =>
  (sql: TransactionSql) =>
    sql`select feeds.move(${id}, ${revision}, ${event}, ${target}, ${why})`;
const revisionOf = async (id: string) =>
  Number((await admin`select revision from feeds.import where id = ${id}`)[0]?.revision);

describe("取り込んだファイル", () => {
  test("の表は、どれも直接には書けない", async () => {
    const id = await reviewed();
    for (const who of ["operator1", "supervisor1", "system"] as const)
      for (const attack of [
        `update feeds.import set digest = repeat('0', 64), file_date = '2020-01-01'`,
        `update feeds.import set state = 'committing', committed_by = 1`,
        `insert into feeds.import (kind, layout, file_name, file_date, extent, sequence, prepared_by) values ('residents', 'x', 'x', '2026-01-01', 'diff', 9, 1)`,
        `delete from feeds.import`,
        `insert into feeds.lot (import_id, number, first_row, row_count, sealed_id) values ('${id}', 2, 99, 1, gen_random_uuid())`,
        `update feeds.lot set committed_at = now()`,
        `delete from feeds.lot`,
        `insert into feeds.row (import_id, row, lot, subject, verdict) values ('${id}', 99, 1, 1, 'changed')`,
        `update feeds.row set accepted = true, verdict = 'changed', superseded = true`,
        `delete from feeds.row`,
        `insert into feeds.bad_row (import_id, row, lot, field, code) values ('${id}', 1, 1, 'row', 'x')`,
        `delete from feeds.bad_row`,
        `insert into feeds.gone_person (import_id, person_number) values ('${id}', '1000000018')`,
        `delete from feeds.gone_person`,
      ])
        await expect(
          as(who, (sql) => sql.unsafe(attack)),
          `${who}: ${attack}`,
        ).rejects.toMatchObject(denied);
    await away(id);
  });

  test("には、確認のあとに、行も組も足せず、要旨も変えられない", async () => {
    const id = await reviewed();
    const revision = await revisionOf(id);
    for (const who of ["operator1", "system"] as const)
      for (const attack of [
        rows(id),
        (sql: TransactionSql) => sql`select feeds.supersede(${id}, '{1}')`,
        (sql: TransactionSql) =>
          sql`select feeds.keep_bad_rows(${id}, 1, '{1}', '{row}', '{duplicate}', '{null}')`,
        (sql: TransactionSql) => sql`select feeds.keep_gone(${id}, '{1000000018}')`,
        (sql: TransactionSql) => sql`select feeds.refuse_row(${id}, 1)`,
        (sql: TransactionSql) => sql`select feeds.close_lot(${id}, 1, true)`,
        (sql: TransactionSql) => sql`select feeds.close_lot(${id}, 1, false)`,
        (sql: TransactionSql) =>
          sql`select feeds.add_lot(${id}, 2, 99, 1, null, gen_random_uuid(), null)`,
        (sql: TransactionSql) =>
          sql`select feeds.close_receipt(${id}, ${revision}, repeat('0', 64), 1, '{1}', 1, 0)`,
      ])
        await expect(as(who, attack)).rejects.toMatchObject(denied);
    await away(id);
  });

  test("には、受け取りのあいだも、ほかの人は行を足せず、封じた行のない組は足せない", async () => {
    const [opened] = await as(
      "operator1",
      (sql) =>
        sql<
          { id: string }[]
        >`select feeds.open_import('residents', 'standard', 'x', '2026-11-20', 'diff', 77) as id`,
    );
    const id = opened?.id ?? "";
    for (const who of ["operator1", "operator2"] as const)
      await expect(
        as(who, (sql) => sql`select feeds.add_lot(${id}, 1, 1, 1, null, gen_random_uuid(), null)`),
      ).rejects.toMatchObject(denied);
    const seal = (sql: TransactionSql) =>
      sql`select vault.put_sealed(array[gen_random_uuid()], array['feed:' || ${id}], 'feeds', 'records', null, array['x'::bytea])`;
    await expect(as("operator2", seal)).rejects.toMatchObject(denied);
    await expect(as("supervisor1", seal)).rejects.toMatchObject(denied);
    await expect(as("operator1", move(id, 1, "received", "reviewing"))).rejects.toMatchObject({
      code: "MD011",
    });
    await as("operator1", move(id, 1, "cancel", "cancelled", "試験"));
  });

  test("は、どの段階からも、機械の知らない段階へは動かせない", async () => {
    const id = await reviewed();
    const revision = await revisionOf(id);
    const states = ["receiving", "reviewing", "reviewed", "committing", "committed", "cancelled"];
    const events = [
      "received",
      "reviewed",
      "approve",
      "reviewAgain",
      "sendBack",
      "committed",
      "cancel",
    ];
    const legal = ["reviewAgain reviewing", "cancel cancelled", "approve committing"];
    for (const who of ["operator1", "supervisor1", "system"] as const)
      for (const event of events)
        for (const state of states) {
          const tried = as(who, async (sql) => {
            await move(id, revision, event, state, "試験")(sql);
            throw new Error("undone");
          });
          if (legal.includes(`${event} ${state}`))
            await expect(tried).rejects.toThrow(/undone|no right|no such step/);
          else
            await expect(tried, `${who} ${event} ${state}`).rejects.toMatchObject({
              code: expect.stringMatching(/^(MD011|42501)$/),
            });
        }
    await away(id);
  });

  test("の反映は、取り込んだ人も、権限のない人も、古い画面の人も、前の番号のある人も承認できない", async () => {
    const earlier = await reviewed();
    const id = await reviewed();
    const revision = await revisionOf(id);
    const approve = move(id, revision, "approve", "committing", "試験");
    await expect(as("operator1", approve)).rejects.toMatchObject(denied);
    await expect(as("system", approve)).rejects.toMatchObject({ code: "MD011" }); // an earlier one waits
    await expect(as("supervisor1", approve)).rejects.toMatchObject({ code: "MD011" });
    await away(earlier);
    await expect(
      as("supervisor1", move(id, revision - 1, "approve", "committing", "試験")),
    ).rejects.toMatchObject({ code: "MD014" });
    await admin`update feeds.import set prepared_by = ${supervisor.staffId} where id = ${id}`;
    await expect(as("supervisor1", approve)).rejects.toMatchObject({ code: "MD011" });
    await admin`update feeds.import set prepared_by = ${operator.staffId} where id = ${id}`;
    await away(id);
  });

  test("は、反映のあとに動かず、反映中も書く人のほかは行に触れない", async () => {
    const id = await approved();
    for (const who of ["operator1", "supervisor1", "system"] as const)
      await expect(as(who, rows(id))).rejects.toMatchObject(denied);
    await expect(
      as("operator1", (sql) => sql`select feeds.refuse_row(${id}, 1)`),
    ).rejects.toMatchObject(denied);
    await expect(
      as("supervisor1", move(id, await revisionOf(id), "committed", "committed")),
    ).rejects.toMatchObject({ code: "MD011" });
    await writeImport(platform, system, residentsFeed, id);
    const revision = await revisionOf(id);
    for (const [event, state] of [
      ["sendBack", "reviewing"],
      ["cancel", "cancelled"],
      ["reviewAgain", "reviewing"],
    ] as const)
      await expect(as("supervisor1", move(id, revision, event, state, "x"))).rejects.toMatchObject({
        code: "MD011",
      });
    for (const attack of [
      (sql: TransactionSql) => sql`select feeds.refuse_row(${id}, 1)`,
      (sql: TransactionSql) => sql`select feeds.decide_row(${id}, 1, true)`,
      (sql: TransactionSql) => sql`select feeds.note_problem(${id}, 'x')`,
    ])
      await expect(as("supervisor1", attack)).rejects.toMatchObject(denied);
  });
});
