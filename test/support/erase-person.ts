import type { TestPlatform } from "./database.ts";

/** Erases a person as an approved erasure does; the program's role alone could not. */
export async function erasePerson(city: TestPlatform, personNumber: string): Promise<void> {
  const { sessionToken } = await city.system();
  await city.admin.begin(async (sql) => {
    await sql`select set_config('app.session_token', ${sessionToken}, true),
      set_config('app.business_date', ${city.platform.clock.today()}, true), set_config('app.purpose', 'scheduled', true)`;
    await sql`select from vault.erase_person(${personNumber}, 'KEP-1')`;
  });
}
