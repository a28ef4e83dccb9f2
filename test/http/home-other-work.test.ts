import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { findingOf } from "#test/support/findings.ts";

const city = await openTestPlatform();
const app = openTestApp(city);
await findingOf(city, "clerk1", { people: [] });
// The first is copied: 500 of one kind, each since another hour.
await city.admin`
  insert into oversight.finding (kind, day, staff_id, records, people, state_since)
  select f.kind, date '2020-01-01' + n, f.staff_id, f.records, f.people, f.state_since - make_interval(hours => n)
    from oversight.finding f, generate_series(1, 499) n`;
await city.admin`
  insert into access.duty_grant (staff_id, duty, valid_from, valid_to, reason, requested_by, requested_at)
  select (select id from access.staff where login_name = 'nobody'), 'auditor', '2026-11-20', '2027-03-31', '監査のため',
         (select id from access.staff where login_name = 'admin1'), timestamptz '2026-11-20 09:00+09:00' - make_interval(mins => n)
    from generate_series(1, 500) n`;

const numbersIn = (html: string) =>
  [...html.matchAll(/href="\/access-review\/findings\/(\d+)"/g)].map(([, id]) => Number(id));

const auditor = await app.visitor("auditor1");

test("点検の確認が500件あれば、500件と数え、20件ずつ、長く待つものから、一つずつ一度だけ出る", async () => {
  const seen: number[] = [];
  for (let page = 1; page <= 25; page++) {
    const { text } = await auditor.get(`/?page=${page}`);
    expect(text).toContain("処理待ち 500件");
    expect(text).toMatch(/<strong>点検の確認<\/strong><span class="kind-count">500件/);
    expect(text).toContain(`${page} / 25 ページ`);
    expect(numbersIn(text)).toHaveLength(20);
    seen.push(...numbersIn(text));
  }
  const oldestFirst = await city.admin<{ id: number }[]>`
    select id from oversight.finding order by state_since, id`;
  expect(seen).toEqual(oldestFirst.map(({ id }) => id));
});

test("説明を求めたものは送ったものに移り、件数も移る", async () => {
  const [first] = numbersIn((await auditor.get("/")).text);
  const [clerk] = await city.admin`select id from access.staff where login_name = 'clerk1'`;
  await city.admin`
    update oversight.finding set state = 'asked', asked_of = ${clerk?.id} where id = ${first ?? 0}`;
  const { text } = await auditor.get("/");
  expect(text).toContain("処理待ち 499件");
  expect(text).toContain("送ったもの 1件");
  expect(text).toContain("窓口 一子の説明待ち");
  const clerks = (await (await app.visitor("clerk1")).get("/")).text;
  expect(clerks).toMatch(/<strong>閲覧の説明<\/strong><span class="kind-count">1件/);
});

test("二種類が混じっても、全体が長く待つものからの一つの順で、抜けも重なりもない", async () => {
  const [auditorId] = await city.admin`select id from access.staff where login_name = 'auditor1'`;
  await city.admin`
    update oversight.finding set state = 'asked', asked_of = ${auditorId?.id}
     where id in (select id from oversight.finding where state = 'open' order by state_since offset 15 limit 10)`;
  const wanted = await city.admin<{ id: number }[]>`
    select id from oversight.finding where state = 'open' or asked_of = ${auditorId?.id} order by state_since, id limit 60`;
  const seen: number[] = [];
  for (const page of [1, 2, 3]) {
    const { text } = await auditor.get(`/?page=${page}`);
    expect(text).toContain("処理待ち 499件");
    seen.push(...[...text.matchAll(/点検の指摘 第(\d+)号/g)].map(([, id]) => Number(id)));
  }
  // What was sent on stands on every page, in its own list.
  const own = seen.filter((id) => wanted.some((one) => one.id === id));
  expect(own).toEqual(wanted.map(({ id }) => id));
  const only = await auditor.get(`/?work=${encodeURIComponent("閲覧の説明")}`);
  expect(only.text).toMatch(/<strong>閲覧の説明<\/strong><span class="kind-count">10件/);
  expect(numbersIn(only.text)).toHaveLength(1);
});

test("事案は、次の報告の期限の近いものから並び、期限の過ぎたものが数えられる", async () => {
  await city.admin`
    insert into oversight.incident (kind, known_on, malicious, with_number, preliminary_due, final_due, state, state_since, opened_by, opened_at)
    select 'leak', '2026-11-01'::date + n, false, false, '2026-11-15'::date + n, '2026-12-01'::date + n,
           case when n < 3 then 'found' else 'investigating' end, '2026-11-19', staff_id, '2026-11-19'
      from generate_series(1, 4) n, (select min(id) as staff_id from access.staff) s`;
  const officer = await app.visitor("privacy1");
  const { text } = await officer.get("/");
  const order = [...text.matchAll(/href="\/incidents\/(\d+)"/g)].map(([, id]) => Number(id));
  expect(order).toHaveLength(4);
  expect(text).toMatch(
    /<strong>漏えい等の事案<\/strong><span class="kind-count">4件.*?期限 R8\.11\.16.*?超過 2件/s,
  );
  const ids = await city.admin<{ id: number }[]>`
    select id from oversight.incident
     order by case state when 'found' then preliminary_due else final_due end`;
  expect(order).toEqual(ids.map(({ id }) => id));
});

test("権限の申請が500件待っていても、承認者の件数とページは正しい", async () => {
  const approver = await app.visitor("approver1");
  const last = await approver.get("/?page=99");
  expect(last.text).toContain("処理待ち 500件");
  expect(last.text).toContain("25 / 25 ページ");
  expect(last.text.match(/権限の申請 /g)).toHaveLength(20);
  const admin = await (await app.visitor("admin1")).get("/?sent=2");
  expect(admin.text).toContain("送ったもの 500件");
  expect(admin.text.match(/権限の申請 /g)).toHaveLength(20);
});

test("解除を待つ提供が120件あれば、自分の依頼を除いて120件と数え、古いものから出る", async () => {
  await city.admin`
    with staff as (select id, login_name from access.staff),
         rule as (
           insert into provision.rule (recipient, legal_basis, work, items, way, valid_from, source, proposed_by)
           select '見本県', '見本条例第3条', '手当の支給', '{name}', 'paper', '2026-04-01', '試験', s.id
             from staff s where s.login_name = 'scheme1' returning id)
    insert into provision.request (recipient, legal_basis, items, person_number, rule_id, asked_by, asked_at, asked_on, state)
    select '見本県', '見本条例第3条', '{name}', '1000000016', rule.id, s.id, timestamptz '2026-11-20 09:00+09:00' - make_interval(mins => n),
           '2026-11-20', 'waiting'
      from rule, staff s, generate_series(1, case s.login_name when 'supervisor2' then 120 else 3 end) n
     where s.login_name in ('supervisor1', 'supervisor2')`;
  const supervisor = await app.visitor("supervisor1");
  const { text } = await supervisor.get("/");
  expect(text).toMatch(/<strong>自動応答不可の解除<\/strong><span class="kind-count">120件/);
  const shown = [...text.matchAll(/提供の依頼 第(\d+)号/g)].map(([, id]) => Number(id));
  const oldest = await city.admin<{ id: number }[]>`
    select r.id from provision.request r join access.staff s on s.id = r.asked_by
     where s.login_name = 'supervisor2' order by r.asked_at, r.id limit 20`;
  expect(shown).toEqual(oldest.map(({ id }) => id));
});
