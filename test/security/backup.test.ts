import { expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();

test.each(["clerk1", "number1", "supervisor1"] as const)(
  "%s は、包まれた鍵を読み出せず、取っていないバックアップを取ったことにもできない",
  async (who) => {
    const actor = await city.actor(who);
    const attacks = [
      "select * from vault.wrapped_keys('holder', '', 10)",
      "select * from vault.wrapped_keys('one-time-code', '', 10)",
      "select keeping.note_backup('made', '{}')",
      "insert into meta.backup (what, detail) values ('made', '{}')",
    ];
    for (const attack of attacks) {
      const attempt = runWork(city.platform, actor, { purpose: "administration" }, (work) =>
        work.sql.unsafe(attack),
      );
      await expect(attempt).rejects.toMatchObject({ code: "42501" });
    }
    expect(await city.admin`select from meta.backup`).toEqual([]);
  },
);
