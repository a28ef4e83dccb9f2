import { describe, expect, test } from "vitest";
import type { TestStaff } from "#test/support/database.ts";
import { addressOf, cityWithPeople, denied } from "./support.ts";

const { city, as, openNumber } = await cityWithPeople();
const { admin } = city;

const idOf = async (login: string) =>
  Number((await admin`select id from access.staff where login_name = ${login}`)[0]?.id);
const hash = `${"0".repeat(32)}$x`;

const apply = async (by: TestStaff, who: string) =>
  as(by, async (sql) => {
    const [row] = await sql<{ id: number }[]>`
      select access.apply_for_reset(${await idOf(who)}, 'lost') as id`;
    return row?.id ?? 0;
  });
const decide = (by: TestStaff, reset: number, decision = "approved") =>
  as(by, async (sql) => {
    const [row] = await sql`select access.decide_reset(${reset}, ${decision}) as done`;
    return row?.done as boolean;
  });
const issue = (by: TestStaff, reset: number) =>
  as(by, async (sql) => {
    const [row] = await sql`select access.reset_credential(${reset}, ${hash}, 'x') as done`;
    return row?.done as boolean;
  });
const credential = async (login: string) =>
  (
    await admin`select c.* from access.credential c join access.staff p on p.id = c.staff_id where login_name = ${login}`
  )[0];
const alsoAdministrator = (login: TestStaff) =>
  admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`insert into access.duty_grant (staff_id, duty, valid_from, valid_to, reason, requested_by, decided_by, decided_at, decision)
      select ${await idOf(login)}, 'administrator', '2026-04-01', '2027-03-31', 'x', ${await idOf("admin1")}, ${await idOf("approver1")}, now(), 'approved'`;
  });

describe("サインインの再設定", () => {
  test("は、一人の管理者だけではできない", async () => {
    await city.actor("supervisor1");
    const before = await credential("supervisor1");
    const reset = await apply("admin1", "supervisor1");
    expect(await issue("admin1", reset)).toBe(false);
    await expect(decide("admin1", reset)).rejects.toMatchObject(denied);
    await expect(decide("supervisor1", reset)).rejects.toMatchObject(denied);
    await expect(decide("clerk1", reset)).rejects.toMatchObject(denied);
    for (const statement of [
      "update access.credential_reset set decision = 'approved', decided_by = 1",
      "insert into access.credential_reset (staff_id, why, requested_by, decided_by, decision) values (1, 'lost', 2, 3, 'approved')",
      "update access.credential set must_change = false",
      "update access.credential set reset_at = null",
    ])
      await expect(
        as("admin1", (sql) => sql.unsafe(statement)),
        statement,
      ).rejects.toMatchObject(denied);
    expect(await credential("supervisor1")).toEqual(before);
  });

  test("は、自分にも、定時処理にも申請できず、進んでいる間は重ねて申請できない", async () => {
    for (const who of ["admin1", "system"])
      await expect(apply("admin1", who)).rejects.toMatchObject(denied);
    await expect(apply("clerk1", "clerk2")).rejects.toMatchObject(denied);
    await expect(apply("admin1", "supervisor1")).rejects.toMatchObject({ code: "MD006" });
  });

  test("は、承認された後、申請した人に一度だけでき、ほかの管理者にも、期限の後にもできない", async () => {
    await alsoAdministrator("operator2");
    const reset = await apply("admin1", "operator1");
    expect(await decide("approver1", reset)).toBe(true);
    expect(await decide("approver1", reset, "refused")).toBe(false);
    await expect(issue("operator2", reset)).rejects.toMatchObject(denied);
    await admin`update access.credential_reset set decided_at = now() - interval '4 days' where id = ${reset}`;
    expect(await issue("admin1", reset)).toBe(false);
    await admin`update access.credential_reset set decided_at = now() where id = ${reset}`;
    expect(await issue("admin1", reset)).toBe(true);
    expect(await issue("admin1", reset)).toBe(false);
  });

  test("の後1週間は、何も見えず、何も承認できず、何も書けない", async () => {
    expect(await as("supervisor2", addressOf(openNumber))).toBeDefined();
    const reset = await apply("admin1", "supervisor2");
    expect(await decide("approver1", reset)).toBe(true);
    expect(await issue("admin1", reset)).toBe(true);
    const [ended] = await admin`select count(*)::int as n from access.session
      where ended_at is null and staff_id = ${await idOf("supervisor2")}`;
    expect(ended?.n).toBe(0);
    // The one who did it signs in with what was set; here the session that was ended stands for it.
    await admin`update access.session set ended_at = null where staff_id = ${await idOf("supervisor2")}`;
    const rights = () =>
      as("supervisor2", async (sql) =>
        (await sql`select distinct "right" from access.held_rights()`).map((row) => row.right),
      );
    await expect(as("supervisor2", addressOf(openNumber))).rejects.toMatchObject(denied);
    expect(await rights()).toEqual(["work.read"]);
    const [row] = await as("supervisor2", (sql) => sql`select limited_until from access.whoami()`);
    expect(row?.limited_until).toBeTruthy();
    await admin`update access.credential set reset_at = now() - interval '6 days 23 hours' where staff_id = ${await idOf("supervisor2")}`;
    expect(await rights()).toEqual(["work.read"]);
    await admin`update access.credential set reset_at = now() - interval '7 days 1 hour' where staff_id = ${await idOf("supervisor2")}`;
    expect(await as("supervisor2", addressOf(openNumber))).toBeDefined();
    expect(await rights()).toContain("case.approve");
  });

  test("の後の制限は、管理者と承認者だけが人ごとに見る", async () => {
    const limited = (who: TestStaff) => as(who, (sql) => sql`select * from access.limited_staff()`);
    expect((await limited("admin1")).length).toBeGreaterThan(0);
    expect(await limited("clerk1")).toEqual([]);
    expect(await as("clerk1", (sql) => sql`select * from access.credential_reset`)).toEqual([]);
  });
});
