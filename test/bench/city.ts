import { createReadStream, mkdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { type CityFiles, generateCity } from "#db/city/city.ts";
import { openEmbeddedServer } from "#db/server/embedded.ts";
import {
  type DemonstrationAccount,
  readDemonstrationAccounts,
  setUpDemonstrationAccounts,
} from "#src/demonstration/accounts.ts";
import { registerDemonstrationCity } from "#src/demonstration/city.ts";
import { contractorKey } from "#src/demonstration/contractor.ts";
import { enterAs } from "#src/demonstration/seed.ts";
import { type Actor, openSystemSession } from "#src/platform/access/index.ts";
import { approveImport } from "#src/platform/feeds/approve.ts";
import {
  type Feed,
  feedWork,
  getImport,
  receiveFile,
  residents,
  reviewImport,
  standardFeed,
} from "#src/platform/feeds/index.ts";
import { writeImport } from "#src/platform/feeds/write.ts";
import { registerContractor } from "#src/platform/mailings/index.ts";
import { openPlatform } from "#src/platform/open.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import { background } from "#src/programs/jobs.ts";
import { shotFeed } from "#src/programs/vaccination/index.ts";
import { addYears } from "#workflows/dates/iso-date.ts";
import { enlarge } from "./copies.ts";
import { type Taken, taken } from "./meter.ts";
import { settings } from "./settings.ts";

/** How the files of a city came in. */
export interface Feeding {
  readonly kind: "residents" | "vaccinations";
  readonly path: string;
  readonly rows: number;
  readonly received: Taken<unknown>;
  readonly reviewed: Taken<unknown>;
  readonly committed: Taken<unknown>;
}

/** A city whose people came in by the feed, on a server of its own. */
export interface BenchCity {
  readonly population: number;
  readonly platform: Platform;
  /** The superuser of the server: to arrange and for what is compared. */
  readonly admin: Sql;
  readonly administratorUrl: string;
  readonly accounts: DemonstrationAccount[];
  /** What came in now; nothing where the city was kept from an earlier run. */
  readonly fed: readonly Feeding[];
  /** Somebody of the cast, signed in once. */
  actor(loginName: string): Promise<Actor>;
  measure<T>(work: () => Promise<T>): Promise<Taken<T>>;
}

const cities = new Map<number, Promise<BenchCity & { close(): Promise<void> }>>();

/** The city of a size: made the first time that it is asked for. */
export function cityOf(population: number): Promise<BenchCity> {
  const known = cities.get(population) ?? open(population);
  cities.set(population, known);
  return known;
}

/** Stops the servers, and removes the cities that are not to be kept. */
export async function closeCities(): Promise<void> {
  for (const city of cities.values()) await (await city).close();
}

async function open(population: number) {
  const kept = settings.cities && join(settings.cities, String(population));
  if (kept) mkdirSync(kept, { recursive: true, mode: 0o711 });
  const folder = kept || (await mkdtemp(join(tmpdir(), "madoguchi-bench-")));
  const server = await openEmbeddedServer(folder);
  const root = postgres(server.addressOf("postgres"), { max: 1, onnotice: () => {} });
  const [there] = await root`select from pg_database where datname = 'bench'`;
  if (!there) await root`create database bench`;
  await root.end();
  const administratorUrl = server.addressOf("bench");
  // Apart from the server's: the program closes its folder to everybody else, and a server of another user, which has to
  // pass through, ends at its next checkpoint.
  const dataFolder = join(folder, "data");
  const opened = await openPlatform({
    background,
    dataFolder,
    databaseUrl: administratorUrl,
  });
  const { platform } = opened;
  const admin = postgres(administratorUrl, { max: 8, onnotice: () => {} });
  await registerDemonstrationCity(administratorUrl);
  const pid = Number(readFileSync(join(folder, "pg", "postmaster.pid"), "utf8").split("\n")[0]);
  const accounts =
    (await readDemonstrationAccounts(dataFolder)) ?? (await setUpDemonstrationAccounts(opened));
  const actors = new Map<string, Promise<Actor>>();
  const city = {
    population,
    platform,
    admin,
    administratorUrl,
    accounts,
    fed: [] as Feeding[],
    actor(loginName: string) {
      const known = actors.get(loginName) ?? enterAs(platform, accounts, loginName);
      actors.set(loginName, known);
      return known;
    },
    measure: <T>(work: () => Promise<T>) => taken(pid, work),
    async close() {
      await admin.end();
      await opened.close();
      await server.stop();
      if (!kept) await rm(folder, { recursive: true, force: true });
    },
  };
  const [someone] = await admin`select from vault.person limit 1`;
  if (!someone) {
    await furnish(city);
    city.fed.push(...(await feed(city, join(folder, "files"))));
    await admin`vacuum analyze`;
  }
  await enlarge(city, settings);
  return city;
}

/** A contractor for the mailings. */
async function furnish({ platform, actor }: BenchCity): Promise<void> {
  const today = platform.clock.today();
  await runWork(platform, await actor("seido1"), { purpose: "administration" }, async (work) =>
    registerContractor(work, {
      name: "見本印刷株式会社",
      contractFrom: today,
      contractTo: addYears(today, 1),
      publicKey: (await contractorKey(platform.dataFolder)).publicKey,
    }),
  );
}

async function feed(city: BenchCity, folder: string): Promise<Feeding[]> {
  const { population, platform } = city;
  console.log(`\nA city of ${population.toLocaleString("en")}`);
  const files: CityFiles = await generateCity({ population, folder, asOf: platform.clock.today() });
  return [
    await bring(city, "residents", standardFeed(residents), files.residents),
    await bring(city, "vaccinations", standardFeed(shotFeed), files.vaccinations),
  ];
}

async function bring(
  { platform, actor, measure }: BenchCity,
  kind: Feeding["kind"],
  feed: Feed,
  { path, rows }: { path: string; rows: number },
): Promise<Feeding> {
  const [preparer, committer] = [await actor("ikkatsu1"), await actor("kessai1")];
  const name = path.split("/").at(-1) ?? "";
  const received = await measure(() =>
    receiveFile(platform, preparer, feed, { name, source: createReadStream(path) }),
  );
  const importId = received.result;
  const system = await openSystemSession(platform);
  const reviewed = await measure(() => reviewImport(platform, system, feed, importId));
  await runWork(platform, committer, feedWork, async (work) => {
    const { revision } = await getImport(work, importId);
    await approveImport(work, { importId, revision });
  });
  const committed = await measure(() => writeImport(platform, system, feed, importId));
  return { kind, path, rows, received, reviewed, committed };
}
