import { describe, expect, test } from "vitest";
import { publicHalf, sealRecords, verifyAudit } from "#src/platform/audit/index.ts";
import { lookAtPeople } from "#src/platform/people/index.ts";
import { reasonTitles, type SaidReason } from "#src/platform/reasons.ts";
import { keepReason, readReasons } from "#src/platform/vault/index.ts";
import { runWork } from "#src/platform/work.ts";
import { furtherWhy } from "#src/web/shell/audit/sentence.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { denied, staffSql } from "./role-with-session/support.ts";

const city = await openTestPlatform();
const { admin, platform } = city;
const as = staffSql(city);
const [one = "", other = "", elsewhere = ""] = await runWork(
  platform,
  await city.system(),
  { purpose: "feed" },
  (work) =>
    writePeople(work, [
      { record: invented() },
      { record: invented() },
      { record: invented({ officeCode: "431028" }) },
    ]),
);
const text = "試験花子さんの母から送付先の相談";
const clerk = await city.actor("clerk1");

/** Looks at somebody for a reason in own words, as the page of a person does it. */
async function lookFor(personNumber: string): Promise<SaidReason> {
  const said = await runWork(platform, clerk, { purpose: "counter" }, (work) =>
    keepReason(work, { personNumber, text }),
  );
  await runWork(platform, clerk, { purpose: "counter", reason: { code: "other", said } }, (work) =>
    lookAtPeople(work, [personNumber], ["name"]),
  );
  return said;
}

const read = async (said: SaidReason) =>
  (
    await runWork(platform, await city.actor("auditor1"), { purpose: "audit" }, (work) =>
      readReasons(work, [said]),
    )
  ).get(said.id);

const faults = async () => {
  await sealRecords(platform);
  const found = await verifyAudit((run) => run(admin), {
    dataFolder: platform.dataFolder,
    publicKey: publicHalf(platform.keys.signingKey),
  });
  return found.faults;
};

describe("閲覧の理由の文", () => {
  test("は、記録に平文では残らず、理由の区分だけが数えられ、監査担当には読める", async () => {
    const said = await lookFor(one);
    const [row] = await admin`
      select r.reason, r.detail, r::text as whole from audit.record r where r.person_number = ${one} and r.action = 'person.look'`;
    expect(row?.reason).toBe("other");
    expect(furtherWhy(row?.detail).said).toEqual(said);
    expect(row?.whole).not.toContain("花子");
    expect(await read(said)).toEqual({ text });
    const [opened] = await admin`select items from audit.record where action = 'reason.look'`;
    expect(opened?.items).toEqual(["reason"]);
    expect(await faults()).toEqual([]);
  });

  test("は、書き換えられれば分かり、その人とともに消え、記録の検証はそれでも通る", async () => {
    const [changed, erased] = [await lookFor(one), await lookFor(other)];
    await admin`update vault.sealed_record set sealed = sealed || '\\x00'::bytea where id = ${changed.id}`;
    await admin`delete from vault.sealed_record where holder = ${other}`;
    await admin`delete from vault.holder_key where holder = ${other}`;
    expect(await read(changed)).toEqual({ gone: "changed" });
    expect(await read(erased)).toEqual({ gone: "erased" });
    expect(await faults()).toEqual([]);
  });

  test("は、どの設定を送っても平文では書けず、人の理由を名指すことも、届かない人に残すこともできない", async () => {
    const said = await lookFor(one);
    const look = `select from vault.look(array['${one}'], '{name}')`;
    for (const settings of [
      { "app.reason": "花子さんの件" },
      { "app.reason": "other", "app.why": '{"text":"花子さんの件"}' },
      { "app.reason": "other", "app.why": JSON.stringify({ of: "長".repeat(201) }) },
      { "app.reason": "other", "app.why": JSON.stringify({ said: { ...said, sha256: "00" } }) },
    ])
      await expect(
        as("clerk1", (sql) => sql.unsafe(look), settings),
        JSON.stringify(settings),
      ).rejects.toMatchObject(denied);
    const named = { "app.reason": "other", "app.why": JSON.stringify({ said }) };
    expect(await as("clerk1", (sql) => sql.unsafe(look), named)).toHaveLength(1);
    await expect(as("clerk2", (sql) => sql.unsafe(look), named)).rejects.toMatchObject(denied);
    for (const [who, attack] of [
      ["clerk1", `select from vault.reasons(array['${said.id}']::uuid[])`],
      ["privacy1", `select from vault.reasons(array['${said.id}']::uuid[])`],
      ["auditor1", `select from vault.reason_key('${one}', null)`],
      ["east1", `select from vault.reason_key('${one}', null)`],
      ["clerk1", `select from vault.get_sealed(array['${said.id}']::uuid[])`],
    ] as const)
      await expect(
        as(who, (sql) => sql.unsafe(attack)),
        attack,
      ).rejects.toMatchObject(denied);
    expect(
      await as("east1", (sql) => sql`select from vault.reason_key(${elsewhere}, null)`),
    ).toHaveLength(1);
  });

  test("の区分は、プログラムの一覧とデータベースの一覧で同じ", async () => {
    const codes = await admin<{ code: string }[]>`select code from audit.reason order by code`;
    expect(codes.map(({ code }) => code)).toEqual(Object.keys(reasonTitles).sort());
  });
});
