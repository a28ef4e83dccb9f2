import { describe, expect, test } from "vitest";
import type { Duty } from "#src/platform/access/index.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const { admin } = city;
const as = staffSql(city);

describe("権限の付与", () => {
  const give = (who: TestStaff, values: Record<string, unknown>, settings = {}) =>
    as(
      who,
      async (sql) => {
        const [staff] = await sql<{ id: number }[]>`select access.staff_id() as id`;
        return sql`insert into access.duty_grant ${sql({
          duty: "clerk",
          program: "child-medical",
          valid_from: "2026-11-20",
          valid_to: "2027-03-31",
          reason: "試験",
          requested_by: staff?.id ?? 0,
          ...values,
        })}`;
      },
      settings,
    );
  const systemId = async () =>
    Number((await admin`select id from access.staff where kind = 'system'`)[0]?.id);
  const idOf = async (login: TestStaff) =>
    Number((await admin`select id from access.staff where login_name = ${login}`)[0]?.id);

  test("は、他人の名で、年度を越えて、定時処理の職務で、または決定済みとして申請できない", async () => {
    const staff_id = await idOf("nobody");
    for (const values of [
      { staff_id, valid_to: "2027-04-01" },
      { staff_id, valid_to: "2099-12-31" },
      { staff_id, duty: "system" },
      { staff_id, duty: "mayor" },
      { staff_id, valid_from: "2040-04-01", valid_to: "2041-03-31" },
      { staff_id, valid_from: "2027-04-02", valid_to: "2028-03-31" },
      { staff_id: await systemId() },
      { staff_id, requested_by: (await idOf("admin1")) + 1 },
      {
        staff_id,
        decision: "approved",
        decided_by: await idOf("approver1"),
        decided_at: "2026-11-20",
      },
    ])
      await expect(give("admin1", values), JSON.stringify(values)).rejects.toMatchObject(denied);
    await expect(give("clerk1", { staff_id })).rejects.toMatchObject(denied);
  });

  test("は、決まった後に延ばすことも、決め直すことも、自分の分を決めることもできない", async () => {
    const staff_id = await idOf("nobody");
    await give("admin1", { staff_id });
    const decide = (set: string) =>
      as("approver1", async (sql) => {
        const [me] = await sql<{ id: number }[]>`select access.staff_id() as id`;
        return sql.unsafe(
          `update access.duty_grant set decided_by = ${me?.id}, decided_at = now(), ${set} where staff_id = ${staff_id} returning id`,
        );
      });
    await expect(decide("decision = 'approved', valid_to = '2030-01-01'")).rejects.toMatchObject(
      denied,
    );
    expect(await decide("decision = 'refused'")).toHaveLength(1);
    await expect(decide("decision = 'approved'")).rejects.toMatchObject(denied);
    await expect(decide("valid_to = '2027-02-01'")).rejects.toMatchObject(denied);
    await give("admin1", { staff_id: await idOf("approver1") });
    await expect(
      as("approver1", async (sql) => {
        const [me] = await sql<{ id: number }[]>`select access.staff_id() as id`;
        return sql`update access.duty_grant set decision = 'approved', decided_by = ${me?.id ?? 0}, decided_at = now()
          where staff_id = ${me?.id ?? 0} and decision is null`;
      }),
    ).rejects.toMatchObject({ code: "23514" });
  });

  test("は、ある事務だけの申請者・承認者には、その事務の分しか扱えない", async () => {
    const only = (duty: Duty, program: string | null) =>
      admin.begin(async (sql) => {
        await sql`set local session_replication_role = replica`;
        await sql`update access.duty_grant set program = ${program} where duty = ${duty} and decision = 'approved'`;
      });
    const staff_id = await idOf("operator2");
    await only("administrator", "vaccination");
    await only("access-approver", "vaccination");
    try {
      await expect(give("admin1", { staff_id })).rejects.toMatchObject(denied);
      await expect(give("admin1", { staff_id, program: null })).rejects.toMatchObject(denied);
      await give("admin1", { staff_id, program: "vaccination" });
      await only("administrator", null);
      await give("admin1", { staff_id, program: "child-medical" });
      const approve = (program: string) =>
        as("approver1", async (sql) => {
          const [me] = await sql<{ id: number }[]>`select access.staff_id() as id`;
          return sql`update access.duty_grant set decision = 'approved', decided_by = ${me?.id ?? 0}, decided_at = now()
            where staff_id = ${staff_id} and program = ${program} and decision is null returning id`;
        });
      expect(await approve("child-medical")).toHaveLength(0);
      expect(await approve("vaccination")).toHaveLength(1);
    } finally {
      await only("administrator", null);
      await only("access-approver", null);
    }
  });

  test("は、登録の種別を偽っても増えない", async () => {
    for (const kind of ["system", "root", ""])
      await expect(
        as(
          "admin1",
          (sql) => sql`select access.register_staff('x-y', 'x', ${kind}, null, null, 'x', 'x')`,
        ),
      ).rejects.toMatchObject(denied);
  });
});
