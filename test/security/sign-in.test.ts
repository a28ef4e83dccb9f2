import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { checkPassword, signIn } from "#src/platform/access/index.ts";
import { passwordProof } from "#src/platform/access/passwords.ts";
import { newToken, systemSecret, tokenHash } from "#src/platform/access/tokens.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";

// Strangers at the sign-in: with SQL as the program's role, and at terminals of the city.

const city = await openTestPlatform();
const { admin, platform } = city;
const { sql } = platform.database;
const here = "127.0.0.1";
const elsewhere = (n: number) => `198.51.100.${n}`;
const denied = { code: "42501" };

await admin.begin(async (owner) => {
  await owner`set local role madoguchi_owner`;
  for (let n = 1; n <= 30; n++)
    await owner`insert into access.terminal (name, address) values (${`端末${n}`}, ${elsewhere(n)})`;
});

beforeEach(async () => {
  await admin`delete from access.failed_try`;
  await admin`update access.credential set last_totp_step = 0`;
});

const tries = async () =>
  (await admin`select count(*)::int as n from access.failed_try`)[0]?.n as number;
const failures = async () =>
  (await admin`select count(*)::int as n from audit.record where action = 'sign-in.failed'`)[0]
    ?.n as number;
const enter = (who: TestStaff, address = here) => {
  const { loginName, password, code } = city.credentials(who);
  return signIn(platform, { loginName, password, code: code(), address });
};
const guess = (loginName: string, address: string) =>
  checkPassword(platform, { loginName, password: "wrong", address });
const proofOf = async (who: TestStaff) => {
  const [row] = await sql<{ salt: string }[]>`select access.password_salt(${who}) as salt`;
  return passwordProof(city.credentials(who).password, row?.salt ?? "");
};

describe("プログラムのロールの SQL だけでは", () => {
  test("誰のサインインも数えられず、ロックできず、端末の住所を偽れない", async () => {
    const before = [await tries(), await failures()];
    const proof = randomBytes(32);
    for (const secret of [Buffer.alloc(0), Buffer.alloc(32), randomBytes(32)])
      for (const attempt of [
        sql`select * from access.check_password(${secret}, 'clerk1', ${proof}, ${elsewhere(1)}, ${randomBytes(32)})`,
        sql`select access.code_failed(${secret}, 'x', ${elsewhere(1)})`,
        sql`select access.code_secret(${secret}, 'x', ${elsewhere(1)})`,
        sql`select * from access.ticket_standing(${secret}, 'x', ${elsewhere(1)})`,
        sql`select access.sign_in(${secret}, 'x', ${randomBytes(32)}, ${here}, 99999999)`,
        sql`select access.begin_directory(${secret}, 'x', 'x', 'x', '/', ${here})`,
        sql`select * from access.take_directory(${secret}, 'x', ${here})`,
        sql`select access.directory_answered(${secret}, 'clerk1', ${here}, ${randomBytes(32)}, true)`,
        sql`select access.sign_in_by_directory(${secret}, 'x', ${randomBytes(32)}, ${here})`,
        sql`select access.begin_key(${secret}, ${proof}, 99999999, 'x')`,
        sql`select access.register_key(${secret}, 'x', 'x', 'x', 0, '{}', 'x')`,
        sql`select * from access.begin_key_sign_in(${secret}, 'x', ${here}, 'x')`,
        sql`select * from access.take_key_challenge(${secret}, 'x', ${here}, 'x')`,
        sql`select access.key_failed(${secret}, 'x', ${here})`,
        sql`select access.sign_in_by_key(${secret}, 'x', ${randomBytes(32)}, ${here}, 'x', 1)`,
      ])
        await expect(attempt).rejects.toMatchObject(denied);
    for (const statement of [
      "select access.count_failed('clerk1', '127.0.0.1', 'password')",
      "select access.proven('clerk1', 'x')",
      "select access.is_held_back('clerk1', '127.0.0.1')",
      "select access.ticket_holder('x', '127.0.0.1')",
      "select access.open_session(1, 'x', '127.0.0.1')",
      "select access.limited_until(1)",
      "select * from access.failed_try",
      "insert into access.failed_try (login_hash, address) values ('x', '127.0.0.1')",
      "delete from access.failed_try",
      "select * from access.sign_in_ticket",
      "insert into access.sign_in_ticket (ticket_hash, staff_id, address) values ('x', 1, '127.0.0.1')",
      "select * from access.period",
      "select public_key from access.security_key",
      "insert into access.security_key (staff_id, credential_id, public_key, counter, transports, name) values (1, 'x', 'x', 0, '{}', 'x')",
      "update access.security_key set removed_at = null",
      "select * from access.key_registration",
      "select * from access.directory_request",
      "update access.period set seconds = 1",
      "insert into access.credential_reset (staff_id, why, requested_by) values (1, 'lost', 2)",
      "update access.credential_reset set decision = 'approved'",
    ])
      await expect(sql.unsafe(statement), statement).rejects.toMatchObject(denied);
    expect([await tries(), await failures()]).toEqual(before);
    expect(await enter("clerk1")).toMatchObject({ ok: true });
  });

  test("パスワードを知っていても、確認コードなしにはサインインできず、ロックも長い放置の後では外せない", async () => {
    const ticket = newToken();
    const secret = systemSecret(platform.keys);
    const proof = await proofOf("clerk2");
    // The ticket as the program made it; whoever injects has no secret.
    await sql`select access.check_password(${secret}, 'clerk2', ${proof}, ${here}, ${tokenHash(ticket)})`;
    await expect(
      sql`select access.sign_in(${randomBytes(32)}, ${ticket}, ${randomBytes(32)}, ${here}, 99999999)`,
    ).rejects.toMatchObject(denied);
    const entered = await enter("clerk2");
    if (!entered.ok) throw new Error(entered.why);
    await admin`update access.session set last_seen_at = now() - interval '61 minutes' where ended_at is null and not is_system`;
    const unlock = (step: number | null, shown: Buffer | null) =>
      sql`select access.unlock_session(${entered.token}, ${proof}, ${here}, ${step}, ${shown}) as outcome`;
    expect(await unlock(null, null)).toEqual([{ outcome: "code-needed" }]);
    for (const shown of [null, randomBytes(32)])
      await expect(unlock(99999999, shown)).rejects.toMatchObject(denied);
  });

  test("どの職員番号があるかは、塩からは分からない", async () => {
    const salt = async (login: string) =>
      (await sql<{ salt: string }[]>`select access.password_salt(${login}) as salt`)[0]?.salt;
    const [known, unknown] = [await salt("clerk1"), await salt("nobody-at-all")];
    expect(unknown).toMatch(/^[0-9a-f]{32}$/);
    expect(known).toMatch(/^[0-9a-f]{32}$/);
    expect(await salt("nobody-at-all")).toBe(unknown);
    expect(await salt("nobody-at-al1")).not.toBe(unknown);
  });
});

describe("セキュリティキー", () => {
  const secret = systemSecret(platform.keys);
  const register = (who: TestStaff, credential: string) =>
    admin.begin(async (owner) => {
      await owner`set local role madoguchi_owner`;
      await owner`insert into access.security_key (staff_id, credential_id, public_key, counter, transports, name)
        select id, ${credential}, 'x', 5, '{}', 'x' from access.staff where login_name = ${who}`;
    });
  const ticketOf = async (who: TestStaff) => {
    const ticket = newToken();
    await sql`select access.check_password(${secret}, ${who}, ${await proofOf(who)}, ${here}, ${tokenHash(ticket)})`;
    return ticket;
  };
  const begin = (ticket: string, address = here) =>
    sql`select credential_id from access.begin_key_sign_in(${secret}, ${ticket}, ${address}, 'challenge')`;
  const take = (ticket: string, credential: string) =>
    sql`select challenge from access.take_key_challenge(${secret}, ${ticket}, ${here}, ${credential})`;
  const finish = (ticket: string, credential: string, counter: number) =>
    sql`select access.sign_in_by_key(${secret}, ${ticket}, ${randomBytes(32)}, ${here}, ${credential}, ${counter})`;

  test("の問いには一度しか答えられず、ほかの人のキーでも、写したキーでも、外したキーでも入れない", async () => {
    await register("number1", "key-of-number1");
    await register("auditor1", "key-of-auditor1");
    const ticket = await ticketOf("number1");
    expect(await begin(ticket)).toEqual([{ credential_id: "key-of-number1" }]);
    expect(await begin(ticket, elsewhere(5))).toEqual([]);
    expect(await take(ticket, "key-of-auditor1")).toEqual([]);
    expect(await take(ticket, "key-of-number1")).toEqual([]);
    await begin(ticket);
    expect(await take(ticket, "key-of-number1")).toEqual([{ challenge: "challenge" }]);
    expect(await take(ticket, "key-of-number1")).toEqual([]);
    for (const [credential, counter] of [
      ["key-of-auditor1", 9],
      ["key-of-number1", 5],
      ["key-of-number1", 0],
    ] as const)
      await expect(finish(ticket, credential, counter)).rejects.toMatchObject({ code: "MD008" });
    await finish(ticket, "key-of-number1", 6);
    await expect(finish(ticket, "key-of-number1", 7)).rejects.toMatchObject({ code: "MD005" });
    await admin`update access.security_key set removed_at = now(), removed_by = staff_id where credential_id = 'key-of-number1'`;
    const later = await ticketOf("number1");
    expect(await begin(later)).toEqual([]);
    await expect(finish(later, "key-of-number1", 8)).rejects.toMatchObject({ code: "MD008" });
  });

  test("を外せるのは、本人と管理者だけ", async () => {
    const [key] =
      await admin`select id from access.security_key where credential_id = 'key-of-auditor1'`;
    const remove = async (who: TestStaff) => {
      const { sessionToken } = await city.actor(who);
      return sql.begin(async (tx) => {
        await tx`select set_config('app.session_token', ${sessionToken}, true), set_config('app.business_date', '2026-11-20', true)`;
        const [row] = await tx`select access.remove_key(${key?.id ?? 0}) as done`;
        return row?.done;
      });
    };
    expect(await remove("operator2")).toBe(false);
    expect(await remove("admin1")).toBe(true);
    expect(await remove("admin1")).toBe(false);
  });
});

describe("よその端末から何度間違えられても", () => {
  test("本人は、いつもの端末から入れる", async () => {
    expect(await enter("supervisor1")).toMatchObject({ ok: true });
    for (let n = 1; n <= 25; n++) await guess("supervisor1", elsewhere(n));
    // Everybody else has to wait now, with the right password too.
    const { loginName, password } = city.credentials("supervisor1");
    expect(await checkPassword(platform, { loginName, password, address: elsewhere(29) })).toEqual({
      ok: false,
      why: "locked",
    });
    await admin`update access.credential set last_totp_step = 0`;
    expect(await enter("supervisor1")).toMatchObject({ ok: true });
  });

  test("一つの端末でいろいろな職員番号を試すことはできない", async () => {
    const outcomes: string[] = [];
    for (let n = 0; n < 22; n++) {
      const answer = await guess(`m${n}`, elsewhere(2));
      outcomes.push(answer.ok ? "ok" : answer.why);
    }
    expect(outcomes.slice(0, 20).every((why) => why === "wrong")).toBe(true);
    expect(outcomes.slice(20)).toEqual(["locked", "locked"]);
    expect(await enter("operator1", elsewhere(3))).toMatchObject({ ok: true });
  });

  test("同時に試しても、数え落とさない", async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => guess("auditor1", elsewhere(4))),
    );
    expect(answers.filter((answer) => !answer.ok && answer.why === "wrong")).toHaveLength(5);
  });

  test("待つ時間は、間違えるほど長くなり、15分を越えない", async () => {
    const waits: number[] = [];
    for (const count of [5, 6, 7, 8, 9, 40]) {
      const [row] = await admin<{ s: number }[]>`
        select extract(epoch from access.held_until(${count}, now(), 5) - now())::int as s`;
      waits.push(row?.s ?? 0);
    }
    expect(waits).toEqual([60, 120, 240, 480, 900, 900]);
  });
});

test("知らない、停止された、期限の切れた、間違え続けた職員番号は、どれも同じ答えになる", async () => {
  await admin`update access.staff set status = 'disabled' where login_name = 'clerk3'`;
  await admin`update access.staff set valid_to = '2020-03-31' where login_name = 'scheme1'`;
  const answersOf = async (loginName: string, address: string) => {
    const answers: unknown[] = [];
    for (let n = 0; n < 7; n++) {
      // The right password of those who have one.
      const password = n < 6 ? "wrong" : "Madoguchi-Test-1";
      answers.push(await checkPassword(platform, { loginName, password, address }));
    }
    return answers;
  };
  const expected = await answersOf("nobody-at-all", elsewhere(10));
  for (const [n, login] of ["clerk3", "scheme1", "operator2", "system"].entries())
    expect(await answersOf(login, elsewhere(11 + n)), login).toEqual(expected);
  for (const login of ["clerk3", "scheme1"])
    expect(
      await checkPassword(platform, {
        loginName: login,
        password: "Madoguchi-Test-1",
        address: elsewhere(20),
      }),
    ).toEqual({ ok: false, why: "wrong" });
});

test("知らない職員番号も、知っている職員番号と同じだけ時間がかかる", async () => {
  const median = async (login: string) => {
    const times: number[] = [];
    for (let n = 0; n < 9; n++) {
      await admin`delete from access.failed_try`;
      const start = performance.now();
      await guess(login, elsewhere(21));
      times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b)[4] ?? 0;
  };
  await median("operator1");
  const [known, unknown] = [await median("operator1"), await median("nobody-at-all")];
  expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(2);
});
