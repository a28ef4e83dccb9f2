import { expect, test } from "vitest";
import { StartProblem } from "#db/server/start-problem.ts";
import { MachineChanged } from "#src/platform/cases/index.ts";
import { syncFlows, toldFlows } from "#src/platform/flow-ways.ts";
import "#src/programs/jobs.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { waysOf } from "#workflows/flows/ways.ts";

const { admin } = await openTestPlatform();

test("データベースが許す道は、公開したどの版の流れの定義とも同じである", async () => {
  for (const { kind, version, ...definition } of toldFlows()) {
    const rows = await admin`
      select from_state as from, event, to_state as to, rights, comment_required as "commentRequired", checks from flows.way
       where kind = ${kind} and version = ${version}`;
    const key = (row: object) => JSON.stringify(Object.entries(row).toSorted());
    expect(rows.map((row) => key({ ...row })).toSorted(), `${kind} ${version}`).toEqual(
      waysOf(definition)
        .map((way) => key(way))
        .toSorted(),
    );
  }
  const [{ kinds } = {}] = await admin<{ kinds: number }[]>`
    select count(distinct (kind, version))::integer as kinds from flows.way`;
  expect(kinds).toBe(toldFlows().length);
});

test("公開した版を変えれば、起動しない", async () => {
  await admin`update flows.way set to_state = 'closed' where kind = 'mailing-run' and version = 1 and event = 'submit'`;
  const refused = await syncFlows(admin).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(MachineChanged);
  // Whoever starts the program is told what to do, and not of an unexpected error.
  expect(refused).toBeInstanceOf(StartProblem);
  expect((refused as Error).message).toMatch(
    /第1版が.*始められません。[\s\S]*新しい版のプログラムで始め直してください/,
  );
});
