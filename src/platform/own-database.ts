import { rename } from "node:fs/promises";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";

const name = "madoguchi";

/**
 * Makes our database on the embedded server where it is not there yet. One whose demonstration city was interrupted while it
 * was filled is set aside under another name, with its seals: nothing is ever dropped. The database itself says so, no file.
 *
 * @returns the name under which it was set aside
 */
export async function ensureOwnDatabase(
  { addressOf, dataFolder }: { addressOf(name: string): string; dataFolder: string },
  { setAsideHalfMade }: { setAsideHalfMade: boolean },
): Promise<string | null> {
  return asAdministrator(addressOf("postgres"), async (root) => {
    const exists = await root`select from pg_database where datname = ${name}`;
    let aside: string | null = null;
    if (exists.length > 0) {
      const state = setAsideHalfMade
        ? await asAdministrator(addressOf(name), demonstrationState)
        : null;
      if (state !== "filling") return null;
      aside = `${name}_half_made_${new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14)}`;
      await root`
        select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = ${name}`;
      await root`alter database ${root(name)} rename to ${root(aside)}`;
      const seals = join(dataFolder, "seals");
      await rename(seals, `${seals}_${aside}`).catch(() => {});
    }
    await root`create database ${root(name)}`;
    return aside;
  });
}

/** How far the demonstration city of a database is; nothing where there is none. */
export async function demonstrationState(admin: Sql): Promise<"filling" | "filled" | undefined> {
  const [table] = await admin`select to_regclass('meta.demonstration') is not null as there`;
  if (!table?.there) return undefined;
  const [row] = await admin<
    { state: "filling" | "filled" }[]
  >`select state from meta.demonstration`;
  return row?.state;
}

/** Writes how far the demonstration city is. */
export async function markDemonstration(admin: Sql, state: "filling" | "filled"): Promise<void> {
  await admin.begin(async (sql) => {
    await sql`delete from meta.demonstration`;
    await sql`insert into meta.demonstration (state) values (${state})`;
  });
}

/** Runs something over a connection of the administrator, and closes it. */
export async function asAdministrator<T>(
  address: string,
  run: (admin: Sql) => Promise<T>,
): Promise<T> {
  const admin = postgres(address, { max: 1, onnotice: () => {} });
  try {
    return await run(admin);
  } finally {
    await admin.end();
  }
}
