import { desc } from "drizzle-orm";
import { verification } from "#db/schema/audit.ts";
import type { Actor } from "../access/actor.ts";
import { openSystemSession, signOut } from "../access/index.ts";
import type { Platform } from "../platform.ts";
import { runWork, type Work } from "../work.ts";
import { publicHalf } from "./note.ts";
import { sealRecords } from "./sealing.ts";
import { type AuditVerification, type VerificationProgress, verifyAudit } from "./verify.ts";

/** How often a verification says how far it is, in milliseconds. */
const toldEvery = 1_000;

/** A verification as it stands in the register. */
export type VerificationRun = Awaited<ReturnType<typeof listVerifications>>[number];

/** The latest verifications, the newest first; what they found, when they are finished. */
export async function listVerifications(work: Work, limit = 10) {
  const rows = await work.tx
    .select()
    .from(verification)
    .orderBy(desc(verification.id))
    .limit(limit);
  return rows.map((row) => ({ ...row, found: row.found as AuditVerification | null }));
}

/**
 * Begins a verification in the name of whoever asks. One at a time, in however many processes.
 *
 * @returns its number; nothing while another one goes on
 */
export async function beginVerification(work: Work): Promise<number | undefined> {
  const [row] = await work.sql<{ id: number | null }[]>`select audit.begin_verification() as id`;
  return row?.id ?? undefined;
}

/** Carries out a verification that was begun, as the account of scheduled jobs; each read is a transaction of its own. */
export async function carryOutVerification(
  platform: Platform,
  id: number,
): Promise<AuditVerification> {
  const system = await openSystemSession(platform);
  try {
    return await carryOut(platform, system, id);
  } finally {
    await signOut(platform, system.sessionToken, "verification ended").catch(() => {});
  }
}

/** Verifies by the clock; nothing is done while another verification goes on. */
export async function verifyBySchedule(platform: Platform, system: Actor): Promise<void> {
  const id = await runWork(platform, system, { purpose: "scheduled" }, beginVerification);
  if (id === undefined) return;
  const { faultCount } = await carryOut(platform, system, id);
  if (faultCount > 0) console.error(`アクセス記録の検証: 異常 ${faultCount} 件`);
}

async function carryOut(platform: Platform, system: Actor, id: number): Promise<AuditVerification> {
  await sealRecords(platform);
  const asSystem = <T>(run: (work: Work) => Promise<T>) =>
    runWork(platform, system, { purpose: "scheduled" }, run);
  const note = ({ records, seals }: VerificationProgress, found: AuditVerification | null) =>
    asSystem(async ({ sql }) => {
      const json = found && JSON.stringify(found);
      await sql`select audit.note_verification(${id}, ${records}, ${seals}, ${json}::text::jsonb)`;
    });
  let told = Date.now();
  const found = await verifyAudit((read) => asSystem(({ sql }) => read(sql)), {
    dataFolder: platform.dataFolder,
    headsCopy: platform.headsCopy,
    publicKey: publicHalf(platform.keys.signingKey),
    async progress(so) {
      if (Date.now() - told < toldEvery) return;
      told = Date.now();
      await note(so, null);
    },
  });
  await note(found, found);
  return found;
}
