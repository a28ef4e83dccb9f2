import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { openEmbeddedServer } from "#db/server/embedded.ts";
import { syncAccess } from "#src/platform/access/bootstrap.ts";
import { declaredMachines, syncMachines } from "#src/platform/cases/index.ts";
import { syncFlows } from "#src/platform/flow-ways.ts";
import { syncKeeping } from "#src/platform/keeping/index.ts";
import { install } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";

declare module "vitest" {
  export interface ProvidedContext {
    serverAddress: string;
    programPassword: string;
  }
}

/** Starts one PostgreSQL for the whole run and prepares the database that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-test-"));
  const server = await openEmbeddedServer(folder);
  const root = postgres(server.addressOf("postgres"), { max: 1, onnotice: () => {} });
  await root`create database madoguchi_template`;
  const template = server.addressOf("madoguchi_template");
  await install(template, background);
  const admin = postgres(template, { max: 1, onnotice: () => {} });
  await syncAccess(admin);
  await syncKeeping(admin);
  await syncMachines(admin, declaredMachines());
  await syncFlows(admin);
  await admin`insert into access.played_clock default values`;
  await admin.unsafe("alter role madoguchi_app password 'program-for-tests'");
  await admin.end();
  await root`alter database madoguchi_template with allow_connections false`;
  await root.end();
  project.provide("serverAddress", server.addressOf("postgres"));
  project.provide("programPassword", "program-for-tests");
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
