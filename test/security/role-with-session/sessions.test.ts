import { describe, expect, test } from "vitest";
import type { TestStaff } from "#test/support/database.ts";
import { addressOf, cityWithPeople, denied } from "./support.ts";

const { city, as, openNumber } = await cityWithPeople();
const { admin } = city;

describe("セッション", () => {
  const session = (who: TestStaff, change: string) =>
    admin.unsafe(
      `update access.session set ${change} where ended_at is null and staff_id = (select id from access.staff where login_name = '${who}')`,
    );

  test("は、放置されたもの、ロックされたもの、期限の切れた職員のものでは、何も読めない", async () => {
    const look = addressOf(openNumber);
    const staff = (change: string) =>
      admin.unsafe(`update access.staff set ${change} where login_name = 'clerk2'`);
    expect(await as("clerk2", look)).toBeDefined();
    for (const [close, reopen] of [
      ["last_seen_at = now() - interval '16 minutes'", "last_seen_at = now()"],
      ["locked_at = now()", "locked_at = null"],
    ] as const) {
      await session("clerk2", close);
      await expect(as("clerk2", look), close).rejects.toMatchObject(denied);
      await session("clerk2", reopen);
    }
    await staff("valid_to = '2026-01-01'");
    await expect(as("clerk2", look)).rejects.toMatchObject(denied);
    await staff("valid_to = null");
    expect(await as("clerk2", look)).toBeDefined();
  });

  test("は、その秘密を知らない者には、延ばせず、ロックを外せず、終わらせられない", async () => {
    const rows = () =>
      admin`select locked_at, last_seen_at, ended_at from access.session
             where staff_id = (select id from access.staff where login_name = 'supervisor1')`;
    await city.actor("supervisor1");
    await session("supervisor1", "locked_at = now(), last_seen_at = now() - interval '20 minutes'");
    const before = await rows();
    const [found] =
      await admin`select id, encode(token_hash, 'hex') as hash, staff_id from access.session
      where staff_id = (select id from access.staff where login_name = 'supervisor1')`;
    for (const guess of [found?.id, found?.hash, String(found?.staff_id), "supervisor1", ""]) {
      const call = (text: string) =>
        as("clerk2", (sql) => sql.unsafe(text, [guess ?? ""])).catch((error) => error.code);
      await call("select access.act($1)");
      await call("select access.lock_session($1)");
      await call("select access.sign_out($1, 'x')");
      expect(await call("select access.unlock_session($1, 'x', '127.0.0.1')")).toBe("MD001");
      expect(await call("select * from access.session_state($1)")).toEqual([]);
    }
    for (const statement of [
      "update access.session set last_seen_at = now(), locked_at = null",
      "delete from access.session",
      "insert into access.session (token_hash, staff_id) values ('x', 1)",
      "select * from access.session",
      "update access.idle_limit set minutes = 60",
      "insert into access.idle_limit values ('2026-01-01', 60)",
      "delete from access.idle_limit",
      "select access.is_open(null)",
    ])
      await expect(
        as("clerk2", (sql) => sql.unsafe(statement)),
        statement,
      ).rejects.toMatchObject(denied);
    expect(await rows()).toEqual(before);
  });

  test("は、ロックされた後や放置の後では、本人の秘密でもパスワードなしには延びない", async () => {
    const { sessionToken } = await city.actor("supervisor2");
    for (const closed of ["locked_at = now()", "last_seen_at = now() - interval '16 minutes'"]) {
      await session("supervisor2", closed);
      await city.platform.database.sql`select access.act(${sessionToken})`;
      const [state] = await city.platform.database
        .sql`select state from access.session_state(${sessionToken})`;
      expect(state?.state, closed).toBe("locked");
      await session("supervisor2", "locked_at = null, last_seen_at = now()");
    }
  });
});
