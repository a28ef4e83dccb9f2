import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { feedImport } from "#db/schema/feeds.ts";
import type { Actor } from "#src/platform/access/index.ts";
import {
  feedWork,
  type ImportSummary,
  importFile,
  standardFeed,
  takeRequestList,
  tax,
  welfare,
} from "#src/platform/feeds/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";

/** The offices that keep taxes and benefits of the demonstration city: whole files, which nobody else ever takes in whole. */
const offices = { tax: standardFeed(tax), welfare: standardFeed(welfare) };
export type OtherOffice = keyof typeof offices;

const folderOf = (platform: Platform) => join(platform.dataFolder, "demonstration-offices");
const wholeFile = (platform: Platform, office: OtherOffice) =>
  join(folderOf(platform), `${office}.csv`);

/** Leaves an office its whole file, from which it answers requests later. */
export async function keepWholeFile(
  platform: Platform,
  office: OtherOffice,
  path: string,
): Promise<void> {
  await mkdir(folderOf(platform), { recursive: true, mode: 0o700 });
  await copyFile(path, wholeFile(platform, office));
}

/** 市町村民税 of somebody of a 賦課年度, as the tax office would certify it. */
export interface CertifiedTax {
  assessment: "taxed" | "per-capita" | "exempt";
  incomeLevy: number;
  perCapitaLevy: number;
  totalIncome: number;
}

/** Who is there with which taxes, by 住民番号 and 賦課年度, out of the whole file of the tax office; of the undeclared nothing. */
export async function certifiedTaxes(
  platform: Platform,
): Promise<Map<string, Map<number, CertifiedTax>>> {
  const assessments = { 1: "taxed", 2: "per-capita", 3: "exempt" } as const;
  const [, ...rows] = (await readFile(wholeFile(platform, "tax"), "utf8")).trimEnd().split("\r\n");
  const found = new Map<string, Map<number, CertifiedTax>>();
  for (const row of rows) {
    const cells = row.split(",");
    const [source = "", incomeYear, , code, totalIncome] = cells;
    const assessment = assessments[Number(code) as keyof typeof assessments];
    if (!assessment) continue;
    const years = found.get(source) ?? new Map<number, CertifiedTax>();
    years.set(Number(incomeYear) + 1, {
      assessment,
      incomeLevy: Number(cells.at(-1)),
      perCapitaLevy: assessment === "exempt" ? 0 : 5_000,
      totalIncome: Number(totalIncome),
    });
    found.set(source, years);
  }
  return found;
}

/**
 * Lets an office answer: takes the 照会対象者リスト of who is needed since the last one, picks their rows out of the
 * whole file, and takes the answer in as a differential file. Nothing happens where nobody is new.
 *
 * @param people who takes the file in, and who approves it and may see every address
 */
export async function bringNeeded(
  platform: Platform,
  people: { preparer: Actor; committer: Actor },
  office: OtherOffice,
): Promise<ImportSummary | undefined> {
  const list = await runWork(platform, people.committer, feedWork, (work) =>
    takeRequestList(work, office, "diff"),
  );
  const asked = new Set(
    list.csv
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","))
      .flatMap(([source = "", mark]) => (mark === "1" ? [source] : [])),
  );
  if (asked.size === 0) return;
  const whole = await readFile(wholeFile(platform, office), "utf8");
  const [heading = "", ...rows] = whole.trimEnd().split("\r\n");
  const answer = [heading, ...rows.filter((row) => asked.has(row.split(",")[0] ?? ""))];
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-office-"));
  try {
    const path = join(folder, await nextName(platform, people.preparer, office));
    await writeFile(path, answer.map((line) => `${line}\r\n`).join(""));
    return await importFile(platform, people, offices[office], path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Name of the next differential file of a feed. */
export async function nextName(
  platform: Platform,
  actor: Actor,
  office: OtherOffice | "residents",
): Promise<string> {
  const [row] = await runWork(platform, actor, feedWork, (work) =>
    work.tx
      .select({ last: sql<number>`coalesce(max(${feedImport.sequence}), 0)` })
      .from(feedImport)
      .where(sql`${feedImport.kind} = ${office} and ${feedImport.state} = 'committed'`),
  );
  const date = platform.clock.today().replaceAll("-", "");
  return `${office}-${date}-diff-${String((row?.last ?? 0) + 1).padStart(4, "0")}.csv`;
}
