import { createHash } from "node:crypto";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Encrypter } from "age-encryption";
import { openSystemSession } from "#src/platform/access/index.ts";
import { addressLine, lookAtPeople } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import { contractorsToday, handOver } from "#src/programs/vaccination/punched-files/handovers.ts";
import { type PunchedItem, punchedItems } from "#src/programs/vaccination/punched-files/items.ts";
import { judgeFile, takeFile } from "#src/programs/vaccination/punched-files/lots.ts";
import { moveFile } from "#src/programs/vaccination/punched-files/move.ts";
import { receivePunched } from "#src/programs/vaccination/punched-files/receive.ts";
import { makeKey, presentKey } from "#src/programs/vaccination/punched-files/transit-keys.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import { type BenchCity, cityOf } from "./city.ts";
import { isCopy } from "./copies.ts";
import { add } from "./rows.ts";
import { settings } from "./settings.ts";

const entering = { purpose: "case", program: "vaccination" } as const;
const items = Object.keys(punchedItems) as PunchedItem[];
/** Slips of a file, as far as the city has people for them. */
const whole = 100_000;
/** Whoever is vaccinated each year: a slip of each season for each of them. */
const vaccines = ["flu", "covid"] as const;

type Line = Partial<Record<PunchedItem, string>>;

/**
 * Punched files of slips: received, looked through and taken up with matching, six of ten by 券番号, three by number, one by
 * name, birth date and address; the slips are of people of 65 and more of the largest city that is asked for. Copies (`--copies`)
 * have no name that can be read: they are matched by number.
 */
export async function run(): Promise<number> {
  const city = await cityOf(settings.populations.at(-1) ?? 0);
  const key = await prepare(city);
  const lines = await linesOf(city);
  const quarter = lines.slice(0, Math.floor(lines.length / 5));
  const rest = lines.slice(quarter.length);
  const small = await takeIn(city, quarter, { key, order: "bench-1" });
  const large = await takeIn(city, rest, { key, order: "bench-2" });
  const states = await city.admin<{ state: string; slips: number }[]>`
    select state, count(*)::integer as slips from vaccination.slip where channel = 'punched' group by 1 order by 2 desc`;
  console.log(`  punched: ${states.map(({ state, slips }) => `${state} ${slips}`).join(", ")}`);
  const copied = await copyRate(city);
  const limit = { unit: "rows/s", reference: 2_000, peer: "limit", reach: 1, more: true };
  const count = rest.length.toLocaleString("en");
  for (const [title, taken] of [
    [`punched: ${count} slips received`, large.received],
    [`punched: ${count} slips looked through`, large.judged],
    [`punched: ${count} slips taken up`, large.taken],
  ] as const) {
    add({ name: title, value: rest.length / taken.seconds, ...limit });
    add({ name: `${title}, CPU`, value: rest.length / taken.cpu, ...limit });
  }
  add({
    name: "punched: taken up, against the rows alone",
    value: rest.length / large.taken.cpu,
    unit: "rows/s of CPU",
    reference: copied,
    peer: "bare COPY of the same slips",
    reach: 100,
    more: true,
  });
  add({
    name: "punched: memory of the larger file",
    value: large.taken.megabytes,
    unit: "MB",
    reference: small.taken.megabytes,
    peer: "of one of a quarter",
    reach: 1.3,
  });
  return 0;
}

async function prepare({ platform, actor }: BenchCity): Promise<string> {
  return runWork(platform, await actor("kessai1"), entering, async (work) => {
    if (!(await presentKey(work))) await makeKey(work);
    return (await presentKey(work))?.recipient ?? "";
  });
}

/** Slips of people of 65 and more; coupons are arranged by the administrator. */
async function linesOf({ admin, platform }: BenchCity): Promise<Line[]> {
  const today = platform.clock.today();
  const system = await openSystemSession(platform);
  const old = await admin<{ person: string }[]>`
    select person_number as person from vault.person
     where birth_date between ${addDays(today, -33_000)} and ${addDays(today, -24_500)} and resident_to is null and resident_from < ${addDays(today, -400)}
       and not exists (select from vaccination.shot s where s.person_number = person.person_number and s.given_on > ${addDays(today, -400)})
     order by person_number limit ${whole / vaccines.length}`;
  const givenOn = addDays(today, -20).replaceAll("-", "");
  const lines: Line[] = [];
  const coupons: { number: string; person: string; vaccine: string }[] = [];
  for (let from = 0; from < old.length; from += 1000) {
    const people = await runWork(
      platform,
      system,
      { purpose: "feed", program: "vaccination" },
      async (work) => {
        const [originals, copies] = [false, true].map((copied) =>
          old
            .slice(from, from + 1000)
            .flatMap(({ person }) => (isCopy(person) === copied ? person : [])),
        );
        return [
          ...(await lookAtPeople(work, originals ?? [], ["facts", "name", "address"])),
          ...(await lookAtPeople(work, copies ?? [], ["facts"])),
        ];
      },
    );
    for (const [at, person] of people.entries())
      for (const [n, vaccine] of vaccines.entries()) {
        const place = (from + at) * vaccines.length + n;
        const number = withCheckDigit(String(500_000_000 + place));
        const way = person.name ? place % 10 : place % 9;
        if (way < 6) coupons.push({ number, person: person.personNumber, vaccine });
        lines.push({
          outcome: "1",
          vaccine,
          dose: "1",
          givenOn: way % 2 ? givenOn : addDays(today, -27).replaceAll("-", ""),
          product: "見本製品",
          lot: "AB123",
          volume: "0.5",
          route: "1",
          clinic: "4310000005",
          doctor: "見本 医師",
          image: `${place}.tif`,
          ...(way < 6 ? { coupon: number } : way < 9 ? { person: person.personNumber } : {}),
          ...(way === 9 && {
            kana: person.name?.kana ?? "",
            name: person.name?.kanji ?? "",
            birth: person.birthDate.replaceAll("-", ""),
            sex: person.sex === "male" ? "1" : "2",
            address: person.address ? addressLine(person) : "",
          }),
        });
      }
  }
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    for (let at = 0; at < coupons.length; at += 10_000) {
      const some = coupons.slice(at, at + 10_000);
      await sql`insert into vaccination.coupon (number, person_number, vaccine, dose, label, usable_from, usable_to, issued_on, template_version)
        select n, p, v, 1, '1回目', ${addDays(today, -90)}::date, ${addDays(today, 90)}::date, ${addDays(today, -100)}::date, 'bench'
          from unnest(${some.map((one) => one.number)}::text[], ${some.map((one) => one.person)}::text[], ${some.map((one) => one.vaccine)}::text[]) x(n, p, v)
        on conflict do nothing`;
    }
  });
  await admin`analyze vaccination.coupon`;
  return lines;
}

async function takeIn(
  city: BenchCity,
  lines: readonly Line[],
  { key, order }: { key: string; order: string },
) {
  const { platform, actor, measure } = city;
  const [clerk, chief, system] = [
    await actor("kessai1"),
    await actor("kessai2"),
    await openSystemSession(platform),
  ];
  const bytes = await encrypted(lines, key, order);
  const handoverId = await runWork(platform, clerk, entering, async (work) => {
    const [contractor] = await contractorsToday(work);
    const today = platform.clock.today();
    return handOver(work, {
      contractorId: contractor?.id,
      orderNumber: order,
      slips: lines.length,
      boxes: 1,
      sentOn: today,
      dueOn: today as IsoDate,
    });
  });
  const received = await measure(() =>
    receivePunched(platform, clerk, { handoverId, name: `${order}.age`, source: inParts(bytes) }),
  );
  const fileId = received.result;
  const judged = await measure(() => judgeFile(platform, system, fileId));
  await runWork(platform, chief, entering, (work) =>
    moveFile(work, { id: fileId, type: "approve" }),
  );
  const taken = await measure(() => takeFile(platform, system, fileId));
  return { received, judged, taken };
}

async function encrypted(lines: readonly Line[], key: string, order: string): Promise<Uint8Array> {
  const table = [
    items.map((item) => punchedItems[item].title),
    ...lines.map((line) => items.map((item) => line[item] ?? "")),
  ];
  const body = Buffer.from(`${table.map((fields) => fields.join(",")).join("\n")}\n`);
  const sum = createHash("sha256").update(body).digest("hex");
  const encrypter = new Encrypter();
  encrypter.addRecipient(key);
  return encrypter.encrypt(
    Buffer.concat([Buffer.from(`HD,1,BENCH,${order},${lines.length},${sum}\n`), body]),
  );
}

async function* inParts(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** Rows a second of processor time of a bare COPY of the slips into a table without an index. */
async function copyRate({ admin, measure }: BenchCity): Promise<number> {
  const connection = await admin.reserve();
  try {
    await connection`create temp table bare (like vaccination.slip)`;
    const text = await connection`copy vaccination.slip to stdout`.readable();
    const parts: Buffer[] = [];
    text.on("data", (part: Buffer) => parts.push(part));
    await once(text, "end");
    const { cpu } = await measure(async () =>
      pipeline(Readable.from(parts), await connection`copy bare from stdin`.writable()),
    );
    const [row] = await connection<{ rows: number }[]>`select count(*)::integer as rows from bare`;
    return (row?.rows ?? 0) / cpu;
  } finally {
    connection.release();
  }
}
