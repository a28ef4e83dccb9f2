import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import type { TestProject } from "vitest/node";
import { openEmbeddedServer } from "#db/server/embedded.ts";
import { bootstrap } from "#src/platform/access/index.ts";
import { passwordProof } from "#src/platform/access/passwords.ts";
import { declaredMachines, syncMachines } from "#src/platform/cases/index.ts";
import { syncFlows } from "#src/platform/flow-ways.ts";
import { syncKeeping } from "#src/platform/keeping/index.ts";
import { install } from "#src/platform/open.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { background } from "#src/programs/jobs.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { testCity, testPassword } from "./staff.ts";

declare module "vitest" {
  export interface ProvidedContext {
    serverAddress: string;
    programPassword: string;
    /** What each test file begins with, beside a copy of the template. */
    template: TemplateOfCity;
  }
}

/** The offices and the staff that stand in the template. */
interface TemplateOfCity {
  /** The day on which the rights of the staff begin. */
  day: IsoDate;
  /** Folder of the keys with which it was made; copied, never written to. */
  keys: string;
  /** One-time-code secrets of the staff, in their order. */
  secrets: readonly string[];
  /** By the salt of a password, hexadecimal, what proves the password of all the staff to the database. */
  proofs: Readonly<Record<string, string>>;
}

/** Starts one PostgreSQL for the whole run and prepares the database that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-test-"));
  const server = await openEmbeddedServer(folder);
  const root = postgres(server.addressOf("postgres"), { max: 1, onnotice: () => {} });
  // Nothing of this server outlives the run, and no statement of a test is worth compiling.
  for (const setting of ["fsync", "synchronous_commit", "full_page_writes", "jit"])
    await root.unsafe(`alter system set ${setting} = off`);
  await root`alter system set max_wal_size = '256MB'`;
  // Tests ask the same of tables that hold next to nothing: to plan it anew for each value took a tenth of all their time.
  await root`alter system set plan_cache_mode = force_generic_plan`;
  await root`select pg_reload_conf()`;
  await root`create database madoguchi_template`;
  const template = server.addressOf("madoguchi_template");
  await install(template, background);
  const admin = postgres(template, { max: 1, onnotice: () => {} });
  await syncKeeping(admin);
  await syncMachines(admin, declaredMachines());
  await syncFlows(admin);
  await admin`insert into access.played_clock default values`;
  await admin.unsafe("alter role madoguchi_app password 'program-for-tests'");
  const day = "2026-11-20";
  const keys = join(folder, "keys");
  const secrets = await bootstrap(admin, await openKeyRing(keys), day, testCity);
  const proofs = await proofsOf(admin);
  await admin.end();
  await root`alter database madoguchi_template with allow_connections false`;
  await root.end();
  project.provide("serverAddress", server.addressOf("postgres"));
  project.provide("programPassword", "program-for-tests");
  project.provide("template", { day, keys, secrets, proofs });
  return async () => {
    await server.stop();
    // The last worker may still be writing what it compiled.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
}

/** Argon2 is made to be slow: it runs once for each of the staff, not once a session of a test file. */
async function proofsOf(admin: Sql): Promise<Record<string, string>> {
  const salts = await admin<{ salt: string }[]>`
    select split_part(password_hash, '$', 1) as salt
      from access.credential join access.staff on id = staff_id where kind = 'employee'`;
  const proofs = salts.map(
    async ({ salt }) => [salt, (await passwordProof(testPassword, salt)).toString("hex")] as const,
  );
  return Object.fromEntries(await Promise.all(proofs));
}
