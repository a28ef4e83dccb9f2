import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { correctionSteps } from "#src/demonstration/back-in-time.ts";
import { playBirths } from "#src/demonstration/births.ts";
import { playedChildMedical } from "#src/demonstration/child-medical.ts";
import { highCostSteps } from "#src/demonstration/city-high-cost.ts";
import { codeOfClinic, seedClinics } from "#src/demonstration/clinics.ts";
import { playCounter } from "#src/demonstration/counter-journey.ts";
import { findSingleParents, findSomeChildren } from "#src/demonstration/find-people.ts";
import { intractableSteps } from "#src/demonstration/intractable-season.ts";
import { playMailing } from "#src/demonstration/mailing.ts";
import { playMailingRun } from "#src/demonstration/mailing-run.ts";
import { bringNeeded } from "#src/demonstration/other-offices.ts";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { playRelief } from "#src/demonstration/relief.ts";
import { renewalSteps } from "#src/demonstration/renewal.ts";
import { playRequestLetter } from "#src/demonstration/request-letters.ts";
import { enterAs, seedDemonstration } from "#src/demonstration/seed.ts";
import { playedSingleParent } from "#src/demonstration/single-parent.ts";
import { setVaccinationFigures } from "#src/demonstration/vaccination-figures.ts";
import { playVaccinationYear } from "#src/demonstration/vaccination-year.ts";
import { playYear } from "#src/demonstration/year.ts";
import { publicHalf, sealRecords, verifyAudit } from "#src/platform/audit/index.ts";
import { systemClock } from "#src/platform/clock.ts";
import { openPlatform } from "#src/platform/open.ts";
import { childMedicalClaims } from "#src/programs/child-medical/index.ts";
import { background } from "#src/programs/jobs.ts";
import { singleParentClaims } from "#src/programs/single-parent-medical/index.ts";
import { couponMailing, couponVaccines } from "#src/programs/vaccination/index.ts";
import { fiscalYear } from "#workflows/dates/ages.ts";
import { addMonths, type IsoMonth, isoDate } from "#workflows/dates/iso-date.ts";

/** `npm run demo`: the journeys on a city of its own, without a browser; the papers stay in `out/`. */
const say = (line: string) => console.log(line);
const dataFolder = await mkdtemp(join(tmpdir(), "madoguchi-demo-"));
const out = "out";
await mkdir(out, { recursive: true });
// A fiscal year is played from its first day: duties are held until its last.
const firstDay = isoDate(fiscalYear(systemClock.today()), 4, 1);
const clock = playedClock(firstDay);
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
    { count: 4 },
  );
  const grownUps = await findSingleParents(platform, { prepares, ...staff }, { count: 5 });
  const [parent = "", ...parents] = grownUps.slice(0, 2);
  const patients = grownUps.slice(2);
  const feed = { preparer: prepares, committer: await enter("kessai1") };
  const bring = () => bringNeeded(platform, feed, "tax");
  const benefitsOfYear = async () => {
    for (const personNumber of children)
      await playCounter(platform, staff, playedChildMedical, { personNumber, out });
    for (const personNumber of parents)
      await playCounter(platform, staff, playedSingleParent, { personNumber, out, bring });
    const everybody = {
      ...staff,
      prepares,
      approves: feed.committer,
      cashier: await enter("suito1"),
      sets: await enter("seido1"),
    };
    const year = fiscalYear(clock.today());
    const [renewal, correction, highCost, intractable] = [[], [], [], []] as string[][];
    const lines = (of: string[] | undefined) => (line: string) => of?.push(line);
    // Who moved away, and who does not answer, claim nothing in the year.
    const [movedAway = "", ...staying] = children;
    const silent = parents.at(-1) ?? "";
    const played = await playYear(
      platform,
      clock,
      everybody,
      [
        { kind: childMedicalClaims, recipients: [child, ...staying] },
        { kind: singleParentClaims, recipients: [parent, ...parents.slice(0, -1)] },
      ],
      [
        ...renewalSteps(platform, everybody, { year, silent, tell: lines(renewal) }),
        ...intractableSteps(platform, everybody, { patients, year, tell: lines(intractable) }),
        ...correctionSteps(platform, everybody, {
          personNumber: movedAway,
          on: isoDate(year, 10, 5),
          holdsFrom: isoDate(year, 6, 1),
          tell: lines(correction),
        }),
        ...highCostSteps(platform, everybody, {
          program: childMedicalClaims.program,
          month: `${year}-05` as IsoMonth,
          found: isoDate(year, 7, 20),
          claimed: isoDate(year, 8, 10),
          received: isoDate(year, 10, 20),
          tell: lines(highCost),
        }),
      ],
    );
    return [
      ...played,
      "",
      "ひとり親家庭等医療費助成 現況届",
      ...(renewal ?? []),
      "",
      "指定難病医療給付 更新の期",
      ...(intractable ?? []),
      "",
      "こども医療費助成 さかのぼる訂正",
      ...(correction ?? []),
      "",
      "こども医療費助成 高額療養費の請求",
      ...(highCost ?? []),
    ];
  };
  const requestLetter = async () => {
    const sets = await enter("seido1");
    const day = clock.today();
    clock.moveTo(firstDay);
    await setVaccinationFigures(platform, { sets, approves: feed.committer });
    clock.moveTo(day);
    return playRequestLetter(
      platform,
      clock,
      {
        ...staff,
        prepares,
        approves: feed.committer,
        cashier: await enter("suito1"),
      },
      await findSomeChildren(platform, { prepares, ...staff }, { count: 30 }),
    );
  };
  const relief = async () => {
    // Two years are played from the first day: duties end with the second one.
    clock.moveTo(firstDay);
    return playRelief(
      platform,
      clock,
      {
        ...staff,
        requests: await enter("kanri1"),
        grants: await enter("shonin1"),
        prepares,
        approves: feed.committer,
        cashier: await enter("suito1"),
        sets: await enter("seido1"),
      },
      { child, adult: parent },
    );
  };
  const vaccinations = async () => {
    // The whole fiscal year again, now of 予防接種.
    clock.moveTo(firstDay);
    const approves = feed.committer;
    await seedClinics(platform, staff);
    return playVaccinationYear(
      platform,
      clock,
      { ...staff, prepares, approves },
      {
        from: firstDay,
        months: 12,
        tellsTable: true,
        bear: ({ at, from, to }) =>
          playBirths(platform, feed, { cityAsOf: firstDay, month: at, from, to, count: 12 }),
        clinics: [codeOfClinic(4), codeOfClinic(10)],
        vaccines: ["pcv", "5mix", "hepb"],
        price: 9900,
        slips: 12,
        // The month after the first day was mailed in the journey of the mailing.
        mail: async (month) =>
          month === addMonths(firstDay, 1).slice(0, 7)
            ? 0
            : playMailingRun(
                platform,
                { prepares, approves },
                {
                  program: "vaccination",
                  kind: couponMailing.id,
                  title: `${month} 予防接種券`,
                  parameters: { month, vaccines: couponVaccines, scope: "new" },
                },
              ),
      },
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
    ...(await requestLetter()),
    "",
    ...(await relief()),
    "",
    ...(await vaccinations()),
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
