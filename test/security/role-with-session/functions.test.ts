import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { duties } from "#src/platform/access/index.ts";
import { cityWithPeople, denied } from "./support.ts";

const { city, as } = await cityWithPeople();
const { admin } = city;

describe("どの権利の組み合わせでも", () => {
  const needed: Record<string, string[]> = {
    "vault.look('{x}', '{name}')": ["person.read"],
    "vault.household_of('x')": ["person.read"],
    "vault.find(null, '2020-05-10', null, null, null, null, null, null, null)": ["person.search"],
    "vault.newborns_of('{x}', '2026-01-01')": ["system.run"],
    "vault.select_people('{2020-05-10}', '{2020-05-10}', null)": ["mailing.prepare", "system.run"],
    "vault.match_sources('{1}', '{}')": ["feed.import", "feed.commit", "system.run"],
    "vault.present_sources(0, 1)": ["feed.import", "feed.commit", "system.run"],
    "vault.new_sequence_numbers(gen_random_uuid(), 1, 0)": ["feed.commit", "system.run"],
    "vault.renewal_state()": ["system.run"],
    "vault.keys_to_renew('holder', '', 1)": ["system.run"],
    "vault.other_keys_to_renew('one-time-code', '', 1)": ["system.run"],
    "vault.begin_epoch(1)": ["system.run"],
    "keeping.search()": ["keeping.prepare", "system.run"],
    "keeping.papers_to_destroy()": ["keeping.read", "system.run"],
    "vault.match_feed_records('tax', '{1}')": ["feed.import", "feed.commit", "system.run"],
    "vault.look_at_feed_records('tax', '{}', null, null)": ["person.read-tax"],
    "vault.look_at_feed_records('welfare', '{}', null, null)": ["person.read-welfare"],
    "audit.looks_at('x', 1)": ["person.read"],
    "vaccination.take_numbers(1)": ["mailing.prepare", "mailing.approve", "document.print"],
    "statistics.scope('child-medical', null, 'case.read')": ["statistics.read"],
    "statistics.cases_by_month('child-medical/application', null, '2026-04-01', '2027-03-31', false, '{2000-01-01}', '{30}')":
      ["statistics.read"],
    "statistics.certificates_by_month('child-medical', null, '2026-04-01', '2027-03-31', false)": [
      "statistics.read",
    ],
    "statistics.entitled_on('child-medical', null, '2026-11-20', '{0,18}')": ["statistics.read"],
    "statistics.open_cases('child-medical', null)": ["statistics.read"],
    "statistics.inquiries_by_month('child-medical', null, '2026-04-01', '2027-03-31', true)": [
      "statistics.read",
    ],
    "statistics.mailings_by_month('vaccination', '2026-04-01', '2027-03-31', false)": [
      "statistics.read",
    ],
    "vaccination.coupons_by_month('2026-04-01', '2027-03-31', false)": ["statistics.read"],
    "vaccination.shots_given('2026-04-01', '2027-03-31', '{0,1}')": ["statistics.read"],
    "vaccination_reports.cube('now', '2026-04-01', '2027-03-31', false, 'vaccine', 'sex', '{0}', '{}')":
      ["statistics.read"],
    "vaccination_reports.coverage('mr1', 1, '2024-04-02', '2025-04-01', '2026-11-20', null)": [
      "statistics.read",
    ],
    "access.register_staff('x1', 'x', 'contractor', null, '2027-03-31', 'x', 'x')": [
      "staff.manage",
    ],
  };

  test("住民の情報に触れる関数は、要る権利がなければ断り、目的がなければ断る", {
    timeout: 120_000,
  }, async () => {
    const rights = [...new Set(Object.values(duties).flatMap((duty) => duty.rights))];
    await city.actor("clerk3");
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(rights),
        fc.constantFrom(...Object.keys(needed)),
        async (held, call) => {
          await admin`delete from access.duty_right where duty = 'clerk'`;
          if (held.length > 0)
            await admin`insert into access.duty_right (duty, "right") select 'clerk', unnest(${held}::text[])`;
          const tried = as("clerk3", async (sql) => {
            await sql.unsafe(`select * from ${call}`);
            throw new Error("undone");
          });
          const may = needed[call]?.some((right) => held.some((one) => one === right));
          if (may) await expect(tried, `${call} with ${held}`).rejects.toThrow("undone");
          else await expect(tried, `${call} with ${held}`).rejects.toMatchObject(denied);
          if (call.startsWith("vault"))
            await expect(
              as("clerk3", (sql) => sql.unsafe(`select * from ${call}`), { "app.purpose": "" }),
            ).rejects.toMatchObject(denied);
        },
      ),
      { numRuns: 150 },
    );
    await admin`delete from access.duty_right where duty = 'clerk'`;
    await admin`insert into access.duty_right (duty, "right") select 'clerk', unnest(${[...duties.clerk.rights]}::text[])`;
  });
});
