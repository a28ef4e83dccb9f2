import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { generateCity } from "#db/city/city.ts";
import { type Actor, codeAt, resume, signIn, signOut } from "#src/platform/access/index.ts";
import {
  type Feed,
  importFile,
  residents,
  standardFeed,
  tax,
  welfare,
} from "#src/platform/feeds/index.ts";
import { registerContractor } from "#src/platform/mailings/index.ts";
import type { OpenedPlatform } from "#src/platform/open.ts";
import {
  asAdministrator,
  demonstrationState,
  markDemonstration,
} from "#src/platform/own-database.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import { shotFeed } from "#src/programs/vaccination/index.ts";
import { addYears } from "#workflows/dates/iso-date.ts";
import {
  type DemonstrationAccount,
  readDemonstrationAccounts,
  setUpDemonstrationAccounts,
} from "./accounts.ts";
import { registerDemonstrationCity } from "./city.ts";
import { setCityFigures } from "./city-figures.ts";
import { seedClinics } from "./clinics.ts";
import { contractorKey } from "./contractor.ts";
import { bringNeeded, keepWholeFile } from "./other-offices.ts";
import { seedPatients } from "./patients-in-hand.ts";
import { seedPayments } from "./payments.ts";
import { seedPhrases } from "./phrases.ts";
import { bringReceipts } from "./receipts.ts";
import { setVaccinationFigures } from "./vaccination-figures.ts";
import { seedWorkInHand } from "./work-in-hand.ts";

/** What was set up, or found set up. */
export interface Demonstration {
  accounts: DemonstrationAccount[];
}

/**
 * Fills a new database once: the city with its towns, accounts, a contractor, and the people, who enter through the feed
 * import as in any city, prepared by one person and committed by another.
 *
 * @param workInHand whether the work lists are filled with some applications and a mailing
 * @param say told what is going on
 */
export async function seedDemonstration(
  opened: OpenedPlatform,
  {
    population = 15_000,
    workInHand = true,
    say,
  }: { population?: number; workInHand?: boolean; say: (line: string) => void },
): Promise<Demonstration> {
  const { platform } = opened;
  await registerDemonstrationCity(opened.administratorUrl);
  const mark = (state: "filling" | "filled") =>
    asAdministrator(opened.administratorUrl, (admin) => markDemonstration(admin, state));
  if (await isFilled(opened.administratorUrl)) {
    await mark("filled");
    return { accounts: (await readDemonstrationAccounts(platform.dataFolder)) ?? [] };
  }
  await mark("filling");
  const accounts = await setUpDemonstrationAccounts(opened);
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
      // Of these only people whom a 事務 needs are kept: nobody yet.
      [standardFeed(tax), files.tax.path],
      [standardFeed(welfare), files.welfare.path],
    ];
    for (const [feed, path] of inOrder) {
      say(`${feed.kind.title}を取り込んでいます…`);
      await importFile(platform, people, feed, path);
    }
    for (const office of ["tax", "welfare"] as const)
      await keepWholeFile(platform, office, files[office].path);
    const officer = await enterAs(platform, accounts, "seido1");
    await registerDemonstrationContractor(platform, officer);
    await seedPhrases(platform, officer, ["431010", "431028"]);
    const present = [people.preparer, people.committer, officer];
    if (workInHand) {
      say("手続き中の申請と発送を用意しています…");
      const enter = (loginName: string) => enterAs(platform, accounts, loginName);
      const teams = [
        { officeCode: "431010", enters: await enter("mado1"), examines: await enter("mado2") },
        { officeCode: "431028", enters: await enter("mado3"), examines: await enter("mado4") },
      ];
      const { preparer: prepares, committer: decides } = people;
      const bringTaxes = () => bringNeeded(platform, people, "tax");
      await seedWorkInHand(platform, { decides, prepares, teams, bringTaxes });
      await setCityFigures(platform, { sets: officer, approves: decides });
      await setVaccinationFigures(platform, { sets: officer, approves: decides });
      const [counter] = teams;
      if (counter) await seedClinics(platform, { enters: counter.enters, decides });
      const opens = await enter("kessai2");
      await seedPatients(platform, { decides, opens, prepares, teams });
      present.push(opens);
      await seedPayments(platform, { decides, prepares, teams });
      await bringReceipts(
        platform,
        { prepares, decides },
        { program: "child-medical", count: 240, faultEvery: 8 },
      );
      present.push(...teams.flatMap(({ enters, examines }) => [enters, examines]));
    }
    for (const office of ["tax", "welfare"] as const) await bringNeeded(platform, people, office);
    for (const actor of present)
      await signOut(platform, actor.sessionToken, "demonstration set up");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await mark("filled");
  return { accounts };
}

/** Whether there is a city already. One of an earlier version says nothing of itself, but has staff. */
const isFilled = (administratorUrl: string): Promise<boolean> =>
  asAdministrator(administratorUrl, async (admin) => {
    if ((await demonstrationState(admin)) === "filled") return true;
    const staff = await admin`select from access.staff where kind <> 'system' limit 1`;
    return staff.length > 0;
  });

/** How long a one-time code stands, in milliseconds. */
const codeLasts = 30_000;

/**
 * Signs in as somebody of the cast, with password and one-time code as anybody does. A code serves once:
 * the one before is tried first, so that the person can sign in with the present one right after; who has used both
 * waits for the next.
 */
export async function enterAs(
  platform: Platform,
  accounts: DemonstrationAccount[],
  loginName: string,
): Promise<Actor> {
  const account = accounts.find((one) => one.loginName === loginName);
  if (!account) throw new Error(`no demonstration account ${loginName}`);
  const { password, codeSecret } = account;
  const enter = (earlier: number) =>
    signIn(platform, {
      loginName,
      password,
      code: codeAt(codeSecret, Date.now() - earlier),
      address: "127.0.0.1",
    });
  const first = await enter(codeLasts);
  let entered = first.ok ? first : await enter(0);
  if (!entered.ok && entered.why === "code-used") {
    await setTimeout(codeLasts - (Date.now() % codeLasts) + 200);
    entered = await enter(0);
  }
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
