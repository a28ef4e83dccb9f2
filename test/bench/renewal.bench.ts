import { openSystemSession } from "#src/platform/access/index.ts";
import { registeredAddress, registeredName } from "#src/platform/entry-parts/index.ts";
import { writeRecords } from "#src/platform/people/feed-records.ts";
import { lookAtPeople } from "#src/platform/people/index.ts";
import {
  approveChosen,
  judgePortion,
  moveSeason,
  nextProposed,
  planSeason,
  readSeason,
} from "#src/platform/renewals/index.ts";
import { putSealed } from "#src/platform/vault/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { singleParentRenewal } from "#src/programs/single-parent-medical/index.ts";
import { addDays, isoDate, partsOf } from "#workflows/dates/iso-date.ts";
import { type BenchCity, cityOf } from "./city.ts";
import { add } from "./rows.ts";
import { settings } from "./settings.ts";

/** Households of a season: as many as live alone in the city (in one of 150,000 some forty thousand), and no more than this. */
const most = 40_000;
const program = "single-parent-medical";

/** A season in which everybody has answered: judged, decided by another person, against a plain UPDATE of the same rows. */
export async function run(): Promise<number> {
  const population = settings.populations.at(-1) ?? 15_000;
  const city = await cityOf(population);
  const { season, households } = await arrange(city);
  let clear = 0;
  const judged = await city.measure(async () => {
    for (let after: number | null = 0; after !== null; ) {
      const from: number = after;
      const portion = await as(city, "kessai2", async (work) =>
        judgePortion(work, singleParentRenewal, await readSeason(work, season), {
          state: "received",
          after: from,
        }),
      );
      clear += portion.clear;
      after = portion.after;
    }
  });
  let done = 0;
  const decided = await city.measure(async () => {
    for (let after = 0; ; ) {
      const last = await as(city, "kessai1", async (work) => {
        const chosen = await nextProposed(work, {
          seasonId: season,
          state: "renewal-proposed",
          after,
        });
        if (chosen.length === 0) return undefined;
        const result = await approveChosen(
          work,
          singleParentRenewal,
          await readSeason(work, season),
          chosen,
        );
        done += result.done.length;
        return chosen.at(-1)?.serial;
      });
      if (last === undefined) break;
      after = last;
    }
  });
  if (clear !== households || done !== households) {
    console.log(`  renewal: ${clear} clear and ${done} decided of ${households}`);
    return 1;
  }
  const plain = await city.measure(
    () => city.admin`
    update renewals.answer set state = 'renewed', revision = revision + 1, judged_on = judged_on, decided_at = now() where season_id = ${season}`,
  );
  const rate = (seconds: number) => households / seconds;
  const title = `renewal: ${households.toLocaleString("en")} households`;
  console.log(
    `  ${title}: judged ${rate(judged.seconds).toFixed(0)}/s (CPU ${judged.cpu.toFixed(1)} s), decided ${rate(decided.seconds).toFixed(0)}/s (CPU ${decided.cpu.toFixed(1)} s)`,
  );
  for (const [name, { seconds }] of [
    ["judged", judged],
    ["judged once more and decided", decided],
  ] as const)
    add({
      name: `${title} ${name}`,
      value: rate(seconds),
      unit: "/s",
      reference: rate(plain.seconds),
      peer: "plain UPDATE of the rows",
      reach: 50,
      more: true,
    });
  return 0;
}

const as = async <T>(city: BenchCity, who: string, work: (work: Work) => Promise<T>): Promise<T> =>
  runWork(city.platform, await city.actor(who), { purpose: "case", program }, work);

/** Households that were granted, whose taxes are known and whose 現況届 came in. */
async function arrange(city: BenchCity): Promise<{ season: string; households: number }> {
  const { admin, platform } = city;
  const today = platform.clock.today();
  const { year } = partsOf(today);
  const people = await admin<{ number: string; office: string }[]>`
    select min(p.person_number) as number, min(p.office_code) as office from vault.person p
     where p.resident_to is null and p.died_on is null group by p.household_number having count(*) = 1 and bool_and(p.birth_date < ${isoDate(year - 20, 1, 1)})
     order by 1 limit ${most}`;
  const numbers = people.map(({ number }) => number);
  const offices = people.map(({ office }) => office);
  const cases = await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    const rows = await sql<{ id: string; number: string }[]>`
      insert into cases.case (number, program, kind, machine_version, person_number, office_code, state, received_on, opened_by, opening_key)
      select 'B-' || n, ${program}, ${`${program}/application`}, 1, p, o, 'granted', ${addDays(today, -400)}, s.id, 'bench ' || p
        from unnest(${numbers}::text[], ${offices}::text[]) with ordinality x(p, o, n), access.staff s where s.login_name = 'mado2'
      returning id, person_number as number`;
    const ids = rows.map(({ id }) => id);
    await sql`insert into cases.member (case_id, person_number, role, from_revision)
      select c.id, c.person_number, r, 1 from cases.case c cross join unnest(array['subject', 'applicant']) r where c.id = any(${ids}::uuid[])`;
    await sql`insert into people.needed (person_number, program, kind, case_id, since, announced_by)
      select c.person_number, c.program, 'tax', c.id, ${addDays(today, -400)}, c.opened_by from cases.case c where c.id = any(${ids}::uuid[])`;
    await sql`insert into entitlements.entitlement (program, kind, person_number, case_id, recipient_number, office_code, valid_from, valid_to, granted_to, granted_on)
      select c.program, 'medical', c.person_number, c.id, lpad((row_number() over ())::text, 7, '0'), c.office_code, ${addDays(today, -400)}, ${isoDate(year + 6, 3, 31)},
             ${isoDate(year + 6, 3, 31)}, ${addDays(today, -400)} from cases.case c where c.id = any(${ids}::uuid[])`;
    return rows;
  });
  const caseOf = new Map(cases.map(({ id, number }) => [number, id]));
  const incomeYear = await as(
    city,
    "kessai2",
    (work) => singleParentRenewal.incomeYear?.(work, isoDate(year + 1, 1, 1)) ?? Promise.resolve(0),
  );
  for (let from = 0; from < numbers.length; from += 500) {
    const lot = numbers.slice(from, from + 500);
    const sealed = await as(city, "kessai2", async (work) => {
      const made: { caseId: string; number: string; id: string }[] = [];
      for (const person of await lookAtPeople(work, lot, ["facts", "name", "address"])) {
        const number = person.personNumber;
        const caseId = caseOf.get(number) ?? "";
        const data = {
          category: { code: "divorce", since: "2020-04-01" },
          applicant: {
            ...registeredName(person),
            ...registeredAddress(person),
            relation: "mother",
            telephone: "",
          },
          insurance: {},
          people: [],
          childSupport: 0,
          welfare: false,
        };
        made.push({
          caseId,
          number,
          id: await putSealed(work, { holder: number, program, kind: "entry", caseId, data }),
        });
      }
      return made;
    });
    await admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`insert into entitlements.record (granting_case_id, person_number, case_id, sealed_id, effective_from)
        select c, p, c, s, ${addDays(today, -400)} from unnest(${sealed.map(({ caseId }) => caseId)}::uuid[], ${sealed.map(({ number }) => number)}::text[],
          ${sealed.map(({ id }) => id)}::uuid[]) x(c, p, s)`;
    });
    await tell(city, lot, incomeYear);
  }
  await admin`analyze`;
  const season = await as(city, "kessai2", (work) =>
    planSeason(work, {
      program,
      year,
      entitledOn: today,
      startsOn: isoDate(year + 1, 1, 1),
      dueOn: addDays(today, 20),
      remindOn: addDays(today, 21),
      warnOn: addDays(today, 30),
      warnedUntil: addDays(today, 40),
      incomeYear,
      overLimit: "lost",
      noAnswer: "lost",
    }),
  );
  await as(city, "kessai1", (work) => moveSeason(work, { id: season, seen: 1, type: "open" }));
  await admin`update renewals.answer set state = 'received', received_on = ${today}, via = 'post', changes = 'none',
    received_by = (select id from access.staff where login_name = 'mado2') where season_id = ${season}`;
  await admin`vacuum analyze renewals.answer`;
  return { season, households: numbers.length };
}

/** What the tax office determined of people. */
async function tell(
  { admin, platform }: BenchCity,
  numbers: readonly string[],
  incomeYear: number,
) {
  const [file] = await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    return sql<{ id: string }[]>`
      insert into feeds.import (kind, layout, file_name, file_date, extent, sequence, state, prepared_by, committed_by)
      select 'tax', 'x', 'x', ${platform.clock.today()}, 'diff', 1 + (select count(*) from feeds.import), 'committing', min(id), min(id) + 1
        from access.staff returning id`;
  });
  await runWork(platform, await openSystemSession(platform), { purpose: "feed" }, async (work) => {
    const rows = await work.sql<{ holder: string; wrapped_key: Buffer }[]>`
      select * from vault.keys_of(${[...numbers]}::text[])`;
    await writeRecords(
      work,
      "tax",
      file?.id ?? "",
      rows.map(({ holder, wrapped_key }) => ({
        personNumber: holder,
        subject: String(incomeYear),
        toldOn: `${incomeYear + 1}-06-10`,
        content: {
          incomeYear,
          determinedOn: `${incomeYear + 1}-06-10`,
          assessment: "taxed",
          total: 1_000_000,
          income: { salary: 0, pension: 0, business: 1_000_000, other: 0, deductions: {} },
          dependants: {
            spouse: "none",
            under16: 1,
            general: 0,
            aged16To18: 0,
            specific: 0,
            elderly: 0,
          },
          incomeLevy: 10_000,
        },
        key: platform.keys.unwrap(wrapped_key),
      })),
    );
  });
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`update feeds.import set state = 'committed' where id = ${file?.id ?? ""}`;
  });
}
