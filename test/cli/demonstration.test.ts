import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { expect, test } from "vitest";
import { seedDemonstration } from "#src/demonstration/seed.ts";
import { openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";

test("デモ用の市は、空のフォルダーから、手続き中の申請と承認待ちの発送ごと用意される", {
  timeout: 600_000,
}, async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), "madoguchi-demonstration-"));
  const opened = await openPlatform({ background, dataFolder });
  const admin = postgres(opened.administratorUrl, { max: 1, onnotice: () => {} });
  try {
    await seedDemonstration(opened, { say: () => {} });
    const [cases] = await admin`
      select count(*) filter (where program = 'child-medical')::integer as children,
             count(*) filter (where program = 'single-parent-medical')::integer as households,
             count(*) filter (where program = 'intractable-disease')::integer as patients,
             count(distinct office_code)::integer as offices
        from cases.case where kind like '%/application'`;
    expect(cases).toEqual({ children: 505, households: 28, patients: 56, offices: 2 });
    const states = await admin`
      select distinct state from cases.case where kind = 'intractable-disease/application'`;
    expect(states.map(({ state }) => state)).toEqual(
      expect.arrayContaining([
        "received",
        "examination",
        "panel",
        "proposed",
        "approval",
        "certified",
        "issued",
        "rejected",
      ]),
    );
    const runs = await admin`select state from mailings.batch_run`;
    expect(runs.map(({ state }) => state)).toEqual(["awaiting-approval"]);
  } finally {
    await admin.end();
    await opened.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
});
