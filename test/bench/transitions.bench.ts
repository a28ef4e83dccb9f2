import type { Sql } from "postgres";
import { playedChildMedical } from "#src/demonstration/child-medical.ts";
import { playedCase } from "#src/demonstration/counter.ts";
import { findSomeChildren } from "#src/demonstration/find-people.ts";
import { type Applied, applyEvent } from "#src/platform/cases/index.ts";
import { runWork } from "#src/platform/work.ts";
import { type BenchCity, cityOf } from "./city.ts";
import { add } from "./rows.ts";
import { settings } from "./settings.ts";

/** Cases, and how many of them move at the same moment. */
const [cases, atATime] = [96, 8];
/** Statements of the loop, so that both take about as long. */
const loops = 2000;

/**
 * Steps of cases as the screens make them, one transaction each: checked by the machine and by the database, with event,
 * audit record, deadlines and effects; beside an equal loop of the statements of `pgbench -N` (update, select, insert).
 */
export async function run(): Promise<number> {
  for (const population of settings.populations) {
    const city = await cityOf(population);
    const moved = await proposals(city);
    await plainLoop(city.admin, 200);
    const plain = await city.measure(() => plainLoop(city.admin, loops));
    const step = async (type: string, who: string, comment?: string) => {
      const actor = await city.actor(who);
      return city.measure(() =>
        someAtATime(moved.keys().toArray(), async (at) => {
          const before = moved[at];
          if (before) moved[at] = await apply(city, actor, before, { type, comment });
        }),
      );
    };
    const taken = [
      await step("requestDecision", "mado2"),
      await step("remand", "kessai1", "方書を確かめてください。"),
    ];
    const steps = moved.length * taken.length;
    for (const pick of ["seconds", "cpu"] as const)
      add({
        name: `transitions: ${population.toLocaleString("en")} people, ${atATime} at a time${pick === "cpu" ? ", CPU" : ""}`,
        value: (taken.reduce((sum, one) => sum + one[pick], 0) / steps) * 1000,
        unit: "ms",
        reference: (plain[pick] / loops) * 1000,
        peer: "a loop as pgbench -N",
        reach: 4,
      });
  }
  return 0;
}

type Moved = Pick<Applied, "caseId" | "revision">;

/** Cases that wait for somebody to ask for their decision. */
async function proposals(city: BenchCity): Promise<Moved[]> {
  const { platform, actor, admin } = city;
  const [enters, examines, decides] = [
    await actor("mado1"),
    await actor("mado2"),
    await actor("kessai1"),
  ];
  const finders = { prepares: await actor("ikkatsu1"), enters };
  const children = await findSomeChildren(platform, finders, { count: cases });
  const ids: string[] = [];
  await someAtATime(children, async (child) => {
    const played = await playedCase(
      platform,
      { enters, examines, decides },
      playedChildMedical,
      child,
    );
    await played.toProposal();
    ids.push(played.id);
  });
  const rows = await admin<{ id: string; revision: number }[]>`
    select id, revision from cases.case where id = any(${ids}::uuid[])`;
  return rows.map(({ id, revision }) => ({ caseId: id, revision }));
}

const apply = (
  { platform }: BenchCity,
  actor: Awaited<ReturnType<BenchCity["actor"]>>,
  { caseId, revision }: Moved,
  { type, comment }: { type: string; comment: string | undefined },
): Promise<Moved> =>
  runWork(platform, actor, { purpose: "case", program: "child-medical", caseId }, (work) =>
    applyEvent(work, {
      caseId,
      expectedRevision: revision,
      event: { type },
      idempotencyKey: `${type} ${revision}`,
      comment,
    }),
  );

/** What `pgbench -N` does in a transaction, by the same driver on the same server. */
async function plainLoop(admin: Sql, times: number): Promise<void> {
  await admin.unsafe(`create table if not exists plain_account (id integer primary key, balance integer not null);
    create table if not exists plain_history (account integer, delta integer, at timestamptz);
    insert into plain_account select n, 0 from generate_series(1, 100000) n on conflict do nothing`);
  try {
    await someAtATime(Array.from({ length: times }).keys().toArray(), (at) =>
      admin.begin(async (sql) => {
        const id = ((at * 7919) % 100_000) + 1;
        await sql`update plain_account set balance = balance + ${at} where id = ${id}`;
        await sql`select balance from plain_account where id = ${id}`;
        await sql`insert into plain_history (account, delta, at) values (${id}, ${at}, now())`;
      }),
    );
  } finally {
    await admin.unsafe("drop table plain_account, plain_history");
  }
}

/** Does something with each of them, some at the same moment. */
async function someAtATime<T>(
  queue: readonly T[],
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const rest = [...queue];
  const worker = async () => {
    for (let next = rest.pop(); next !== undefined; next = rest.pop()) await work(next);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}
