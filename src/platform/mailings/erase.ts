import { rm } from "node:fs/promises";
import { join } from "node:path";
import { and, eq, isNull, lt, or, type SQL } from "drizzle-orm";
import { batchRun, packageFile } from "#db/schema/mailings.ts";
import { recordAudit } from "../audit/write.ts";
import type { Work } from "../work.ts";
import { folderOf } from "./working-files.ts";

/** Erases packages whose time is over, and those withdrawn; the record of them stays. Returns how many. */
export const eraseOldPackages = (work: Work): Promise<number> =>
  erasePackages(
    work,
    or(lt(batchRun.downloadUntil, work.platform.clock.today()), eq(batchRun.state, "withdrawn")),
  );

/** Erases the package of a run that was withdrawn; nothing where that is done already. */
export const eraseWithdrawn = (work: Work, runId: string): Promise<number> =>
  erasePackages(work, and(eq(batchRun.id, runId), eq(batchRun.state, "withdrawn")));

/** The file goes before its row says so: whoever dies between leaves it to the next call. */
async function erasePackages(work: Work, of: SQL | undefined): Promise<number> {
  const found = await work.tx
    .select({ runId: packageFile.runId, name: packageFile.name })
    .from(packageFile)
    .innerJoin(batchRun, eq(batchRun.id, packageFile.runId))
    .where(and(eq(packageFile.kind, "package"), isNull(packageFile.erasedAt), of));
  for (const { runId, name } of found) {
    await rm(join(folderOf(work.platform, runId), name), { force: true });
    await work.tx
      .update(packageFile)
      .set({ erasedAt: work.platform.clock.now() })
      .where(and(eq(packageFile.runId, runId), eq(packageFile.name, name)));
    await recordAudit(work, { kind: "change", action: "package.erased", detail: { file: name } });
  }
  return found.length;
}
