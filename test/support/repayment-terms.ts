import type { TestPlatform } from "./database.ts";

/** What two people have set for the letters of a 事務 about its 返還金, entered as it would stand. */
export async function setRepaymentTerms(
  test: TestPlatform,
  program: string,
  value: Record<string, string | number> = {},
): Promise<void> {
  await test.admin`
    insert into city.parameter (key, value, valid_from, source, certainty, proposed_by, proposed_at, decision, decided_by, decided_at, tried_at, tried_cases)
    select ${`${program}.repayment-letters`}, ${test.admin.json({
      basis: "試験市こども医療費助成条例第10条",
      dueDays: 30,
      payByDays: 10,
      dunningAppeal: "no",
      storeCompany: "999999",
      ...value,
    })}, '2026-04-01', '試験', 'established', a.id, now(), 'approved', b.id, now(), now(), 0
      from access.staff a, access.staff b where a.login_name = 'operator1' and b.login_name = 'supervisor1'`;
}
