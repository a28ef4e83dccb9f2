import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateCity } from "#db/city/city.ts";
import { type Actor, codeAt, resume, signIn, signOut } from "#src/platform/access/index.ts";
import { type Feed, importFile, residents, standardFeed } from "#src/platform/feeds/index.ts";
import { registerContractor } from "#src/platform/mailings/index.ts";
import type { OpenedPlatform } from "#src/platform/open.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import { shotFeed } from "#src/programs/vaccination/index.ts";
import { addYears } from "#workflows/dates/iso-date.ts";
import {
  type DemonstrationAccount,
  readDemonstrationAccounts,
  setUpDemonstrationAccounts,
} from "./accounts.ts";
import { contractorKey } from "./contractor.ts";

/** What was set up, or found set up. */
export interface Demonstration {
  accounts: DemonstrationAccount[];
}

/**
 * Fills a new database once: accounts, a contractor, and the city, which enters through the feed import
 * as any city does, prepared by one person and committed by another.
 *
 * @param say told what is going on
 */
export async function seedDemonstration(
  opened: OpenedPlatform,
  { population = 15_000, say }: { population?: number; say: (line: string) => void },
): Promise<Demonstration> {
  const { platform } = opened;
  const known = await readDemonstrationAccounts(platform.dataFolder);
  const accounts = known ?? (await setUpDemonstrationAccounts(opened));
  if (known) return { accounts };
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-city-"));
  try {
    say(`デモ用の市（${population.toLocaleString()}人）を作っています…`);
    const files = await generateCity({ population, folder, asOf: platform.clock.today() });
    const people = {
      preparer: await enterAs(platform, accounts, "ikkatsu1"),
      committer: await enterAs(platform, accounts, "kessai1"),
    };
    const inOrder: [Feed, string][] = [
      [standardFeed(residents), files.residents.path],
      [standardFeed(shotFeed), files.vaccinations.path],
    ];
    for (const [feed, path] of inOrder) {
      say(`${feed.kind.title}を取り込んでいます…`);
      await importFile(platform, people, feed, path);
    }
    const officer = await enterAs(platform, accounts, "seido1");
    await registerDemonstrationContractor(platform, officer);
    for (const actor of [people.preparer, people.committer, officer])
      await signOut(platform, actor.sessionToken, "demonstration set up");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { accounts };
}

/** Signs in as somebody of the cast, with password and one-time code as anybody does. */
export async function enterAs(
  platform: Platform,
  accounts: DemonstrationAccount[],
  loginName: string,
): Promise<Actor> {
  const account = accounts.find((one) => one.loginName === loginName);
  if (!account) throw new Error(`no demonstration account ${loginName}`);
  const entered = await signIn(platform, {
    loginName,
    password: account.password,
    code: codeAt(account.codeSecret),
    address: "127.0.0.1",
  });
  if (!entered.ok) throw new Error(`${loginName} was refused: ${entered.why}`);
  return resume(platform, entered.token);
}

function registerDemonstrationContractor(platform: Platform, officer: Actor): Promise<unknown> {
  const today = platform.clock.today();
  return runWork(platform, officer, { purpose: "administration" }, async (work) =>
    registerContractor(work, {
      name: "見本印刷株式会社（デモ）",
      contractFrom: today,
      contractTo: addYears(today, 1),
      publicKey: (await contractorKey(platform.dataFolder)).publicKey,
    }),
  );
}
