import { appendFile, copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TransactionSql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { coveredColumns } from "#src/platform/audit/covered.ts";
import { publicHalf, recordAudit, sealRecords, verifyAudit } from "#src/platform/audit/index.ts";
import type { ReasonCode } from "#src/platform/reasons.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform } from "#test/support/database.ts";

const { platform, admin, actor } = await openTestPlatform();
const elsewhere = await mkdtemp(join(tmpdir(), "madoguchi-heads-"));
afterAll(() => rm(elsewhere, { recursive: true, force: true }));
platform.headsCopy = elsewhere;
const heads = join(platform.dataFolder, "seals", "heads.jsonl");
const copy = join(elsewhere, "heads.jsonl");
const publicKey = publicHalf(platform.keys.signingKey);

type Reader = typeof admin | TransactionSql;
const verify = (reader: Reader = admin, headsCopy: string | null = elsewhere) =>
  verifyAudit((read) => read(reader), {
    dataFolder: platform.dataFolder,
    headsCopy: headsCopy ?? undefined,
    publicKey,
  });

const clerk = await actor("clerk1");
const record = (n: number, reason?: ReasonCode) =>
  runWork(platform, clerk, { purpose: "case", reason }, (work) =>
    recordAudit(work, {
      kind: "look",
      action: "person.look",
      persons: ["1000000009"],
      items: ["name", "address"],
      detail: { n },
    }),
  );

beforeAll(async () => {
  for (let seal = 0; seal < 4; seal++) {
    for (let n = 0; n < 5; n++) await record(seal * 5 + n, n % 2 ? "telephone" : undefined);
    await sealRecords(platform);
  }
});

/** What the owner of the cluster can do with all guards off, looked at by the verifier, and undone. */
async function tampered(...statements: string[]): Promise<string> {
  let found = "";
  await admin
    .begin(async (sql) => {
      for (const table of ["record", "seal"])
        await sql.unsafe(`alter table audit.${table} disable trigger user`);
      for (const statement of statements) await sql.unsafe(statement);
      for (const table of ["record", "seal"]) {
        await sql.unsafe(`alter table audit.${table} enable trigger user`);
        await sql.unsafe(`alter table audit.${table} enable always trigger ${table}_is_final`);
      }
      found = (await verify(sql)).faults.join("\n");
      throw new Error("undo");
    })
    .catch((error: Error) => {
      if (error.message !== "undo") throw error;
    });
  return found;
}

const last = "(select max(number) from audit.seal)";
const lastIds = `(select unnest(record_ids) from audit.seal where number = ${last})`;
const one = "(select min(id) + 7 from audit.record)";

describe("所有者が記録を", () => {
  test("何も変えなければ、異常はない", async () => {
    expect(await verify()).toMatchObject({ faults: [], faultCount: 0, unsealed: 0 });
  });

  test.each<[string, string[], string]>([
    ["変えると検知", [`update audit.record set reason = 'x' where id = ${one}`], "一致しません"],
    ["消すと検知", [`delete from audit.record where id = ${one}`], "件がありません"],
    [
      "一日分落とすと検知",
      [`delete from audit.record where at::date = current_date`, "delete from audit.unsealed"],
      "件がありません",
    ],
    [
      "末尾の行と封印を切ると検知",
      [
        `delete from audit.record where id in ${lastIds}`,
        `delete from audit.seal where number = ${last}`,
      ],
      "データベースにありません",
    ],
    [
      "入れ替えると検知",
      [
        `update audit.record r set detail = o.detail, at = o.at from audit.record o
          where (r.id = ${one} and o.id = ${one} + 1) or (r.id = ${one} + 1 and o.id = ${one})`,
      ],
      "一致しません",
    ],
    [
      "封印の外に書き足すと検知",
      [
        "insert into audit.record (kind, action) values ('look', 'person.look')",
        "delete from audit.unsealed",
      ],
      "封印の外にある記録",
    ],
    [
      "封印の時刻だけ変えると検知",
      [`update audit.seal set sealed_at = sealed_at - interval '1 second' where number = ${last}`],
      "署名が正しくありません",
    ],
    [
      "項目の切れ目を変えると検知",
      [`update audit.record set items = array['name,address'] where id = ${one}`],
      "一致しません",
    ],
    [
      "端末のアドレスの範囲を変えると検知",
      [
        `update audit.record set address = set_masklen(coalesce(address, '127.0.0.1'), 8) where id = ${one}`,
      ],
      "一致しません",
    ],
    [
      "職員の氏名を変えると検知",
      [`update audit.record set staff_name = 'clerk2 別の職員' where id = ${one}`],
      "一致しません",
    ],
    [
      "変えて、データベースの中の値もすべて合わせると検知",
      [
        `update audit.record set reason = 'x' where id = ${one}`,
        `update audit.seal set digest = sha256(digest || 'x') where number = ${last}`,
      ],
      "署名が正しくありません",
    ],
    [
      "二重に封印すると検知",
      [`update audit.seal set record_ids = record_ids || ${one} where number = ${last}`],
      "二重に封印",
    ],
  ])("%s", async (_, statements, message) => {
    expect(await tampered(...statements)).toContain(message);
  });

  test.each([
    [
      "守りを切ったままにすると検知",
      "alter table audit.record disable trigger record_is_final",
      "記録を守る仕組み record_is_final が切られています",
    ],
    [
      "別のものにすり替えると検知",
      "alter table audit.record rename to kept; create view audit.record as select * from audit.kept",
      "表 record が別のものに置き換えられています",
    ],
    [
      "列を足すと検知",
      "alter table audit.record add column more text",
      "封印が覆わない列があります",
    ],
  ])("%s", async (_, statement, message) => {
    let found = "";
    await admin
      .begin(async (sql) => {
        await sql.unsafe(statement);
        found = (await verify(sql)).faults.join("\n");
        throw new Error("undo");
      })
      .catch(() => {});
    expect(found).toContain(message);
  });

  test("複製の役割で変えようとしても防止", async () => {
    await expect(
      admin.begin(async (sql) => {
        await sql`set local session_replication_role = replica`;
        await sql`update audit.record set reason = 'x'`;
      }),
    ).rejects.toThrow("never changed");
  });

  test("嘘をつく関数を置いても、検証は使わない", async () => {
    const [used] = await admin<{ n: number }[]>`
      select count(*)::int as n from pg_proc where pronamespace = 'audit'::regnamespace
         and proname in ('fields_of', 'digest_of', 'framed')`;
    expect(used?.n).toBe(0);
    const found = await tampered(
      "create function audit.record_send(audit.record) returns bytea language sql as $$ select ''::bytea $$",
      "create function public.record_send(audit.record) returns bytea language sql as $$ select ''::bytea $$",
      `update audit.record set reason = 'x' where id = ${one}`,
    );
    expect(found).toContain("一致しません");
  });
});

describe("日付をさかのぼった記録", () => {
  const backDated = (id: string) => `
    insert into audit.record (id, at, kind, action, staff_name) overriding system value
    values (${id}, now() - interval '30 days', 'look', 'person.look', 'clerk1 x')`;

  test.each([
    [
      "次の番号で書かれ、封印されても検知",
      "nextval('audit.record_id_seq')",
      "番号の順と合いません",
    ],
    ["抜けた番号で書かれ、封印されても検知", "null", "後から差し込まれています"],
  ])("%s", async (_, id, message) => {
    let hole = id;
    if (id === "null") {
      const [row] = await admin<{ n: string }[]>`select nextval('audit.record_id_seq')::text as n`;
      hole = row?.n ?? "";
      await record(1);
      await sealRecords(platform);
    }
    await admin.unsafe(backDated(hole));
    await sealRecords(platform);
    const { faults } = await verify();
    expect(faults.join("\n")).toContain(message);
  });

  test("時計を戻して書かれた記録は検知", async () => {
    await admin`insert into audit.record (at, kind, action) values (clock_timestamp() - interval '1 minute', 'event', 'x.y')`;
    await sealRecords(platform);
    expect((await verify()).faults.join("\n")).toContain("番号の順と合いません");
  });
});

describe("封印を待つ記録を", () => {
  test("変えると検知", async () => {
    await record(100);
    await admin.begin(async (sql) => {
      await sql`alter table audit.record disable trigger record_is_final`;
      await sql`update audit.record set reason = 'changed' where id = (select max(id) from audit.record)`;
      await sql`alter table audit.record enable always trigger record_is_final`;
    });
    await sealRecords(platform);
    expect((await verify()).faults.join("\n")).toContain("封印の前に書き換えられた");
  });

  test("消すと検知", async () => {
    await record(101);
    let gone = "";
    await admin.begin(async (sql) => {
      const [row] = await sql<{ id: string }[]>`select max(id)::text as id from audit.record`;
      gone = row?.id ?? "";
      await sql`alter table audit.record disable trigger record_is_final`;
      await sql`delete from audit.record where id = ${gone}`;
      await sql`alter table audit.record enable always trigger record_is_final`;
    });
    expect((await verify()).faults.join("\n")).toContain("封印を待つ記録 1 件がありません");
    await sealRecords(platform);
    expect((await verify()).faults.join("\n")).toContain(`記録 ${gone}: 封印の前に`);
  });
});

/** The file without its last line. */
const cut = (text: string) => text.split("\n").slice(0, -2).join("\n").concat("\n");

describe("控えを", () => {
  const putBack = async (run: () => Promise<void>) => {
    const [here, there] = [await readFile(heads), await readFile(copy)];
    try {
      await run();
    } finally {
      await writeFile(heads, here);
      await writeFile(copy, there);
    }
  };

  test("両方そろって短くすると検知", () =>
    putBack(async () => {
      const text = cut(await readFile(heads, "utf8"));
      await writeFile(heads, text);
      await writeFile(copy, text);
      expect((await verify()).faults.join("\n")).toContain("外部の控えにありません");
    }));

  test("行と封印と一緒に手元だけ切ると、別の場所の控えで検知", () =>
    putBack(async () => {
      await writeFile(heads, cut(await readFile(heads, "utf8")));
      const found = await tampered(
        `delete from audit.record where id in ${lastIds}`,
        `delete from audit.seal where number = ${last}`,
      );
      expect(found).toContain("別の場所の控えにありますが、データベースにありません");
      expect(found).not.toContain(": 外部の控えにありますが");
    }));

  test("すべての記録と一緒に消しても、別の場所の控えで検知", () =>
    putBack(async () => {
      await rm(heads);
      const found = await tampered(
        "delete from audit.record",
        "delete from audit.seal",
        "delete from audit.unsealed",
      );
      expect(found).toContain("別の場所の控えにありますが、データベースにありません");
    }));

  test("なくすと検知", () =>
    putBack(async () => {
      await rm(heads);
      await rm(copy);
      const text = (await verify()).faults.join("\n");
      expect(text).toContain("外部の控えにありません");
      expect(text).toContain("別の場所の控えにありません");
    }));

  test("別の鍵で書くと検知", () =>
    putBack(async () => {
      await appendFile(heads, '{"number":"9999","note":"madoguchi/audit\\n9999\\n"}\n');
      expect((await verify()).faults.join("\n")).toContain("読めないか署名の合わない行");
    }));

  test("書き込む前に止められても、次の封印が一つだけ補う", async () => {
    await copyFile(heads, `${heads}.kept`);
    await writeFile(heads, cut(await readFile(heads, "utf8")));
    await sealRecords(platform);
    expect(await readFile(heads, "utf8")).toBe(await readFile(`${heads}.kept`, "utf8"));
    await rm(`${heads}.kept`);
  });
});

test("封印は、表のすべての列を覆う", async () => {
  const columns = await admin<{ name: string }[]>`
    select a.attname as name from pg_attribute a
     where a.attrelid = 'audit.record'::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`;
  expect(columns.map(({ name }) => name)).toEqual(coveredColumns);
});

describe("鎖を作り直しても", () => {
  test("控えを巻き戻したあとに封印が続けば、埋められずに検知", async () => {
    const whole = await readFile(heads, "utf8");
    await writeFile(heads, cut(cut(whole)));
    await record(200);
    await sealRecords(platform);
    expect((await verify()).faults.join("\n")).toContain("外部の控えにありません");
    await writeFile(heads, whole + (await readFile(heads, "utf8")).slice(cut(cut(whole)).length));
    await writeFile(copy, await readFile(heads));
  });

  test("盗まれた鍵で署名すれば手元では合うが、別の場所の控えと合わず検知", async () => {
    await admin.begin(async (sql) => {
      for (const table of ["record", "seal"])
        await sql.unsafe(`alter table audit.${table} disable trigger user`);
      await sql.unsafe(
        `insert into audit.unsealed select unnest(record_ids) from audit.seal where number = ${last}`,
      );
      await sql.unsafe(`update audit.record set reason = 'other' where id in ${lastIds}`);
      await sql.unsafe(`delete from audit.seal where number = ${last}`);
      for (const table of ["record", "seal"]) {
        await sql.unsafe(`alter table audit.${table} enable trigger user`);
        await sql.unsafe(`alter table audit.${table} enable always trigger ${table}_is_final`);
      }
    });
    await writeFile(heads, cut(await readFile(heads, "utf8")));
    await sealRecords(platform);
    const here = (await verify(admin, null)).faults.join("\n");
    expect(here).not.toContain("控え");
    expect((await verify()).faults.join("\n")).toContain("別の場所の控えと一致しません");
  });
});
