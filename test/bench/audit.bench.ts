import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { migrate } from "#db/migrate.ts";
import { openEmbeddedServer } from "#db/server/embedded.ts";
import { setUpSystemAccount, syncAccess } from "#src/platform/access/bootstrap.ts";
import { publicHalf, sealRecords, verifyAudit } from "#src/platform/audit/index.ts";
import { openDatabase } from "#src/platform/database.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { settings } from "./settings.ts";

/**
 * `npm run bench -- --only audit --records 10000000`: how long the log takes to be sealed and verified, beside the least
 * that it could take: reading the same rows once and hashing their bytes.
 */
export async function run(): Promise<number> {
  const { records } = settings;
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-bench-"));
  const server = await openEmbeddedServer(folder);
  const root = postgres(server.addressOf("postgres"), { max: 1, onnotice: () => {} });
  await root`create database bench`;
  const address = server.addressOf("bench");
  await migrate(address);
  const admin = postgres(address, { max: 2, onnotice: () => {} });
  const keys = await openKeyRing(join(folder, "keys"));
  await syncAccess(admin);
  await setUpSystemAccount(admin, keys);
  const database = openDatabase(address, 2);
  const clock = { today: () => "2026-11-20" as const, now: () => new Date() };
  const platform = { database, keys, clock, dataFolder: folder, fonts: {} };
  try {
    const written = await timed(() => write(admin, records));
    const sealed = await timed(() => sealRecords(platform));
    const least = await timed(() => readAndHash(admin));
    let highest = 0;
    const watch = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage.rss());
    }, 100);
    const begin = process.memoryUsage.rss();
    let told = 0;
    const verified = await timed(async () => {
      const { faultCount, records: found } = await verifyAudit((read) => read(admin), {
        dataFolder: folder,
        publicKey: publicHalf(keys.signingKey),
        async progress(so) {
          if (so.records - told < records / 10) return;
          told = so.records;
          console.log(`  ${so.records.toLocaleString("en")} of ${records.toLocaleString("en")}`);
        },
      });
      if (faultCount > 0 || found !== records) throw new Error("not as it was written");
    });
    clearInterval(watch);
    const line = (what: string, seconds: number) => ({
      "": what,
      s: seconds.toFixed(1),
      "records/s": Math.round(records / seconds),
      "× of the least": (seconds / least).toFixed(1),
    });
    console.log(`\nThe log: ${records.toLocaleString("en")} records`);
    console.table([
      line("rows read once, SHA-256 over their bytes (the least)", least),
      line("verified", verified),
      line("sealed", sealed),
      line("written", written),
    ]);
    console.log(
      `memory: ${Math.round(begin / 1e6)} MB before the verification, ${Math.round(highest / 1e6)} MB at most`,
    );
    return 0;
  } finally {
    await database.close();
    await admin.end();
    await root.end();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Looks at persons, as they stand in the log, a hundred thousand in one statement. */
async function write(admin: postgres.Sql, records: number): Promise<void> {
  for (let done = 0; done < records; done += 100_000)
    await admin`
      insert into audit.record (business_date, kind, action, staff_id, staff_name, office_code, address, session_id, purpose, program, person_number, items)
      select '2026-11-20', 'look', 'person.look', 1 + n % 40, 'mado' || n % 40 || ' 窓口 花子', '001', '192.0.2.1', gen_random_uuid(),
             'case', 'child-medical', lpad(n::text, 10, '0'), array['facts','name','address']
        from generate_series(1, ${Math.min(100_000, records - done)}::int) n`;
  await admin`vacuum analyze audit.record`;
}

/** All rows in the order in which they lie, by the same driver, in one hash. */
async function readAndHash(admin: postgres.Sql): Promise<void> {
  const hash = createHash("sha256");
  await admin`select record_send(r) as row from audit.record r`.cursor(5000, (rows) => {
    for (const { row } of rows) hash.update(row as Buffer);
  });
  hash.digest();
}
