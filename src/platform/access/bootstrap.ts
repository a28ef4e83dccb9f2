import type { Sql, TransactionSql } from "postgres";
import { idleMinutes } from "#workflows/access/idle.ts";
import { accessPeriods } from "#workflows/access/periods.ts";
import { fiscalYear, fiscalYearEnd } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { oversightLimits } from "#workflows/oversight/limits.ts";
import type { KeyRing } from "../vault/key-ring.ts";
import { newCodeSecret, sealCodeSecret } from "./one-time-code.ts";
import { hashPassword } from "./passwords.ts";
import { type Duty, duties, heldAfterReset } from "./rights.ts";
import { systemSecret, tokenHash } from "./tokens.ts";

/** An office as it stands on letters. */
export interface Office {
  code: string;
  name: string;
  postalCode: string;
  address: string;
  telephone: string;
}

/** An account to set up before anybody can sign in. */
export interface FirstAccount {
  loginName: string;
  displayName: string;
  officeCode: string | null;
  password: string;
  mustChange: boolean;
  /** `office`: the duty is held for that office alone. */
  duties: { duty: Duty; program: string | null; office?: string | null }[];
}

/**
 * What can only be done with the administrator's connection, before anybody can sign in: the duties of
 * this version, the account of scheduled jobs, offices, terminals and first accounts. Duties are given
 * to each account until the end of the fiscal year, in the name of the installation, countersigned
 * by the other account, so that no one gave them to themselves.
 *
 * @returns the one-time-code secret of each new account, in the order given
 */
export async function bootstrap(
  admin: Sql,
  keys: KeyRing,
  today: IsoDate,
  city: {
    offices: Office[];
    terminals: { name: string; address: string }[];
    accounts: FirstAccount[];
  },
): Promise<string[]> {
  await syncAccess(admin);
  await setUpSystemAccount(admin, keys);
  return admin.begin(async (sql) => {
    await sql`set local role madoguchi_owner`;
    for (const office of city.offices) await putOffice(sql, office);
    for (const terminal of city.terminals) {
      await sql`insert into access.terminal ${sql(terminal)} on conflict (address) do nothing`;
    }
    const secrets: string[] = [];
    const ids: number[] = [];
    for (const account of city.accounts) {
      const secret = newCodeSecret();
      const [row] = await sql<{ id: number }[]>`
        insert into access.staff (login_name, display_name, kind, office_code)
        values (${account.loginName}, ${account.displayName}, 'employee', ${account.officeCode})
        returning id`;
      const id = row?.id ?? 0;
      await sql`insert into access.credential ${sql({
        staff_id: id,
        password_hash: await hashPassword(account.password),
        must_change: account.mustChange,
        totp_sealed: sealCodeSecret(keys, secret),
      })}`;
      secrets.push(secret);
      ids.push(id);
    }
    for (const [n, account] of city.accounts.entries()) {
      const other = ids.find((id) => id !== ids[n]);
      if (other === undefined) throw new Error("two accounts are needed to start with");
      for (const { duty, program, office = null } of account.duties) {
        await sql`insert into access.duty_grant
          (staff_id, duty, program, office_code, valid_from, valid_to, reason, requested_by, decided_by, decided_at, decision)
          select ${ids[n] ?? 0}, ${duty}, ${program}, ${office}, ${today}, ${fiscalYearEnd(fiscalYear(today))},
                 '導入時の設定', id, ${other}, now(), 'approved' from access.staff where kind = 'system'`;
      }
    }
    return secrets;
  });
}

/** Registers an office with the administrator's connection, or corrects it. */
export function registerOffice(admin: Sql, office: Office): Promise<void> {
  return admin.begin(async (sql) => {
    await sql`set local role madoguchi_owner`;
    await putOffice(sql, office);
  }) as Promise<void>;
}

async function putOffice(sql: TransactionSql, office: Office): Promise<void> {
  await sql`
    insert into access.office (code, name, postal_code, address, telephone)
    values (${office.code}, ${office.name}, ${office.postalCode}, ${office.address}, ${office.telephone})
    on conflict (code) do update set name = excluded.name, postal_code = excluded.postal_code,
      address = excluded.address, telephone = excluded.telephone`;
}

/** Writes what this version says into the database: which right belongs to which duty, the times of sessions, what the log is searched by. */
export async function syncAccess(admin: Sql): Promise<void> {
  const rows = Object.entries(duties).flatMap(([duty, held]) => {
    const standsIn: readonly string[] = "standsIn" in held ? held.standsIn : [];
    return held.rights.map((right) => ({
      duty,
      right,
      stands_in: standsIn.includes(right),
      after_reset: heldAfterReset.has(right),
    }));
  });
  await admin.begin(async (sql) => {
    await sql`set local role madoguchi_owner`;
    await sql`delete from access.duty_right`;
    await sql`insert into access.duty_right ${sql(rows)}`;
    await sql`delete from access.idle_limit`;
    await sql`insert into access.idle_limit ${sql(
      idleMinutes.rows.map(({ from, value }) => ({ valid_from: from, minutes: value })),
    )}`;
    await sql`delete from access.period`;
    await sql`insert into access.period ${sql(
      Object.entries(accessPeriods).flatMap(([name, { rows }]) =>
        rows.map(({ from, value }) => ({ name, valid_from: from, seconds: value })),
      ),
    )}`;
    await sql`delete from oversight."limit"`;
    await sql`insert into oversight."limit" ${sql(
      Object.entries(oversightLimits).flatMap(([name, { rows }]) =>
        rows.map(({ from, value }) => ({ name, valid_from: from, value })),
      ),
    )}`;
  });
}

/**
 * Makes the account of scheduled jobs, and lets it be entered by whoever holds the master key. Nobody signs in with
 * it; it holds the system duty by its kind, without a grant.
 */
export async function setUpSystemAccount(admin: Sql, keys: KeyRing): Promise<void> {
  const hash = tokenHash(systemSecret(keys)).toString("hex");
  await admin.begin(async (sql) => {
    await sql`set local role madoguchi_owner`;
    await sql`insert into access.staff (login_name, display_name, kind) values ('system', '定時処理', 'system')
      on conflict (login_name) do nothing`;
    await sql`insert into access.credential (staff_id, password_hash, totp_sealed)
      select id, ${hash}, '' from access.staff where kind = 'system'
      on conflict (staff_id) do update set password_hash = excluded.password_hash`;
  });
}
