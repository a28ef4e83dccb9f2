import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import postgres from "postgres";

/** Leads of the logins made for one installation each. */
const prefix = "madoguchi_installer_";

/**
 * Runs what installs in the name of the owner of the tables: a login made for this run, which is the owner and nothing more
 * (no superuser, no roles made, no other database), and is gone afterwards. Whatever the program's role may have left for an
 * installation to read, it finds no other power there. The administrator only makes the roles and takes no part.
 *
 * One installation of a database at a time; a second one waits.
 *
 * @param administratorUrl address of a role that may create roles and owns the database, or is superuser
 */
export async function asInstaller<T>(
  administratorUrl: string,
  install: (ownerUrl: string) => Promise<T>,
): Promise<T> {
  const admin = postgres(administratorUrl, { max: 1, onnotice: () => {} });
  const name = `${prefix}${randomBytes(6).toString("hex")}`;
  const password = randomBytes(24).toString("hex");
  try {
    await admin`select pg_advisory_lock(hashtext('madoguchi.migrate'))`;
    await admin.unsafe(await readFile(new URL("roles.sql", import.meta.url), "utf8"));
    await dropForgotten(admin);
    // Hexadecimal, so that it can stand in the statement, which takes no parameters.
    await admin.unsafe(`
      create role ${name} login inherit nosuperuser nocreaterole nocreatedb noreplication nobypassrls connection limit 5
        password '${password}' valid until '${new Date(Date.now() + 3600_000).toISOString()}';
      grant madoguchi_owner to ${name};
      alter role ${name} set role = madoguchi_owner`);
    try {
      const url = Object.assign(new URL(administratorUrl), { username: name, password });
      return await install(url.href);
    } finally {
      await dropLogin(admin, name);
    }
  } finally {
    await admin.end();
  }
}

/** Logins of installations that were killed: long past their validity. */
async function dropForgotten(admin: postgres.Sql): Promise<void> {
  const forgotten = await admin<{ rolname: string }[]>`
    select rolname from pg_roles
     where starts_with(rolname, ${prefix}) and rolvaliduntil < now() - interval '1 day'`;
  for (const { rolname } of forgotten) await dropLogin(admin, rolname);
}

async function dropLogin(admin: postgres.Sql, name: string): Promise<void> {
  await admin`
    select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = ${name}`.catch(
    // Only a superuser or a member may; the connections of an installation end with it.
    () => {},
  );
  await admin`drop role if exists ${admin(name)}`;
}
