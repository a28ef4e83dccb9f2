import { describe, expect, test } from "vitest";
import {
  changePassword,
  checkPassword,
  duties,
  holds,
  lockSession,
  openSystemSession,
  resume,
  signIn,
  signOut,
  unlockSession,
} from "#src/platform/access/index.ts";
import { openDatabase } from "#src/platform/database.ts";
import { selfCheck } from "#src/platform/self-check.ts";
import { runWork, SessionEnded, SessionLocked } from "#src/platform/work.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";

const { platform, admin, actor, credentials, administratorUrl } = await openTestPlatform();
const address = "127.0.0.1";

/** Codes hold for half a minute and once only; the next test must be able to use one again. */
const forgetCode = (who: TestStaff) =>
  admin`update access.credential set last_totp_step = 0 where staff_id = (select id from access.staff where login_name = ${who})`;

async function enter(who: TestStaff) {
  await forgetCode(who);
  const { loginName, password, code } = credentials(who);
  return signIn(platform, { loginName, password, code: code(), address });
}

describe("サインイン", () => {
  test("パスワードと確認コードの両方で入れる", async () => {
    const { loginName, password, code } = credentials("clerk1");
    expect(await signIn(platform, { loginName, password, code: "000000", address })).toEqual({
      ok: false,
      why: "wrong",
    });
    expect(await signIn(platform, { loginName, password: "wrong", code: code(), address })).toEqual(
      { ok: false, why: "wrong" },
    );
    const entered = await signIn(platform, { loginName, password, code: code(), address });
    if (!entered.ok) throw new Error(entered.why);
    const who = await resume(platform, entered.token);
    expect(who).toMatchObject({
      staffName: "窓口 一子",
      officeName: "中央区役所",
      passwordExpired: false,
    });
    expect(holds(who, "case.enter")).toBe(true);
    expect(holds(who, "case.approve")).toBe(false);
  });

  test("確認コードは一度しか使えない", async () => {
    await forgetCode("clerk2");
    const { loginName, password, code } = credentials("clerk2");
    const now = code();
    expect(await signIn(platform, { loginName, password, code: now, address })).toMatchObject({
      ok: true,
    });
    expect(await signIn(platform, { loginName, password, code: now, address })).toEqual({
      ok: false,
      why: "code-used",
    });
  });

  test("登録した端末からしか入れない", async () => {
    const { loginName, password, code } = credentials("clerk1");
    expect(
      await signIn(platform, { loginName, password, code: code(), address: "10.1.2.3" }),
    ).toEqual({ ok: false, why: "unregistered-terminal" });
  });

  test("ほかで開いていたセッションは、前もって知らせたうえで終わる", async () => {
    const first = await enter("supervisor1");
    if (!first.ok) throw new Error(first.why);
    const { loginName, password } = credentials("supervisor1");
    expect(await checkPassword(platform, { loginName, password, address })).toMatchObject({
      ok: true,
      openElsewhereSince: expect.any(Date),
    });
    await enter("supervisor1");
    await expect(resume(platform, first.token)).rejects.toBeInstanceOf(SessionEnded);
  });

  test("パスワードを五回間違えると、その職員番号はその端末で使えなくなる", async () => {
    const { loginName, password } = credentials("clerk3");
    for (let n = 0; n < 5; n++)
      await checkPassword(platform, { loginName, password: "wrong", address });
    expect(await checkPassword(platform, { loginName, password, address })).toEqual({
      ok: false,
      why: "locked",
    });
  });

  test("試みはすべて記録に残る", async () => {
    const rows = await admin<
      { action: string }[]
    >`select distinct action from audit.record where kind = 'sign-in'`;
    expect(rows.map((row) => row.action).sort()).toEqual(
      expect.arrayContaining(["sign-in.done", "sign-in.failed", "sign-in.superseded"]),
    );
  });
});

describe("セッション", () => {
  test("離席や15分の無操作でロックされ、パスワードで開く", async () => {
    const entered = await enter("operator1");
    if (!entered.ok) throw new Error(entered.why);
    await lockSession(platform, entered.token);
    await expect(resume(platform, entered.token)).rejects.toBeInstanceOf(SessionLocked);
    expect(
      await unlockSession(platform, entered.token, { password: "wrong", address }),
    ).toMatchObject({ ok: false });
    expect(
      await unlockSession(platform, entered.token, {
        password: credentials("operator1").password,
        address,
      }),
    ).toEqual({ ok: true });
    await resume(platform, entered.token);
    await admin`update access.session set last_seen_at = now() - interval '16 minutes' where ended_at is null and not is_system`;
    await expect(resume(platform, entered.token)).rejects.toBeInstanceOf(SessionLocked);
  });

  test("サインアウトで終わる", async () => {
    const entered = await enter("operator2");
    if (!entered.ok) throw new Error(entered.why);
    await signOut(platform, entered.token, "signed out");
    await expect(resume(platform, entered.token)).rejects.toBeInstanceOf(SessionEnded);
  });

  test("パスワードは、強く、使ったことのないものにだけ変えられる", async () => {
    const entered = await enter("scheme1");
    if (!entered.ok) throw new Error(entered.why);
    const present = credentials("scheme1").password;
    const change = async (next: string, from = present) =>
      (await changePassword(platform, entered.token, { present: from, next }))?.message;
    const aDayLater = () =>
      admin`update access.credential set chosen_at = chosen_at - interval '25 hours'`;
    expect(await change("short")).toContain("12文字以上");
    expect(await change("scheme1-Scheme1-9")).toContain("職員番号");
    for (const guessed of ["Password1234!", "Qwertyuiop@[1", "Kumamoto2026!", "Yamada-Taro-1"])
      expect(await change(guessed), guessed).toContain("推測されやすい");
    expect(await change(present)).toContain("以前に使った");
    expect(await change("Ajisai-no-Hana-2026", "wrong")).toContain("今のパスワードが違います");
    expect(await change("short", "wrong")).toContain("今のパスワードが違います");
    expect(await change("Ajisai-no-Hana-2026")).toBeUndefined();
    // Not at once to another one: nobody goes through the history back to the old one.
    expect(await change("Himawari-7-Kaeru-x", "Ajisai-no-Hana-2026")).toContain("1日の間");
    await aDayLater();
    expect(await change(present, "Ajisai-no-Hana-2026")).toContain("以前に使った");
    let last = "Ajisai-no-Hana-2026";
    for (let n = 0; n < 12; n++) {
      const next = `Kaeru-to-Yuki-${n}-Shirotsume`;
      expect(await change(next, last)).toBeUndefined();
      await aDayLater();
      last = next;
      if (n < 11) expect(await change(present, last)).toContain("以前に使った");
    }
  });
});

describe("権限", () => {
  test("プログラムとデータベースで同じである", async () => {
    const rows = await admin<
      { duty: string; right: string }[]
    >`select duty, "right" from access.duty_right order by 1, 2`;
    const listed = Object.entries(duties).flatMap(([duty, { rights }]) =>
      rights.map((right) => ({ duty, right })),
    );
    const key = (row: { duty: string; right: string }) => `${row.duty} ${row.right}`;
    expect(rows.map(key).sort()).toEqual(listed.map(key).sort());
  });

  test("一人が申請し別の人が承認する。自分には与えられない", async () => {
    const grant = (who: TestStaff, staff: string, decidedBy: boolean) =>
      actor(who).then((a) =>
        runWork(platform, a, { purpose: "administration" }, async (work) => {
          if (!decidedBy) {
            await work.sql`insert into access.duty_grant (staff_id, duty, program, valid_from, valid_to, reason, requested_by)
              select id, 'clerk', 'child-medical', '2026-11-20', '2027-03-31', '異動', ${a.staffId} from access.staff where login_name = ${staff}`;
          } else {
            const changed =
              await work.sql`update access.duty_grant set decision = 'approved', decided_by = ${a.staffId}, decided_at = now()
              where decision is null and staff_id = (select id from access.staff where login_name = ${staff}) returning id`;
            return changed.length;
          }
          return 0;
        }),
      );
    await forgetCode("clerk1");
    await expect(grant("clerk1", "nobody", false)).rejects.toMatchObject({ code: "42501" });
    await grant("admin1", "nobody", false);
    const nobody = await actor("nobody");
    expect((await resume(platform, nobody.sessionToken)).rights).toEqual([]);
    expect(await grant("admin1", "nobody", true)).toBe(0);
    expect(await grant("approver1", "nobody", true)).toBe(1);
    expect(
      holds(await resume(platform, nobody.sessionToken), "case.enter", {
        program: "child-medical",
      }),
    ).toBe(true);
    expect(
      holds(await resume(platform, nobody.sessionToken), "case.enter", { program: "vaccination" }),
    ).toBe(false);
    await grant("admin1", "approver1", false);
    await expect(grant("approver1", "approver1", true)).rejects.toMatchObject({ code: "23514" });
  });

  test("年度末でひとりでに終わる", async () => {
    const clerk = await enter("clerk2");
    if (!clerk.ok) throw new Error(clerk.why);
    platform.clock.moveTo("2027-03-31");
    expect(holds(await resume(platform, clerk.token), "case.enter")).toBe(true);
    platform.clock.moveTo("2027-04-01");
    expect((await resume(platform, clerk.token)).rights).toEqual([]);
    platform.clock.moveTo("2026-11-20");
  });

  test("定時処理が持つのは、その職務の権限だけ", async () => {
    const system = await openSystemSession(platform);
    expect(new Set(system.rights.map((held) => held.right))).toEqual(new Set(duties.system.rights));
  });
});

describe("プログラムの役割", () => {
  test("データを支配する力がなく、起動時の点検を通る", async () => {
    await selfCheck(platform.database.sql);
  });

  test("所有者や管理者としては業務を始めない", async () => {
    const asOwner = openDatabase(administratorUrl, 1);
    try {
      await expect(selfCheck(asOwner.sql)).rejects.toThrow(
        "プログラムのロールが、すべての権限を持つ",
      );
    } finally {
      await asOwner.close();
    }
  });

  test("セッションの外では、どの表も見えない", async () => {
    const tables = await admin<{ name: string }[]>`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'drizzle', 'meta', 'pgboss')`;
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const rows = await platform.database.sql
        .unsafe(`select * from ${name} limit 1`)
        .catch((error: { code: string }) => {
          expect(error.code).toBe("42501");
          return [];
        });
      expect([name, rows.length]).toEqual([name, 0]);
    }
  });

  test("接続の数より多くの取引に入らない", async () => {
    const system = await openSystemSession(platform);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        runWork(platform, system, { purpose: "scheduled" }, async (work) => {
          const [row] = await work.sql<
            { n: number; id: string }[]
          >`select ${n}::int as n, pg_current_xact_id()::text as id`;
          const [again] = await work.sql<{ id: string }[]>`select pg_current_xact_id()::text as id`;
          return row?.n === n && row.id === again?.id;
        }),
      ),
    );
    expect(answers.every(Boolean)).toBe(true);
  });
});
