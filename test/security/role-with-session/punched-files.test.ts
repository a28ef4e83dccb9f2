import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { makeKey } from "#src/programs/vaccination/punched-files/transit-keys.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { line, punchedOf } from "#test/support/punched-files.ts";
import { pcv } from "#test/support/vaccination-records.ts";
import { denied, staffSql } from "./support.ts";

// パンチデータを、画面を通らずSQLで直に動かそうとする。

const city = await openTestPlatform();
const as = staffSql(city);
const punched = punchedOf(city);
let fileId = "";
let handoverId = "";
let sealedId = "";

beforeAll(async () => {
  const person = await punched.child();
  ({ fileId, handoverId } = await punched.looked(
    [line({ person }), line({ person, dose: "x" })],
    "R8-sql",
  ));
  const [lot] = await city.admin`select sealed_id from punched.lot where file_id = ${fileId}`;
  sealedId = lot?.["sealed_id"] as string;
});

const run = (who: TestStaff, text: string) => as(who, (sql) => sql.unsafe(text));
const revision = async () =>
  (await city.admin`select revision from punched.file where id = ${fileId}`)[0]?.["revision"];

test("受け取った本人、権限のない人、一つの区だけの人は、取り込ませられない", async () => {
  const approve = async () =>
    `select punched.move('${fileId}', ${await revision()}, 'approve', 'taking', null)`;
  await city.admin`update punched.file set received_by = (select id from access.staff where login_name = 'supervisor1') where id = ${fileId}`;
  await expect(run("supervisor1", await approve())).rejects.toMatchObject({ code: "MD011" });
  await city.admin`update punched.file set received_by = (select id from access.staff where login_name = 'clerk1') where id = ${fileId}`;
  for (const who of ["clerk2", "east1", "operator1", "nobody"] as const)
    await expect(run(who, await approve()), who).rejects.toMatchObject(denied);
  await expect(
    run("supervisor1", `select punched.move('${fileId}', 1, 'approve', 'taking', null)`),
  ).rejects.toMatchObject({ code: "MD014" });
  await expect(
    run(
      "supervisor1",
      `select punched.move('${fileId}', ${await revision()}, 'approve', 'taken', null)`,
    ),
  ).rejects.toMatchObject({ code: "MD011" });
});

test("点検と取込の結果は、定時処理だけが書き、行は自分の予診票にしか結べない", async () => {
  const { slipId } = await punched.one(pcv({ personNumber: await punched.child() }));
  for (const text of [
    `select punched.lot_judged('${fileId}', 1, array[1], array['recorded'], array[''])`,
    `select punched.lot_taken('${fileId}', 1, array[1], array['${slipId}'::uuid])`,
  ])
    for (const who of ["clerk1", "supervisor1"] as const)
      await expect(run(who, text)).rejects.toMatchObject(denied);
  expect(await run("clerk1", `select * from punched.next_lot('${fileId}', 'judge')`)).toHaveLength(
    0,
  );
  await city.admin`update punched.file set state = 'taken', approved_by = (select id from access.staff where login_name = 'supervisor1') where id = ${fileId}`;
  await expect(
    run("clerk1", `select punched.row_taken('${fileId}', 2, '${slipId}')`),
  ).rejects.toMatchObject({ code: "22023" });
  await city.admin`update punched.file set state = 'judged', approved_by = null where id = ${fileId}`;
});

test("表を直に書けず、一つの区の人と権限のない人には何も見えない", async () => {
  for (const text of [
    `update punched.row set state = 'dropped', reason = 'blank'`,
    `update punched.file set told_rows = 2`,
    `delete from punched.row`,
    `insert into punched.transit_key (id, recipient, sealed_id, made_by, made_at) values ('${randomUUID()}', 'age1${"q".repeat(58)}', '${randomUUID()}', 1, now())`,
    `insert into punched.layout (contractor_id, valid_from, map, asked_by, asked_at) values (1, '2026-11-01', '{}', 1, now())`,
  ])
    await expect(run("supervisor1", text), text).rejects.toMatchObject(denied);
  for (const table of ["file", "row", "lot", "handover", "layout", "transit_key", "rekeying"])
    for (const who of ["east1", "nobody", "cashier1"] as const)
      expect(await run(who, `select from punched.${table}`), `${who} ${table}`).toHaveLength(0);
});

test("封をした行と復号の鍵は、全部の区の権限がある人にしか開かない", async () => {
  const opened = (who: TestStaff, id: string) =>
    as(who, (sql) => sql`select from vault.get_sealed(${[id]}::uuid[])`);
  const [key] = await city.admin`select sealed_id from punched.transit_key`;
  for (const who of ["east1", "nobody", "cashier1", "auditor1"] as const) {
    await expect(opened(who, sealedId), who).rejects.toMatchObject(denied);
    await expect(opened(who, key?.["sealed_id"] as string), who).rejects.toMatchObject(denied);
  }
  expect(await opened("clerk1", sealedId)).toHaveLength(1);
  await expect(opened("supervisor1", key?.["sealed_id"] as string)).resolves.toHaveLength(1);
});

test("鍵、並び、行、授受は、決まったとおりにしか書けない", async () => {
  const key = "age1".padEnd(62, "q");
  await expect(
    run("clerk1", `select punched.keep_transit_key('${randomUUID()}', '${key}', '${sealedId}')`),
  ).rejects.toMatchObject({ code: "22023" });
  await expect(punched.as("east1", makeKey)).rejects.toMatchObject(denied);
  await run("clerk1", `select punched.ask_layout(1, '2026-12-01', '{"header": true}')`);
  const [layout] = await city.admin`select id from punched.layout`;
  await expect(
    run("clerk1", `select punched.decide_layout(${layout?.["id"]}, 'approved')`),
  ).rejects.toMatchObject(denied);
  for (const text of [
    `select punched.add_lot('${fileId}', 2, 3, 1, '${sealedId}', '{}', '{}')`,
    `select punched.close_receipt('${fileId}', 3, '${"0".repeat(64)}', 1, 1, true)`,
  ])
    await expect(run("clerk1", text), text).rejects.toMatchObject({ code: "MD014" });
  await expect(
    run(
      "clerk1",
      `select punched.correct_row('${fileId}', 2, '${randomUUID()}', '{}', 'recorded', '{}')`,
    ),
  ).rejects.toMatchObject({ code: "22023" });
  await expect(
    run("clerk1", `select punched.close_handover('${handoverId}', 1, null)`),
  ).rejects.toMatchObject({ code: "22023" });
  await expect(
    run("east1", `select punched.hand_over(1, 'X', 1, 1, '2026-11-02', '2026-11-03')`),
  ).rejects.toMatchObject(denied);
});

test("取り込む前の行の名で、別の予診票を先に入れておけない", async () => {
  const person = await punched.child();
  const slip = (reference: string) =>
    run(
      "clerk1",
      `select vaccination.take_slips('${JSON.stringify([
        {
          id: randomUUID(),
          channel: "punched",
          reference,
          outcome: "given",
          state: "recorded",
          person_number: person,
          vaccine: "hib",
          dose: 1,
          given_on: "2026-07-10",
          matched_by: "person-number",
          doubts: [],
          shot_id: randomUUID(),
        },
      ])}'::jsonb)`,
    );
  for (const reference of [`${fileId}:1`, `${fileId}:99`, `${randomUUID()}:1`, "R8"])
    await expect(slip(reference), reference).rejects.toMatchObject({ code: "22023" });
});
