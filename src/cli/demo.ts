import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { playedChildMedical } from "#src/demonstration/child-medical.ts";
import { playCounter } from "#src/demonstration/counter-journey.ts";
import { findSingleParents, findSomeChildren } from "#src/demonstration/find-people.ts";
import { playMailing } from "#src/demonstration/mailing.ts";
import { bringNeeded } from "#src/demonstration/other-offices.ts";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { enterAs, seedDemonstration } from "#src/demonstration/seed.ts";
import { playedSingleParent } from "#src/demonstration/single-parent.ts";
import { playYear } from "#src/demonstration/year.ts";
import { publicHalf, sealRecords, verifyAudit } from "#src/platform/audit/index.ts";
import { systemClock } from "#src/platform/clock.ts";
import { openPlatform } from "#src/platform/open.ts";
import { childMedicalClaims } from "#src/programs/child-medical/index.ts";
import { background } from "#src/programs/jobs.ts";
import { singleParentClaims } from "#src/programs/single-parent-medical/index.ts";
import { fiscalYear } from "#workflows/dates/ages.ts";
import { isoDate } from "#workflows/dates/iso-date.ts";

/** `npm run demo`: the journeys on a city of its own, without a browser; the papers stay in `out/`. */
const say = (line: string) => console.log(line);
const dataFolder = await mkdtemp(join(tmpdir(), "madoguchi-demo-"));
const out = "out";
await mkdir(out, { recursive: true });
// A fiscal year is played from its first day: duties are held until its last.
const clock = playedClock(isoDate(fiscalYear(systemClock.today()), 4, 1));
const opened = await openPlatform({ background, dataFolder, clock });
try {
  const { platform } = opened;
  const { accounts } = await seedDemonstration(opened, { say, workInHand: false });
  const enter = (loginName: string) => enterAs(platform, accounts, loginName);
  const staff = {
    enters: await enter("mado1"),
    examines: await enter("mado2"),
    decides: await enter("kessai2"),
  };
  const prepares = await enter("ikkatsu1");
  const [child = "", ...children] = await findSomeChildren(
    platform,
    { prepares, ...staff },
    { count: 3 },
  );
  const [parent = ""] = await findSingleParents(platform, { prepares, ...staff }, { count: 1 });
  const feed = { preparer: prepares, committer: await enter("kessai1") };
  const bring = () => bringNeeded(platform, feed, "tax");
  const benefitsOfYear = async () => {
    for (const personNumber of children)
      await playCounter(platform, staff, playedChildMedical, { personNumber, out });
    return playYear(
      platform,
      clock,
      {
        ...staff,
        prepares,
        approves: feed.committer,
        cashier: await enter("suito1"),
        sets: await enter("seido1"),
      },
      [
        { kind: childMedicalClaims, recipients: [child, ...children] },
        { kind: singleParentClaims, recipients: [parent] },
      ],
    );
  };
  const summary = [
    ...(await playCounter(platform, staff, playedChildMedical, { personNumber: child, out })),
    "",
    ...(await playCounter(platform, staff, playedSingleParent, {
      personNumber: parent,
      out,
      bring,
    })),
    "",
    ...(await playMailing(platform, { prepares, approves: feed.committer }, out)),
    "",
    ...(await benefitsOfYear()),
    "",
    await auditLine(),
  ];
  say(`\n${summary.join("\n")}\n\nファイルは ${out}/ にあります。`);
} finally {
  await opened.close();
  await rm(dataFolder, { recursive: true, force: true });
}

async function auditLine(): Promise<string> {
  const { platform, administratorUrl } = opened;
  await sealRecords(platform);
  const admin = postgres(administratorUrl, { max: 1, onnotice: () => {} });
  try {
    const { records, seals, faults } = await verifyAudit((read) => read(admin), {
      dataFolder,
      publicKey: publicHalf(platform.keys.signingKey),
    });
    return `監査記録 ${records} 件、封印 ${seals} 個、異常 ${faults.length} 件`;
  } finally {
    await admin.end();
  }
}
