import { expect, test } from "vitest";
import { heldOf } from "#src/platform/oversight/held.ts";
import {
  getSubjectRequest,
  moveSubjectRequest,
  openSubjectRequest,
} from "#src/platform/oversight/index.ts";
import { countRequests, provide, setFlag } from "#src/platform/provision/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { programs } from "#src/programs/registry.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { isoDate } from "#workflows/dates/iso-date.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const as = async <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
  runWork(city.platform, await city.actor(who), { purpose: "inquiry" }, run);

/** A child with a certificate under a number that was merged into another one. */
async function merged() {
  const child = await counter.family();
  await counter.toIssued(child);
  const { individualNumber: _, ...record } = invented({ birthDate: "2026-05-10" });
  const [canonical = ""] = await runWork(
    city.platform,
    await city.system(),
    { purpose: "feed" },
    (work) => writePeople(work, [{ record }]),
  );
  await city.admin`
    insert into people.merge (merged, canonical, ground, state, preview, decided_at)
    values (${child}, ${canonical}, 'individual-number', 'merged', '{}', now())`;
  return { child, canonical };
}
const unmerge = (child: string) =>
  city.admin`update people.merge set state = 'unmerged' where merged = ${child}`;

/** A request about that number that is worked on. */
async function investigated(personNumber: string): Promise<number> {
  const today = city.platform.clock.today();
  const id = await as("privacy1", (work) =>
    openSubjectRequest(work, {
      kind: "disclosure",
      personNumber,
      birthDate: isoDate(2026, 5, 10),
      asker: "self",
      method: "number-card",
      documents: [],
      mandateSeen: false,
      receivedOn: today,
      program: null,
    }),
  );
  await as("privacy1", async (work) =>
    moveSubjectRequest(work, await getSubjectRequest(work, id), {
      event: "investigate",
      doneOn: today,
      said: "記録を調べます。",
      proposed: { outcome: undefined, reason: undefined, withheld: {} },
    }),
  );
  return id;
}
const held = (id: number) =>
  as("privacy1", async (work) => heldOf(work, await getSubjectRequest(work, id), programs));

test("統合した方の開示請求には、どちらの番号で持つものも載り、分離すれば載らない", async () => {
  const { child, canonical } = await merged();
  const id = await investigated(canonical);
  const { lines } = await held(id);
  expect(lines.cases.join()).toContain("R8-");
  expect(lines.entitlements.join()).toContain("受給者番号");
  expect(lines.papers.length).toBeGreaterThan(0);
  expect(lines.entries.join()).toContain("保険者");
  const looked = await city.admin<{ number: string }[]>`
    select distinct person_number as number from audit.record where action = 'subject-request.held' order by 1`;
  expect(looked.map(({ number }) => number)).toEqual([child, canonical].toSorted());
  await unmerge(child);
  const after = (await held(id)).lines;
  expect([after.cases, after.entitlements, after.papers, after.entries]).toEqual([[], [], [], []]);
});

test("統合した番号の支援措置は、統合先の番号の開示請求でも住所を隠す", async () => {
  const { child, canonical } = await merged();
  await city.admin`update vault.person set protected_from = '2026-04-01' where person_number = ${child}`;
  const id = await investigated(canonical);
  expect((await held(id)).addressProtected).toBe(true);
  await unmerge(child);
  expect((await held(id)).addressProtected).toBe(false);
});

test("統合した番号の自動応答不可は、統合先の番号への提供も待たせ、提供の記録はどちらの番号でも見つかる", async () => {
  const { child, canonical } = await merged();
  await city.admin`
    insert into provision.rule (recipient, legal_basis, work, items, way, valid_from, source, timing, proposed_by, decision, decided_by, decided_at)
    select '見本町', '見本条例第3条', '手当の支給', '{name}', 'paper', '2026-04-01', '評価書 II-5', 'as-needed', min(id), 'approved', max(id), now() from access.staff`;
  await as("supervisor1", (work) => setFlag(work, child, "safety"));
  const ask = (person: string) =>
    as("supervisor1", (work) =>
      provide(work, { recipient: "見本町", basis: "見本条例第3条", person, items: ["name"] }),
    );
  expect(await ask(canonical)).toMatchObject({ outcome: "waiting" });
  const found = (person: string) => as("auditor1", (work) => countRequests(work, { person }));
  expect([await found(canonical), await found(child)]).toEqual([1, 1]);
  await unmerge(child);
  expect(await ask(canonical)).toMatchObject({ outcome: "provided" });
  expect([await found(canonical), await found(child)]).toEqual([2, 0]);
});

test("統合した方を尋ねる提供ファイルには、どちらの番号の資格も載る", async () => {
  const { child, canonical } = await merged();
  const [rule] = await city.admin<{ id: number }[]>`
    insert into provision.rule (recipient, legal_basis, work, items, way, valid_from, source, program, timing, proposed_by, decision, decided_by, decided_at)
    select '見本の課', '見本条例第4条', '手当の支給', '{recipient-number}', 'paper', '2026-04-01', '評価書 II-5', 'child-medical', 'as-needed', min(id), 'approved', max(id), now() from access.staff
    returning id`;
  const told = async () => {
    const people = await as("supervisor1", async (work) => {
      const [made] = await work.sql<{ file_id: number }[]>`
        select file_id from provision.prepare_file(${rule?.id ?? 0}, '2026-10-01', '2026-11-20', '{recipient-number}', ${[canonical]}::text[])`;
      return work.sql<{ number: string }[]>`
        select person_number as number from provision.file_person where file_id = ${made?.file_id ?? 0}`;
    });
    return people.map(({ number }) => number);
  };
  expect(await told()).toEqual([child]);
  await unmerge(child);
  expect(await told()).toEqual([]);
});
