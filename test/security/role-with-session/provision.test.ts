import { describe, expect, test } from "vitest";
import type { TestStaff } from "#test/support/database.ts";
import { cityWithPeople, denied } from "./support.ts";

const { city, as, openNumber, hiddenNumber, housemateNumber } = await cityWithPeople();
const run = (who: TestStaff | "system", statement: string, settings: Record<string, string> = {}) =>
  as(who, (sql) => sql.unsafe(statement), settings);

const propose = (items = "{name,birth-date}", way = "paper", to = "null") =>
  `select provision.propose_rule('見本県税事務所', '見本法第1条', '県税の賦課', '${items}', '${way}', null, '2026-04-01', ${to}, '評価書 別添') as id`;
const ask = (number: string, items = "{name}", who = "見本県税事務所", basis = "見本法第1条") =>
  `select * from provision.ask('${who}', '${basis}', '${number}', '${items}')`;

async function approvedRule(): Promise<number> {
  const [row] = await run("scheme1", propose());
  await run("privacy1", `select provision.decide_rule(${row?.id}, 'approved')`);
  return Number(row?.id);
}

test("提供の表、依頼、自動応答不可は、直接には書けない", async () => {
  for (const who of ["supervisor1", "scheme1", "privacy1", "auditor1", "system"] as const)
    for (const [table, column] of [
      ["rule", "decision"],
      ["request", "state"],
      ["flag", "lifted_by"],
    ])
      for (const statement of [
        `insert into provision.${table} default values`,
        `update provision.${table} set ${column} = ${column}`,
        `delete from provision.${table}`,
      ])
        await expect(run(who, statement), `${who} ${statement}`).rejects.toMatchObject(denied);
  await expect(
    run("supervisor1", `select provision.judge('x', 'y', '{name}')`),
  ).rejects.toMatchObject(denied);
  await expect(
    run("supervisor1", `select provision.is_flagged('${openNumber}')`),
  ).rejects.toMatchObject(denied);
});

describe("提供先の表", () => {
  test("は、起案した人には承認できず、一度だけ決まり、知らない項目も鍵のないファイルも載らない", async () => {
    await expect(run("supervisor1", propose())).rejects.toMatchObject(denied);
    await expect(run("scheme1", propose("{individual-number}"))).rejects.toMatchObject(denied);
    await expect(run("scheme1", propose("{}"))).rejects.toMatchObject({ code: "23514" });
    await expect(run("scheme1", propose("{name}", "file"))).rejects.toMatchObject({
      code: "23514",
    });
    const [row] = await run("scheme1", propose());
    const decide = `select provision.decide_rule(${row?.id}, 'approved') as decided`;
    await expect(run("scheme1", decide)).rejects.toMatchObject(denied);
    await city.admin`insert into access.duty_right (duty, "right") values ('scheme-officer', 'provision-rule.approve')`;
    await expect(run("scheme1", decide)).rejects.toMatchObject(denied);
    await city.admin`delete from access.duty_right where duty = 'scheme-officer' and "right" = 'provision-rule.approve'`;
    // Not yet approved: nothing is provided by it.
    const [early] = await run("supervisor1", ask(openNumber));
    expect(early).toMatchObject({ outcome: "refused", why_not: "recipient" });
    expect(await run("privacy1", decide)).toEqual([{ decided: true }]);
    expect(await run("privacy2", decide)).toEqual([{ decided: false }]);
    expect(await run("clerk1", "select id from provision.rule")).toHaveLength(0);
  });

  test("にない相手、根拠、項目、人、期間の外は拒否され、拒否も残る", async () => {
    const id = await approvedRule();
    for (const [statement, why] of [
      [ask(openNumber, "{name}", "よその会社"), "recipient"],
      [ask(openNumber, "{name}", undefined, "見本法第2条"), "basis"],
      [ask(openNumber, "{name,address}"), "items"],
      [ask(openNumber, "{}"), "items"],
      [ask("9999999999"), "person"],
    ] as const) {
      const [row] = await run("supervisor1", statement);
      expect(row, why).toMatchObject({ outcome: "refused", why_not: why });
      const [kept] = await city.admin`
        select state, refusal, recipient, items from provision.request where id = ${row?.request_id}`;
      expect(kept).toMatchObject({ state: "refused", refusal: why });
    }
    const [later] = await run(
      "scheme1",
      propose().replace("2026-04-01", "2026-11-21").replace("見本県税", "見本市税"),
    );
    await run("privacy1", `select provision.decide_rule(${later?.id}, 'approved')`);
    const [before] = await run("supervisor1", ask(openNumber, "{name}", "見本市税事務所"));
    expect(before).toMatchObject({ outcome: "refused", why_not: "recipient" });
    const [given] = await run("supervisor1", ask(openNumber, "{name,birth-date}"));
    expect(given).toMatchObject({ outcome: "provided", by_rule: id });
    const [record] = await city.admin`
      select kind, action, items from audit.record where action = 'provision.provided' order by id desc limit 1`;
    expect(record).toMatchObject({ kind: "export", items: ["birth-date", "name"] });
    await expect(run("clerk1", ask(openNumber))).rejects.toMatchObject(denied);
    // 却下も終わりも、起案した人にはできない。
    await expect(run("scheme1", `select provision.end_rule(${id})`)).rejects.toMatchObject(denied);
  });
});

describe("自動応答不可の方", () => {
  test("への依頼は、定時処理のものも人のものも待ち、依頼した人には解除できず、一度だけ取り出せる", async () => {
    await approvedRule();
    for (const number of [hiddenNumber, housemateNumber]) {
      const [row] = await run("system", ask(number));
      expect(row).toMatchObject({ outcome: "waiting" });
    }
    await run("supervisor1", `select provision.set_flag('${openNumber}', 'safety')`);
    const [waiting] = await run("supervisor1", ask(openNumber));
    expect(waiting).toMatchObject({ outcome: "waiting" });
    const id = waiting?.request_id;
    const decide = (why = "本人に確かめたため") =>
      `select provision.decide(${id}, 'released', '${why}') as decided`;
    await expect(run("supervisor1", decide())).rejects.toMatchObject(denied);
    await expect(run("supervisor1", `select provision.take(${id})`)).rejects.toMatchObject(denied);
    await expect(run("privacy1", decide())).rejects.toMatchObject(denied);
    await expect(run("supervisor2", decide("…"))).rejects.toMatchObject(denied);
    expect(await run("supervisor2", decide())).toEqual([{ decided: true }]);
    expect(await run("supervisor2", decide())).toEqual([{ decided: false }]);
    await run("supervisor1", `select provision.take(${id})`);
    await expect(run("supervisor1", `select provision.take(${id})`)).rejects.toMatchObject(denied);
  });

  test("は、解くことを起案した人には解けない", async () => {
    const [flag] = await city.admin<{ id: number }[]>`
      select id from provision.flag where person_number = ${openNumber} and lifted_at is null`;
    const move = (how: string, why = "null") =>
      `select provision.move_flag(${flag?.id}, '${how}', ${why}) as moved`;
    await expect(run("clerk1", move("ask", "'ended'"))).rejects.toMatchObject(denied);
    await expect(run("supervisor1", move("ask"))).rejects.toMatchObject(denied);
    expect(await run("supervisor1", move("lift"))).toEqual([{ moved: false }]);
    expect(await run("supervisor1", move("ask", "'ended'"))).toEqual([{ moved: true }]);
    await expect(run("supervisor1", move("lift"))).rejects.toMatchObject(denied);
    expect(await run("supervisor2", move("lift"))).toEqual([{ moved: true }]);
    const [row] = await run("supervisor1", ask(openNumber));
    expect(row).toMatchObject({ outcome: "provided" });
  });
});

test("提供の記録は7年残り、その後に定時処理だけが消す", async () => {
  const erase = "select provision.erase_old() as gone";
  for (const who of ["supervisor1", "privacy1", "admin1"] as const)
    await expect(run(who, erase)).rejects.toMatchObject(denied);
  const counted = async () =>
    (
      await city.admin<
        { n: number }[]
      >`select count(*)::integer as n from provision.request where state in ('provided', 'refused')`
    )[0]?.n ?? 0;
  const ended = await counted();
  expect(ended).toBeGreaterThan(0);
  await city.admin`update provision.request set asked_on = '2026-11-20'`;
  expect(
    await run("system", erase, { "app.business_date": "2033-11-19", "app.purpose": "scheduled" }),
  ).toEqual([{ gone: 0 }]);
  expect(
    await run("system", erase, { "app.business_date": "2033-11-20", "app.purpose": "scheduled" }),
  ).toEqual([{ gone: ended }]);
  // What still waits is not over.
  const [left] = await city.admin<
    { n: number }[]
  >`select count(*)::integer as n from provision.request`;
  expect(left?.n).toBe(2);
});
