import type { TransactionSql } from "postgres";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform, type TestPlatform, type TestStaff } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

// Somebody who can send any SQL as the program's role with the session of a member of staff.

/** What the database answers to somebody without the right. */
export const denied = { code: "42501" };

/** Any SQL in the name of somebody, the settings of the transaction at will. */
export const staffSql = (city: TestPlatform) =>
  async function as<T>(
    who: TestStaff | "system",
    run: (sql: TransactionSql) => Promise<T>,
    settings: Record<string, string> = {},
  ): Promise<T> {
    const { sessionToken } = who === "system" ? await city.system() : await city.actor(who);
    return city.platform.database.sql.begin(async (sql) => {
      const all = {
        "app.session_token": sessionToken,
        "app.business_date": "2026-11-20",
        "app.purpose": "counter",
        ...settings,
      };
      for (const [name, value] of Object.entries(all))
        await sql`select set_config(${name}, ${value}, true)`;
      return run(sql);
    }) as Promise<T>;
  };

/** A city with somebody under 支援措置, a housemate and somebody whose address is open. */
export async function cityWithPeople() {
  const city = await openTestPlatform();
  const hidden = invented({ householdNumber: "H-HIDDEN", protection: { from: "2026-06-01" } });
  const housemate = invented({ householdNumber: "H-HIDDEN" });
  const open = invented();
  const [hiddenNumber = "", housemateNumber = "", openNumber = ""] = await runWork(
    city.platform,
    await city.system(),
    { purpose: "feed" },
    (work) => writePeople(work, [{ record: hidden }, { record: housemate }, { record: open }]),
  );
  return { city, as: staffSql(city), hidden, hiddenNumber, housemateNumber, open, openNumber };
}

/** What stands of a person's address, as `vault.look` gives it. */
export const addressOf =
  (number: string, items = "{facts,name,address}") =>
  async (sql: TransactionSql) =>
    (
      await sql`select sealed_address, town_code, postal_code from vault.look(${[number]}::text[], ${items}::text[])`
    )[0];
