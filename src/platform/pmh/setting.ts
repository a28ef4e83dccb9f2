import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { parameter } from "#db/schema/city.ts";
import { run } from "#db/schema/pmh.ts";
import type { PmhSetting } from "#workflows/pmh/setting.ts";
import { cityParameterOf } from "../parameters/index.ts";
import type { Platform } from "../platform.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import type { HubAddress } from "./client.ts";

const keyOf = (program: string) => `${program}.pmh`;

/** A row of the parameter as the program reads it. @throws Problem 503 where this version cannot */
function asSetting(program: string, value: unknown): PmhSetting {
  const read = cityParameterOf(keyOf(program)).schema.safeParse(value);
  if (!read.success)
    throw new Problem({
      status: 503,
      message: "登録されているPMH登録の設定を、この版のプログラムで読めません。",
    });
  return read.data as PmhSetting;
}

/** How the 事務 is registered today; `undefined` while it is switched off. */
export async function settingToday(
  work: Work,
  program: string,
): Promise<{ id: number; setting: PmhSetting } | undefined> {
  const [row] = await work.sql<{ id: number | null; value: unknown }[]>`
    select id, value from pmh.setting_in_force(${program})`;
  return row?.id ? { id: row.id, setting: asSetting(program, row.value) } : undefined;
}

/** The setting by which a run was gathered. */
export async function settingOfRun(work: Work, runId: string): Promise<PmhSetting> {
  const [row] = await work.tx
    .select({ value: parameter.value, program: run.program })
    .from(run)
    .innerJoin(parameter, eq(parameter.id, run.settingId))
    .where(eq(run.id, runId));
  if (!row) throw new Error("a run has a setting");
  return asSetting(row.program, row.value);
}

const ifThere = (path: string): Promise<Buffer | undefined> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });

/**
 * Where and with what it is sent: the client certificate with its key, the token (`token`) and the certificates by which the hub
 * is known (`authority.pem`) are files in the folder `pmh` of the data folder, laid there by the administrator of the server.
 *
 * @returns `undefined` where the certificate that the setting names is not there
 */
export async function hubOf(
  platform: Platform,
  setting: PmhSetting,
): Promise<HubAddress | undefined> {
  if (!setting.address) return undefined;
  const folder = join(platform.dataFolder, "pmh");
  const certificate = setting.clientCertificate
    ? await ifThere(join(folder, setting.clientCertificate))
    : undefined;
  if (setting.clientCertificate && !certificate) return undefined;
  return {
    url: setting.address,
    certificate,
    authority: await ifThere(join(folder, "authority.pem")),
    token: (await ifThere(join(folder, "token")))?.toString("utf8").trim() || undefined,
  };
}
