import { beforeAll, describe, expect, test } from "vitest";
import { openTestPlatform } from "#test/support/database.ts";
import { lettersOf } from "#test/support/request-letters.ts";
import { staffSql } from "./support.ts";

const city = await openTestPlatform();
const letters = lettersOf(city);
const asSql = staffSql(city);
let child: string;
let letter: { caseId: string };

beforeAll(async () => {
  await letters.setUp();
  const family = await letters.family();
  child = family.child;
  letter = await letters.valid(child);
});

/** The code with which the database refuses, or what it gave. */
const refusal = (who: "clerk1" | "supervisor1", run: Parameters<typeof asSql>[1]) =>
  asSql(who, run).then(
    () => "taken",
    (error: unknown) => (error as { code?: string }).code,
  );

describe("予防接種実施依頼書: SQLだけでできないこと", () => {
  test("依頼書、回、結果、支払の台帳、経路には、だれも直接書けない", async () => {
    for (const statement of [
      `update request_letters.letter set valid_to = '2030-01-01' where case_id = '${letter.caseId}'`,
      `update request_letters.line set state = 'expired' where case_id = '${letter.caseId}'`,
      `insert into request_letters.line (case_id, number, person_number, vaccine, dose, planned_on) values ('${letter.caseId}', 9, '${child}', 'pcv', 1, '2026-12-01')`,
      `insert into request_letters.result (case_id, revision, number, outcome, recorded_by) values ('${letter.caseId}', 1, 1, 'not-given', 1)`,
      `delete from request_letters.request where case_id = '${letter.caseId}'`,
      `insert into vaccination.paid_dose (person_number, vaccine, dose, outcome, given_on, route, source_id, amount, decided_on) values ('${child}', 'hepb', 1, 'given', '2026-11-20', 'clinic', gen_random_uuid(), 1, '2026-11-20')`,
      `delete from vaccination.paid_dose`,
      `update vaccination.shot_channel set source = 'paper'`,
    ])
      expect(await refusal("clerk1", (sql) => sql.unsafe(statement)), statement).toBe("42501");
  });

  test("手続きの外では、交付、送付、結果、失効、取消し、支払のどの関数も断る", async () => {
    for (const call of [
      `request_letters.issue('${letter.caseId}', '熊予第R8-000001号', null)`,
      `request_letters.send('${letter.caseId}', 'handed')`,
      `request_letters.record('${letter.caseId}', 1, 'given', '2026-11-20', null, null, null)`,
      `request_letters.lapse('${letter.caseId}')`,
      `request_letters.cancel('${letter.caseId}')`,
      `request_letters.decide('${letter.caseId}')`,
      `request_letters.carry_out('${letter.caseId}')`,
      `request_letters.take_back('${letter.caseId}')`,
    ])
      for (const who of ["clerk1", "supervisor1"] as const)
        expect(await refusal(who, (sql) => sql.unsafe(`select ${call}`)), call).toBe("42501");
  });

  test("交付の手続きで、決まった月数と違う期限は通らない", async () => {
    const { child: other } = await letters.family();
    const at = await letters.granted(other);
    await expect(letters.issue(at, 4)).rejects.toMatchObject({ code: "MD019" });
  });

  test("別の区の職員には、依頼書も、ほかの依頼書の有無も見えない", async () => {
    const seen = await asSql(
      "east1",
      (sql) =>
        sql`select count(*)::int as n from request_letters.letter where case_id = ${letter.caseId}`,
    );
    expect(seen[0]?.n).toBe(0);
    const asked = asSql(
      "east1",
      (sql) => sql`select request_letters.open_elsewhere(${letter.caseId})`,
    );
    await expect(asked).rejects.toMatchObject({ code: "42501" });
  });

  test("請求した本人でも保護者でもない人への支払は、受け付けられない", async () => {
    const { child: stranger } = await letters.family();
    const opened = asSql("clerk1", async (sql) => {
      const [row] = await sql<{ id: string }[]>`
        select cases.open('vaccination/refund', ${child}, '431010', '2026-11-20', 'attack', '{}') as id`;
      await sql`insert into request_letters.refund (case_id, payee_number, channel) values (${row?.id ?? ""}, ${stranger}, 'window')`;
    });
    await expect(opened).rejects.toMatchObject({ code: "42501" });
    const empty = asSql("clerk1", async (sql) => {
      await sql`select cases.open('vaccination/refund', ${child}, '431010', '2026-11-20', 'attack2', '{}')`;
      await sql`set constraints all immediate`;
    });
    await expect(empty).rejects.toMatchObject({ code: "MD019" });
  });
});
