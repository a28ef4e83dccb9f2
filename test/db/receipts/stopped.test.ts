import fc from "fast-check";
import { expect, test } from "vitest";
import { getFile, judgeFile } from "#src/platform/receipts/index.ts";
import { postFile } from "#src/platform/receipts/post-file.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { receiptsOf } from "#test/support/receipts.ts";

const home = await openTestPlatform();
const { platform, admin } = home;
const { entitled, ukeFor, receive, approve, outcomes, ledger, inReceipts } = receiptsOf(home);
const people = await entitled(60);

/** A signal that goes off at the so manieth question whether to go on. */
function stoppedAt(times: number): AbortSignal {
  let asked = 0;
  return {
    throwIfAborted() {
      asked += 1;
      if (asked > times) throw new Error("killed");
    },
  } as AbortSignal;
}

const stateOf = (fileId: string) =>
  inReceipts("operator1", async (work) => (await getFile(work, fileId)).state);

test("何度止められても、結果は一度で終えたときと同じで、二重に載るものはない", async () => {
  let seed = 100;
  const results = new Set<string>();
  const run = async (stops: readonly number[]) => {
    seed += 1;
    // The same receipts in another order of bytes: another claim of the same people by another institution.
    const bytes = Buffer.concat([
      Buffer.from(ukeFor(people, { count: 2_400, institutions: 40, seed: 9, faultEvery: 50 })),
      Buffer.from(ukeFor(people.slice(0, 1), { count: 1, institutions: 1, seed })),
    ]);
    const fileId = await receive(bytes);
    const left = [...stops];
    const system = await home.system();
    while ((await stateOf(fileId)) === "judging")
      await judgeFile(platform, system, fileId, { signal: stoppedAt(left.shift() ?? 99) }).catch(
        () => {},
      );
    await approve(fileId);
    while ((await stateOf(fileId)) === "committing")
      await Promise.all([
        postFile(platform, system, fileId, { signal: stoppedAt(left.shift() ?? 99) }).catch(
          () => {},
        ),
        postFile(platform, system, fileId, { signal: stoppedAt(left.shift() ?? 99) }).catch(
          () => {},
        ),
      ]);
    const all = (await outcomes(fileId)).slice(0, 2_400);
    const sums = await ledger(fileId);
    results.add(JSON.stringify([all, sums?.count]));
    await admin`delete from receipts.benefit where file_id = ${fileId}`;
    await admin`update receipts.file set state = 'withdrawn' where id = ${fileId}`;
  };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 6 }), run),
    { numRuns: 2 },
  );
  expect(results.size).toBe(1);
}, 300_000);

test("2つの処理が同じファイルを同時に進めても、どちらも失敗せず、どの組にまたがる重複も見つかる", async () => {
  const some = Buffer.from(ukeFor(people, { count: 1_200, institutions: 40, seed: 77 }));
  const fileId = await receive(Buffer.concat([some, some]));
  const system = await home.system();
  const twice = (take: () => Promise<void>) => Promise.all([take(), take()]);
  await twice(() => judgeFile(platform, system, fileId));
  expect(await stateOf(fileId)).toBe("judged");
  const [found] = await admin<{ doubled: number }[]>`
    select count(*) filter (where row > 1200)::integer as doubled from receipts.fault where file_id = ${fileId} and code = 'duplicate'`;
  expect(found?.doubled).toBe(1_200);
  await approve(fileId);
  await twice(() => postFile(platform, system, fileId));
  expect(await stateOf(fileId)).toBe("committed");
});
