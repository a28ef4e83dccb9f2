import { type InventedRecipient, inventedReceipts } from "#src/demonstration/invented-receipts.ts";
import { openSystemSession } from "#src/platform/access/index.ts";
import { getFile, judgeFile, receiveReceipts } from "#src/platform/receipts/index.ts";
import { approveFile } from "#src/platform/receipts/jobs.ts";
import { receiptWork } from "#src/platform/receipts/move.ts";
import { postFile } from "#src/platform/receipts/post-file.ts";
import { readUke } from "#src/platform/receipts/uke.ts";
import { runWork } from "#src/platform/work.ts";
import { addMonths, type IsoMonth } from "#workflows/dates/iso-date.ts";
import { reckonReceipt } from "#workflows/intractable-disease/receipt.ts";
import { planOfCopays } from "#workflows/medical/subsidy.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import { judgeReceipt } from "#workflows/receipts/judge.ts";
import { type BenchCity, cityOf } from "./city.ts";
import type { Taken } from "./meter.ts";
import { add } from "./rows.ts";
import { settings } from "./settings.ts";

function row<T>(value: T) {
  return {
    name: "bench",
    rows: [{ from: "2020-04-01" as const, value, source: "bench", certainty: "assumed" as const }],
  };
}
const kinds = {
  "child-medical": {
    payer: "83430017",
    copayOf: (visits: number) => Math.min(visits, 2) * 500,
    plan: {
      copay: row(planOfCopays([{ kind: "outpatient", unit: "visit", amount: 500, maxTimes: 2 }])),
    },
    as: {},
  },
  /** Two tenths each, and a cap that a month does not reach; three tenths are left by the insurance. */
  "intractable-disease": {
    payer: "54439997",
    copayOf: () => Number.POSITIVE_INFINITY,
    plan: { reckon: reckonReceipt },
    as: { type: "1122", note: "28" },
  },
} as const;
const program = settings.program as keyof typeof kinds;
const { payer, copayOf, as } = kinds[program];
const claimMonth = "2026-10";

/** Some of the receipts of a month of a city that has 1,500,000 a year. */
const whole = settings.receipts;

const plan = {
  program,
  entitlementKind: "medical",
  payers: row([payer]),
  ...kinds[program].plan,
};

/** Receipts of a month: read and judged in memory, and taken in, judged and posted in a city; the files are made beforehand. */
export async function run(): Promise<number> {
  const [population = 0] = settings.populations;
  const city = await cityOf(population);
  const people = await recipients(city);
  const fileOf = (count: number, seed: number) => [
    ...inventedReceipts({
      recipients: people,
      claimMonth,
      count,
      copayOf,
      faultEvery: 100,
      seed,
      ...as,
    }),
  ];
  const inMemory = fileOf(whole, 1);
  const read = await city.measure(() => inMemoryOnly(inMemory));
  rate("receipts: read and judged in memory", read, 20_000);
  const part = await city.measure(() => takeIn(city, fileOf(whole / 4, 2)));
  const taken = await city.measure(() => takeIn(city, fileOf(whole, 3)));
  rate("receipts: taken in, judged and posted", taken, 3_000);
  add({
    name: "receipts: memory of the larger file",
    value: taken.megabytes,
    unit: "MB",
    reference: part.megabytes,
    peer: "of one of a quarter",
    reach: 1.3,
  });
  if (settings.children > 0) await year(city, settings.children);
  return 0;
}

/** Receipts that a child has in a year. */
const aChild = 15;
const months = Array.from(
  { length: 12 },
  (_, n) => addMonths("2025-11-01", n).slice(0, 7) as IsoMonth,
);

/** A year of receipts of many children, a file a month; the files are invented while they are taken in, so that memory shows what is kept. */
async function year(city: BenchCity, children: number): Promise<void> {
  const people = await clonedRecipients(city, children);
  const count = Math.round((children * aChild) / months.length);
  const taken: Taken<void>[] = [];
  for (const [seed, month] of months.entries()) {
    const source = inventedReceipts({
      recipients: people,
      claimMonth: month,
      count,
      copayOf,
      faultEvery: 100,
      institutions: 400,
      seed: 100 + seed,
    });
    taken.push(await city.measure(() => takeIn(city, source, month)));
    const { seconds, cpu, megabytes } = taken.at(-1) ?? { seconds: 0, cpu: 0, megabytes: 0 };
    console.log(
      `  receipts: ${month} ${count.toLocaleString("en")}: ${seconds.toFixed(0)} s, CPU ${cpu.toFixed(0)} s, ${megabytes.toFixed(0)} MB`,
    );
  }
  const [ledger] = await city.admin<{ rows: number }[]>`
    select count(*)::integer as rows from receipts.benefit`;
  const all = count * months.length;
  const name = `receipts: ${all.toLocaleString("en")} of a year of ${children.toLocaleString("en")} children`;
  console.log(`  ${name}: ${ledger?.rows.toLocaleString("en")} rows of the ledger`);
  const sum = (pick: (one: { seconds: number; cpu: number }) => number) =>
    taken.reduce((total, one) => total + pick(one), 0);
  const limit = { unit: "receipts/s", reference: 3_000, peer: "limit", reach: 1, more: true };
  add({ name, value: all / sum(({ seconds }) => seconds), ...limit });
  add({ name: `${name}, CPU`, value: all / sum(({ cpu }) => cpu), ...limit });
  const [first, last] = [taken[0], taken.at(-1)];
  if (!first || !last) return;
  add({
    name: `${name}: CPU of the last month`,
    value: last.cpu,
    unit: "s",
    reference: first.cpu,
    peer: "of the first",
    reach: 1.3,
  });
  add({
    name: `${name}: memory of the last month`,
    value: last.megabytes,
    unit: "MB",
    reference: first.megabytes,
    peer: "of the first",
    reach: 1.3,
  });
}

/** As many people as are wanted, arranged by the administrator as copies of the children of the city, each with a number and an entitlement. */
async function clonedRecipients(city: BenchCity, count: number): Promise<InventedRecipient[]> {
  const { admin } = city;
  const numbers = Array.from({ length: count }, (_, at) => withCheckDigit(String(400_000 + at)));
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`
      create temp table copied on commit drop as
        select x.n as recipient_number, '8' || lpad(x.at::text, 9, '0') as copy, p.*
          from unnest(${numbers}::text[]) with ordinality x(n, at)
          join (select q.*, row_number() over (order by q.person_number) as place, count(*) over () as many
                  from vault.person q where q.birth_date between '2010-01-01' and '2024-12-31') p on p.place = 1 + x.at % p.many`;
    const columns = await sql<{ name: string }[]>`
      select column_name as name from information_schema.columns
       where table_schema = 'vault' and table_name = 'person' and column_name not in ('person_number', 'source_token', 'outside', 'household_number')`;
    const list = columns.map(({ name }) => name).join(", ");
    await sql.unsafe(
      `insert into vault.person (person_number, source_token, outside, household_number, ${list})
       select copy, copy::bigint, false, 'B' || copy, ${list} from copied`,
    );
    await sql`insert into entitlements.recipient (program, recipient_number, person_number, valid_from)
      select 'child-medical', recipient_number, copy, '2020-04-01' from copied`;
    await sql`insert into entitlements.entitlement (program, kind, person_number, case_id, recipient_number, office_code, valid_from, valid_to, granted_to, granted_on)
      select 'child-medical', 'medical', copy, gen_random_uuid(), recipient_number, office_code, '2020-04-01', '2030-03-31', '2030-03-31', '2020-04-01' from copied`;
  });
  await admin`analyze`;
  const people = await admin<{ birth: string; number: string }[]>`
    select p.birth_date::text as birth, r.recipient_number as number
      from vault.person p join entitlements.recipient r using (person_number) where p.person_number like '8%' and p.household_number like 'B8%' order by 2`;
  return people.map(({ birth, number }) => ({
    payer,
    recipientNumber: number,
    birth: birth as InventedRecipient["birth"],
  }));
}

/** By the clock, and by the time of all processors together. */
function rate(name: string, { seconds, cpu }: { seconds: number; cpu: number }, limit: number) {
  for (const [title, taken] of [
    [name, seconds],
    [`${name}, CPU`, cpu],
  ] as const)
    add({
      name: title,
      value: whole / taken,
      unit: "receipts/s",
      reference: limit,
      peer: "limit",
      reach: 1,
      more: true,
    });
}

async function inMemoryOnly(source: readonly Uint8Array[]): Promise<number> {
  let judged = 0;
  for await (const part of readUke(inParts(source)))
    if ("receipt" in part) {
      judgeReceipt(part.receipt.facts, [plan], { pointsHigh: 100_000 }, claimMonth);
      judged += 1;
    }
  return judged;
}

/** As a file comes from a disk: parts of 64 KB. */
function* inParts(source: Iterable<Uint8Array>): Generator<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for (const part of source) {
    held.push(part);
    size += part.length;
    if (size < 65_536) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held);
}

async function takeIn(
  city: BenchCity,
  source: Iterable<Uint8Array>,
  month: IsoMonth = claimMonth,
): Promise<void> {
  const { platform } = city;
  const fileId = await receiveReceipts(platform, await city.actor("ikkatsu1"), {
    name: "RECEIPTC.UKE",
    source: inParts(source),
    channel: "payment-fund",
    claimMonth: month,
    paymentMonth: addMonths(`${month}-01`, 1).slice(0, 7) as IsoMonth,
  });
  const system = await openSystemSession(platform);
  await judgeFile(platform, system, fileId);
  await runWork(platform, await city.actor("kessai1"), receiptWork, async (work) => {
    const { revision } = await getFile(work, fileId);
    await approveFile(work, { fileId, revision });
  });
  await Promise.all([postFile(platform, system, fileId), postFile(platform, system, fileId)]);
}

/** People of the city with numbers and entitlements, arranged by the administrator. */
async function recipients({ admin }: BenchCity): Promise<InventedRecipient[]> {
  const people = await admin<{ person: string; birth: string }[]>`
    select person_number as person, birth_date::text as birth from vault.person where birth_date > '2010-01-01' order by person_number limit 5000`;
  const all = people.map(({ person, birth }, at) => ({
    payer,
    person,
    birth: birth as InventedRecipient["birth"],
    recipientNumber: withCheckDigit(String(300_000 + at)),
  }));
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`insert into entitlements.recipient (program, recipient_number, person_number, valid_from)
      select ${program}, n, p, '2020-04-01' from unnest(${all.map((o) => o.recipientNumber)}::text[], ${all.map((o) => o.person)}::text[]) x(n, p) on conflict do nothing`;
    await sql`insert into entitlements.entitlement (program, kind, person_number, case_id, recipient_number, office_code, valid_from, valid_to, granted_to, granted_on)
      select ${program}, 'medical', p, gen_random_uuid(), n, '431010', '2020-04-01', '2030-03-31', '2030-03-31', '2020-04-01'
        from unnest(${all.map((o) => o.recipientNumber)}::text[], ${all.map((o) => o.person)}::text[]) x(n, p)
       where not exists (select from entitlements.entitlement e where e.person_number = p and e.program = ${program})`;
    if (program === "intractable-disease")
      await sql`insert into intractable_disease.terms (entitlement_id, case_id, valid_from, tier, meal_exempt, full_cap, cap, apportioned, long_high_cost, ventilator,
          mild_high_cost, income_unconfirmed, tax_year, limit_category, payer_number, diseases, recorded_by)
        select id, case_id, valid_from, '上位所得', false, 30000, 30000, false, false, false, false, false, 2026, 'ウ', ${payer}, '{6}', 1
          from entitlements.entitlement where program = ${program}`;
  });
  await admin`analyze`;
  return all;
}
