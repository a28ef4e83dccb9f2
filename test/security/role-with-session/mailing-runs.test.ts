import type { TransactionSql } from "postgres";
import { describe, expect, test } from "vitest";
import { listItems, type RunRow, releaseItem } from "#src/platform/mailings/index.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { mailingsOf, oneYearOlds } from "#test/support/mailings.ts";
import {
  mailingRuns,
  type RunState,
  type runStateMeta,
  runStatesWith,
} from "#workflows/mailings/machine.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const { admin } = city;
const as = staffSql(city);
const mail = await mailingsOf(city);
const numbers = await mail.enter([
  ...oneYearOlds(3),
  ...oneYearOlds(1, { protection: { from: "2026-06-01" } }),
]);
const hidden = numbers[3] ?? "";
const everybody: readonly (TestStaff | "system")[] = [
  "operator1",
  "supervisor1",
  "clerk1",
  "scheme1",
  "system",
];

const move =
  (run: { id: string }, revision: number, event: string, target: string) => (sql: TransactionSql) =>
    sql`select mailings.move(${run.id}, ${revision}, ${event}, ${target}, null, null, null, null)`;
const submitted = async () => mail.step("operator1", await mail.extracted(), "submit");

describe("一括発送と郵便物の表", () => {
  test("は、どれも直接には書けない", async () => {
    const run = await mail.approved(await mail.extracted());
    for (const who of everybody)
      for (const attack of [
        `update mailings.batch_run set state = 'preparing', revision = revision + 1 where id = '${run.id}'`,
        `update mailings.batch_run set approved_by = 1, working_key = null`,
        `insert into mailings.batch_run (program, kind, title, parameters, contractor_id, prepared_by) values ('vaccination', 'vaccination-coupon', 'x', '{}', 1, 1)`,
        "delete from mailings.batch_run",
        `insert into mailings.batch_item (run_id, person_number, subject, state) values ('${run.id}', '${hidden}', 'mr1:1', 'ready')`,
        "update mailings.batch_item set state = 'ready', reason = null",
        "update mailings.batch_item set state = 'left-out', reason = 'no-address'",
        "delete from mailings.batch_item",
        `insert into mailings.batch_event (run_id, revision, event, from_state, to_state, staff_id, staff_name, at) values ('${run.id}', 99, 'approve', 'x', 'x', 1, 'x', '2020-01-01')`,
        "update mailings.batch_event set staff_name = 'x'",
        "delete from mailings.batch_event",
        "delete from mailings.package_file",
        "delete from mailings.hand_over",
      ])
        await expect(
          as(who, (sql) => sql.unsafe(attack)),
          `${who}: ${attack}`,
        ).rejects.toMatchObject(denied);
  });
});

describe("一括発送", () => {
  test("は、機械の知らない道では、誰にも動かせない", { timeout: 120_000 }, async () => {
    const run = await submitted();
    const [{ events = {} } = {}] = mailingRuns.slice(-1);
    const states = runStatesWith(() => true);
    const known = await admin<{ state: string; event: string; to: string }[]>`
      select from_state as state, event, to_state as to from flows.way where kind = 'mailing-run' and version = 2`;
    const ways = new Set(known.map(({ state, event, to }) => `${state} ${event} ${to}`));
    const opened = new Set<string>();
    for (const who of ["operator1", "supervisor1"] as const) {
      const { sessionToken } = await city.actor(who);
      // All states are tried by one statement, each try undone.
      for (const state of states) {
        await admin.begin(async (sql) => {
          await sql`set local session_replication_role = replica`;
          await sql`alter table mailings.batch_run drop constraint if exists batch_run_made_only_when_approved`;
          await sql`alter table mailings.batch_run drop constraint if exists batch_run_withdrawn_by_another`;
          await sql`update mailings.batch_run set state = ${state} where id = ${run.id}`;
        });
        const done = await city.platform.database.sql.begin(async (sql) => {
          await sql`select set_config('app.session_token', ${sessionToken}, true), set_config('app.business_date', '2026-11-20', true),
            set_config('app.purpose', 'mailing', true)`;
          await sql.unsafe(`do $$
            declare e text; s text; done text[] := '{}';
            begin
              foreach e in array '{${Object.keys(events).join(",")}}'::text[] loop
                foreach s in array '{${states.join(",")}}'::text[] loop
                  begin
                    perform mailings.move('${run.id}', ${run.revision}, e, s, null, null, null, null);
                    raise exception 'undone' using errcode = 'UNDON';
                  exception
                    when sqlstate 'UNDON' then done := done || (e || ' ' || s);
                    when sqlstate 'MD011' or sqlstate 'MD016' or sqlstate 'MD019' or insufficient_privilege or check_violation then null;
                  end;
                end loop;
              end loop;
              perform set_config('app.done', array_to_string(done, ','), true);
            end $$`);
          const [row] = await sql<{ done: string }[]>`select current_setting('app.done') as done`;
          return (row?.done ?? "").split(",").filter(Boolean);
        });
        for (const one of done) {
          expect(ways, `${who} ${state} ${one}`).toContain(`${state} ${one}`);
          opened.add(`${state} ${one}`);
        }
      }
    }
    expect(opened).toContain("awaiting-approval approve approved");
    expect(opened).toContain("extracted submit awaiting-approval");
    expect([...opened].filter((one) => one.endsWith(" preparing")).toSorted()).toEqual([
      "extracted extract preparing",
      "extraction-failed resume preparing",
    ]);
  });

  test("は、承認のあとに抽出へ戻せず、郵便物を足しも消しもできず、古い承認では進まない", async () => {
    const run = await mail.approved(await mail.extracted());
    for (const who of everybody) {
      for (const state of ["preparing", "extracted", "awaiting-approval"])
        for (const event of ["extract", "return", "resume", "approve"])
          await expect(as(who, move(run, run.revision, event, state))).rejects.toThrow();
      for (const attack of [
        (sql: TransactionSql) => sql`select mailings.clear_pieces(${run.id})`,
        (sql: TransactionSql) =>
          sql`select mailings.enter_pieces(${run.id}, ${[hidden]}, '{mr1:1}', '{ready}', '{null}', '{9}', '{null}', '{null}')`,
      ])
        await expect(as(who, attack), who).rejects.toMatchObject(denied);
    }
  });

  test("の承認は、準備した人も、求めた人も、権限のない人も、見ていない改訂にもできない", async () => {
    const run = await submitted();
    const approve = (revision: number) => move(run, revision, "approve", "approved");
    for (const who of ["operator1", "operator2", "clerk1"] as const)
      await expect(as(who, approve(run.revision)), who).rejects.toMatchObject(denied);
    await expect(as("supervisor1", approve(run.revision - 1))).rejects.toMatchObject({
      code: "MD014",
    });
    await admin`update mailings.batch_run set submitted_by = ${(await city.actor("supervisor1")).staffId} where id = ${run.id}`;
    await expect(as("supervisor1", approve(run.revision))).rejects.toMatchObject({ code: "MD011" });
    await as("supervisor2", approve(run.revision));
    const [row] =
      await admin`select dated_on::text, approved_revision, approved_by from mailings.batch_run where id = ${run.id}`;
    expect(row).toEqual({
      dated_on: "2026-11-20",
      approved_revision: run.revision,
      approved_by: (await city.actor("supervisor2")).staffId,
    });
  });
});

describe("保留された郵便物", () => {
  const placeOf = async (run: RunRow) =>
    (await mail.as("supervisor1", (work) => listItems(work, run.id, { state: "held" }))).items[0]
      ?.place ?? 0;

  test("は、抽出のときに送るものとして書くこともできない", async () => {
    const run = await mail.create();
    const enter = (state: string, reason: string | null) => (sql: TransactionSql) =>
      sql`select mailings.enter_pieces(${run.id}, ${[hidden]}, '{mr1:1}', ${[state]}, ${[reason]}::text[], '{1}', '{null}', '{null}')`;
    for (const who of ["operator1", "system"] as const) {
      await expect(as(who, enter("ready", null))).rejects.toMatchObject(denied);
      await expect(as(who, enter("made", null))).rejects.toMatchObject(denied);
      await as(who, async (sql) => {
        await enter("held", "protected")(sql);
        await sql`select mailings.clear_pieces(${run.id})`;
      });
    }
  });

  test("は、見合わせを経ても、理由なしでも、住所を見られない人にも解除できない", async () => {
    const run = await mail.extracted();
    const place = await placeOf(run);
    const release =
      (why: string | null, revision = run.revision) =>
      (sql: TransactionSql) =>
        sql`select mailings.release(${run.id}, ${revision}, ${place}, ${why})`;
    const sealed = (holder: string, kind: string) => (sql: TransactionSql) =>
      sql<{ id: string }[]>`with x as (select gen_random_uuid() as id)
        select id, vault.put_sealed(array[id], ${[holder]}::text[], 'vaccination', ${kind}, null, array['x'::bytea]) from x`;
    for (const who of ["operator1", "clerk1", "system"] as const)
      await expect(as(who, release(null)), who).rejects.toMatchObject(denied);
    await expect(as("supervisor1", release(null))).rejects.toMatchObject({ code: "MD016" });
    // A reason that another wrote, or that is of another person or kind, is none.
    const [others] = await as("supervisor2", sealed(hidden, "release-reason"));
    await expect(as("supervisor1", release(others?.id ?? ""))).rejects.toMatchObject({
      code: "MD016",
    });
    for (const [holder, kind] of [
      [numbers[0] ?? "", "release-reason"],
      [hidden, "settle-reason"],
    ] as const)
      await expect(
        as("supervisor1", async (sql) => {
          const [own] = await sealed(holder, kind)(sql);
          await release(own?.id ?? "")(sql);
        }),
      ).rejects.toMatchObject({ code: "MD016" });
    for (const [event, state] of [
      ["leave", "left-out"],
      ["hold", "held"],
      ["release", "ready"],
    ] as const)
      await expect(
        as(
          "operator1",
          (sql) =>
            sql`select mailings.leave_out(${run.id}, '{}', ${event}, ${state}, 'no-address')`,
        ),
      ).rejects.toThrow();
    // After the approval nothing is released any more.
    const approved = await mail.approved(run);
    await expect(
      as("supervisor1", async (sql) => {
        const [own] = await sealed(hidden, "release-reason")(sql);
        await release(own?.id ?? "", approved.revision)(sql);
      }),
    ).rejects.toMatchObject({ code: "MD011" });
  });

  test("の解除は改訂を進め、見ていた決裁者の承認は通らない", async () => {
    const run = await submitted();
    await mail.as("supervisor2", async (work) =>
      releaseItem(work, {
        runId: run.id,
        expectedRevision: run.revision,
        place: await placeOf(run),
        reason: "確認した",
      }),
    );
    await expect(
      as("supervisor1", move(run, run.revision, "approve", "approved")),
    ).rejects.toMatchObject({ code: "MD014" });
  });
});

describe("データベース", () => {
  test("が期限を変えさせる段階も、保留を解除させる段階も、機械の言うとおり", async () => {
    const [dates] = await admin<
      { text: string }[]
    >`select pg_get_functiondef('mailings.set_dates'::regproc) as text`;
    const [unmet] = await admin<
      { text: string }[]
    >`select pg_get_functiondef('mailings.unmet'::regproc) as text`;
    const listed = (text = "", from: RegExp) =>
      [...(from.exec(text)?.[1] ?? "").matchAll(/'([a-z-]+)'/g)]
        .map((found) => found[1])
        .toSorted();
    const states = (is: (meta: ReturnType<typeof runStateMeta>) => unknown): RunState[] =>
      runStatesWith(is).toSorted();
    expect(listed(dates?.text, /array\['mailing.prepare'\],\s*array\[([^\]]+)\]/i)).toEqual(
      states(({ open, received, busy }) => open && !received && !busy),
    );
    expect(listed(unmet?.text, /'unapproved' then r\.state in \(([^)]+)\)/)).toEqual(
      states(({ unapproved }) => unapproved),
    );
  });
});

describe("一括発送の作成", () => {
  test("は、終えていないことを終えたとは言えない", async () => {
    const run = await mail.approved(await mail.extracted());
    await expect(as("system", move(run, run.revision, "make", "making"))).rejects.toMatchObject({
      code: "MD019",
    });
    const made = await mail.make(run);
    for (const [event, state] of [["hand-over", "handed-over"]] as const)
      await expect(
        as("operator1", move(made.run, made.run.revision, event, state)),
      ).rejects.toMatchObject({ code: "MD019" });
  });
});
