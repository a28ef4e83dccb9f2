import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  linesAfter,
  type Merge,
  mergeActions,
  mergesOf,
  moveMerge,
  previewMerge,
  proposeMerge,
  proposeUnmerge,
  settleLine,
} from "#src/platform/merges/index.ts";
import { addNote } from "#src/platform/notes/index.ts";
import {
  canonicalOf,
  findPeople,
  lookAtPeople,
  lookAtPerson,
  type PersonRecord,
} from "#src/platform/people/index.ts";
import { runWork, type WorkOptions } from "#src/platform/work.ts";
import { historiesOf } from "#src/programs/vaccination/shots.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const city = await openTestPlatform();
const as = async <T>(
  who: TestStaff | "system",
  work: Parameters<typeof runWork<T>>[3],
  options: WorkOptions = { purpose: "counter" },
) =>
  runWork(
    city.platform,
    who === "system" ? await city.system() : await city.actor(who),
    options,
    work,
  );
const write = (records: PersonRecord[]) =>
  as(
    "system",
    (work) =>
      writePeople(
        work,
        records.map((record) => ({ record })),
      ),
    { purpose: "feed" },
  );
let n = 0;
/** Without 個人番号, so that nothing stands against it. */
const somebody = (given: Partial<PersonRecord> = {}): PersonRecord => {
  const { individualNumber: _, ...record } = invented({
    name: { kanji: `統合　${n}`, kana: `トウゴウ　${"アイウエオカキクケコ"[n++ % 10]}` },
    ...given,
  });
  return record;
};
const two = async (one: Partial<PersonRecord> = {}, other: Partial<PersonRecord> = {}) => {
  const [merged = "", canonical = ""] = await write([somebody(one), somebody(other)]);
  return { merged, canonical };
};
const propose = (
  who: TestStaff,
  merged: string,
  canonical: string,
  reason = "戸籍で同じ方と確かめた",
) => as(who, (work) => proposeMerge(work, { merged, canonical, ground: "same-person", reason }));
const latest = async (number: string): Promise<Merge> => {
  const [first] = await as("supervisor1", (work) => mergesOf(work, number));
  if (!first) throw new Error("no merge");
  return first;
};
const move = async (who: TestStaff, number: string, event: Parameters<typeof moveMerge>[2]) => {
  const merge = await latest(number);
  await as(who, (work) => moveMerge(work, merge, event));
};
const merge = async (merged: string, canonical: string) => {
  await propose("clerk1", merged, canonical);
  await move("supervisor1", merged, "approve");
};
const unmerge = async (number: string, belongs?: (under: string) => string) => {
  const one = await latest(number);
  await as("supervisor1", async (work) => {
    const lines = await linesAfter(work, one);
    await proposeUnmerge(work, one, {
      lines,
      belongs: lines.map(({ personNumber }) => belongs?.(personNumber) ?? personNumber),
      reason: "別の方と分かった",
    });
  });
  await move("supervisor2", number, "approve-unmerge");
};

describe("番号の統合", () => {
  test("統合すると、古い番号でも古い氏名でもその方が見つかり、分離すると元のとおりに戻る", async () => {
    const { merged, canonical } = await two();
    const before = await as("clerk1", (work) =>
      lookAtPeople(work, [merged, canonical], ["facts", "name", "address"]),
    );
    await merge(merged, canonical);
    const [old, present] = await as("clerk1", (work) =>
      lookAtPeople(work, [merged, canonical], ["name"]),
    );
    expect(old).toMatchObject({ personNumber: merged, followedTo: canonical, name: present?.name });
    expect(await as("clerk1", (work) => findPeople(work, { personNumber: merged }))).toEqual([
      canonical,
    ]);
    const name = before[0]?.name?.kanji ?? "";
    expect(await as("clerk1", (work) => findPeople(work, { name }))).toContain(canonical);
    expect(await as("clerk1", (work) => canonicalOf(work, merged))).toBe(canonical);
    await unmerge(merged);
    const after = await as("clerk1", (work) =>
      lookAtPeople(work, [merged, canonical], ["facts", "name", "address"]),
    );
    expect(after).toEqual(before);
  });

  test("起案した本人は決裁できず、本人だけが取り下げられ、理由が要る", async () => {
    const { merged, canonical } = await two();
    await expect(propose("supervisor1", merged, canonical, "")).rejects.toMatchObject({
      field: "reason",
    });
    await propose("supervisor1", merged, canonical);
    await expect(move("supervisor1", merged, "approve")).rejects.toMatchObject({ status: 403 });
    await expect(move("supervisor2", merged, "withdraw")).rejects.toMatchObject({ status: 403 });
    expect((await latest(merged)).reason).toBe("戸籍で同じ方と確かめた");
    await move("supervisor1", merged, "withdraw");
    await propose("supervisor1", merged, canonical);
    await move("supervisor2", merged, "refuse");
    const refused = await latest(merged);
    expect(await as("supervisor2", async (work) => mergeActions(work, refused))).toEqual([]);
    await expect(
      as("supervisor2", (work) => moveMerge(work, refused, "approve")),
    ).rejects.toMatchObject({ status: 409 });
  });

  test("自分との統合、輪になる統合、統合された番号、待っている番号、個人番号の異なる存命の2人は、断られる", async () => {
    const [a = "", b = "", c = ""] = await write([somebody(), somebody(), somebody()]);
    await expect(propose("clerk1", a, a)).rejects.toMatchObject({
      status: 409,
      message: /同じ番号/,
    });
    await propose("clerk1", a, b);
    await expect(propose("clerk1", b, a)).rejects.toMatchObject({ status: 409, message: /待って/ });
    await move("supervisor1", a, "approve");
    await expect(propose("clerk1", b, a)).rejects.toMatchObject({ status: 409, message: /既に/ });
    await expect(propose("clerk1", a, c)).rejects.toMatchObject({ status: 409, message: /既に/ });
    await expect(propose("clerk1", c, a)).rejects.toMatchObject({ status: 409, message: /既に/ });
    // Three numbers of one person.
    await merge(b, c);
    expect(await as("clerk1", (work) => canonicalOf(work, a))).toBe(c);
    const [x = "", y = ""] = await write([invented(), invented()]);
    await expect(propose("clerk1", x, y)).rejects.toMatchObject({
      status: 409,
      message: /個人番号/,
    });
    const [p = "", q = ""] = await write([
      somebody({ protection: { from: "2026-04-01" } }),
      somebody(),
    ]);
    await expect(propose("clerk1", p, q)).rejects.toMatchObject({
      status: 409,
      message: /支援措置/,
    });
  });

  test("支払の回に入っている方は、統合できない", async () => {
    const { merged, canonical } = await two();
    await city.admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      const [run, payable] = [randomUUID(), randomUUID()];
      await sql`insert into payments.payable (id, program, person_number, office_code, source_kind, source_id, amount, kind, state, owed_on, decided_by)
        values (${payable}, 'child-medical', ${merged}, '431010', 'refund', gen_random_uuid(), 1000, 'transfer', 'gathered', '2026-11-01', -1)`;
      await sql`insert into payments.run_line (run_id, payable_id, state, amount, account_id, new_code) values (${run}, ${payable}, 'ready', 1000, gen_random_uuid(), '1')`;
    });
    await expect(propose("clerk1", merged, canonical)).rejects.toMatchObject({
      status: 409,
      message: /支払の回/,
    });
    const { obstacles } = await as("clerk1", (work) => previewMerge(work, merged, canonical));
    expect(obstacles).toHaveLength(1);
  });

  test("接種記録は両方の番号のものを一人のものとして読み、同じ接種は統合の前に名を挙げて示す", async () => {
    const { merged, canonical } = await two();
    const shot = (number: string, vaccine: string, dose: number, on: string) =>
      city.admin.begin(async (sql) => {
        await sql`set local session_replication_role = replica`;
        await sql`insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_by) values (${number}, ${vaccine}, ${dose}, ${on}, 'paper', -1)`;
      });
    await shot(merged, "mr", 1, "2021-06-01");
    await shot(canonical, "mr", 1, "2021-06-02");
    await shot(canonical, "bcg", 1, "2020-10-01");
    const { preview } = await as("supervisor1", (work) => previewMerge(work, merged, canonical));
    expect(preview.counts).toContainEqual({
      program: "vaccination",
      what: "shot",
      merged: 1,
      canonical: 2,
      open: 0,
    });
    expect(preview.clashes).toContainEqual({ program: "vaccination", what: "shot", once: "mr 1" });
    const read = (number: string) =>
      as("clerk1", async (work) => (await historiesOf(work, [number])).get(number)?.length);
    expect(await read(merged)).toBe(1);
    await merge(merged, canonical);
    expect([await read(merged), await read(canonical)]).toEqual([3, 3]);
    await unmerge(merged);
    expect([await read(merged), await read(canonical)]).toEqual([1, 2]);
  });

  test("統合のあとに来た行は、すべて持ち主を選ばないと分離できず、移す行は直すまで仕事に残る", async () => {
    const { merged, canonical } = await two();
    await merge(merged, canonical);
    await as("clerk1", (work) =>
      addNote(work, { personNumber: canonical, program: "child-medical" }, "統合のあとのメモ"),
    );
    const one = await latest(merged);
    await expect(
      as("supervisor1", (work) =>
        proposeUnmerge(work, one, { lines: [], belongs: [], reason: "別の方と分かった" }),
      ),
    ).rejects.toMatchObject({ status: 409, message: /すべての行/ });
    await unmerge(merged, () => merged);
    const ended = await latest(merged);
    expect(ended.lines).toMatchObject([
      { what: "note", standsUnder: canonical, belongsTo: merged, settled: false },
    ]);
    const [line] = ended.lines;
    if (!line) throw new Error("no line");
    await as("clerk1", (work) => settleLine(work, ended, line));
    await expect(as("clerk1", (work) => settleLine(work, ended, line))).rejects.toMatchObject({
      status: 409,
    });
    expect((await latest(merged)).lines).toMatchObject([{ settled: true }]);
  });

  test("性質: どんな順に統合と分離をしても、最後まで分離すれば、全員が元のとおりである", {
    timeout: 240_000,
  }, async () => {
    const people = await write([somebody(), somebody(), somebody(), somebody()]);
    const look = () =>
      as("supervisor1", async (work) => ({
        people: await lookAtPeople(work, people, ["facts", "name", "address"]),
        found: await Promise.all(people.map((personNumber) => findPeople(work, { personNumber }))),
      }));
    const before = await look();
    const steps = fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.boolean()), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const above = new Map<string, string>();
        for (const [i, j, ends] of plan) {
          const [one = "", other = ""] = [people[i], people[j]];
          if (ends) {
            if (!above.has(one)) continue;
            const [id] = (await as("supervisor1", (work) => mergesOf(work, one))).filter(
              (m) => m.merged === one && m.state === "merged",
            );
            if (!id) throw new Error("the merge is lost");
            await endOf(id);
            above.delete(one);
          } else {
            const possible = one !== other && !above.has(one) && !above.has(other);
            const proposed = propose("clerk1", one, other);
            if (!possible) {
              await expect(proposed).rejects.toMatchObject({ status: 409 });
              continue;
            }
            const id = await proposed;
            const made = (await as("supervisor1", (work) => mergesOf(work, one))).find(
              (m) => m.id === id,
            );
            if (!made) throw new Error("no merge");
            await as("supervisor1", (work) => moveMerge(work, made, "approve"));
            above.set(one, other);
          }
          for (const number of people) {
            let top = number;
            while (above.has(top)) top = above.get(top) ?? top;
            expect(await as("clerk1", (work) => canonicalOf(work, number))).toBe(top);
            expect(
              await as("clerk1", (work) => lookAtPerson(work, number, ["name"])),
            ).toMatchObject({
              name: before.people.find((person) => person.personNumber === top)?.name,
            });
          }
        }
        for (const one of above.keys()) {
          const [made] = (await as("supervisor1", (work) => mergesOf(work, one))).filter(
            (m) => m.merged === one && m.state === "merged",
          );
          if (made) await endOf(made);
        }
        expect(await look()).toEqual(before);
      }),
      { numRuns: 12 },
    );
  });

  const endOf = async (one: Merge) => {
    await as("supervisor1", async (work) => {
      const lines = await linesAfter(work, one);
      await proposeUnmerge(work, one, {
        lines,
        belongs: lines.map(({ personNumber }) => personNumber),
        reason: "別の方と分かった",
      });
    });
    const again = (await as("supervisor2", (work) => mergesOf(work, one.merged))).find(
      ({ id }) => id === one.id,
    );
    if (!again) throw new Error("no merge");
    await as("supervisor2", (work) => moveMerge(work, again, "approve-unmerge"));
  };
});
