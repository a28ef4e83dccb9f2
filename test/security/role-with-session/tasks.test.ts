import { beforeAll, expect, test } from "vitest";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { mailingsOf, oneYearOlds } from "#test/support/mailings.ts";
import { denied, staffSql } from "./support.ts";

// ほかの人の仕事を、待ち行列に直に入れようとする。

const city = await openTestPlatform();
const { admin } = city;
const as = staffSql(city);
let run = "";
let file = "";

beforeAll(async () => {
  const mail = await mailingsOf(city);
  await mail.enter(oneYearOlds(2));
  run = (await mail.extracted()).id;
  const [made] = await admin<{ id: string }[]>`
    insert into feeds.import (kind, layout, file_name, sequence, extent, file_date, prepared_by)
    select 'residents', 'residents', 'x.csv', 1, 'full', '2026-11-20', id from access.staff where login_name = 'operator1' returning id`;
  file = made?.id ?? "";
});

const ask = (who: TestStaff, queue: string, program: string, subject: string) =>
  as(
    who,
    (sql) => sql`
      insert into jobs.task (queue, program, subject_id, reason, requested_by)
      values (${queue}, ${program}, ${subject}, 'x', access.staff_id())`,
  );

test("動かす権限のない人、ほかの事務の名、待っていないファイル、知らない待ち行列は断られる", async () => {
  const nothing = crypto.randomUUID();
  for (const [who, queue, program, subject] of [
    ["clerk1", "mailing.make", "vaccination", run],
    ["auditor1", "mailing.erase", "vaccination", run],
    ["operator1", "mailing.make", "child-medical", run],
    ["operator1", "mailing.make", "vaccination", nothing],
    ["operator1", "feed.write", "feeds", file],
    ["clerk1", "feed.review", "feeds", file],
    ["operator1", "receipts.post", "receipts", nothing],
    ["admin1", "keeping.erase", "keeping", nothing],
    ["operator1", "vault.renew-keys", "vaccination", run],
  ] as const)
    await expect(ask(who, queue, program, subject), `${who} ${queue}`).rejects.toMatchObject(
      denied,
    );
  await ask("operator1", "mailing.extract", "vaccination", run);
});
