import { randomUUID } from "node:crypto";
import { type Actor, openSystemSession } from "#src/platform/access/index.ts";
import { type Applied, fireDeadlines, getCase, runEffects } from "#src/platform/cases/index.ts";
import { lookAtHousehold, lookAtPerson, shownName } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import {
  openRefund,
  openRequestLetter,
  type RequestEntry,
} from "#src/programs/vaccination/request-letters/index.ts";
import { historiesOf } from "#src/programs/vaccination/shots.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { nextClosing, transferDay } from "#workflows/payments/calendar.ts";
import { dueDoses } from "#workflows/vaccination/due.ts";
import { categoryOf } from "#workflows/vaccination/request-letters/findings.ts";
import { validUntil } from "#workflows/vaccination/request-letters/terms.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { type BenefitStaff, playAccount, playRun } from "./benefits.ts";
import { makeStep, type Seen, type StepOptions } from "./make-step.ts";
import { agreement } from "./payments.ts";
import { letterMonths } from "./vaccination-figures.ts";

const program = "vaccination";

/** A dose of a letter that is played. */
interface PlayedDose {
  vaccine: VaccineId;
  dose: number;
}

/** Three doses of different vaccines that a child may be given now; fewer where fewer are due. */
async function dosesFor(work: Work, child: string): Promise<PlayedDose[]> {
  const today = work.platform.clock.today();
  const person = await lookAtPerson(work, child, ["facts"]);
  if (!person?.bornOn) return [];
  const history = (await historiesOf(work, [child])).get(child) ?? [];
  const sex = person.sex === "male" ? "male" : "female";
  const due = dueDoses({ birth: person.bornOn, sex }, today, history);
  return due
    .filter((one) => categoryOf(one.vaccine) === "A")
    .filter((one) => one.earliest <= today && one.latest > addDays(today, 7))
    .slice(0, 3)
    .map(({ vaccine, dose }) => ({ vaccine, dose }));
}

/**
 * Plays one 予防接種実施依頼書 with three doses: applied for at the counter, examined, decided, issued with its papers and sent; one
 * dose is given and its cost paid back up to the file of the bank, one is refused, one expires by the clock.
 *
 * @param children of whom the first with three doses that are due is taken
 * @returns lines that tell what came of it
 */
export async function playRequestLetter(
  platform: Platform,
  clock: { moveTo(date: IsoDate): void },
  staff: BenefitStaff,
  children: readonly string[],
): Promise<string[]> {
  const as = <T>(actor: Actor, run: (work: Work) => Promise<T>) =>
    runWork(platform, actor, { purpose: "case", program }, run);
  let played: { child: string; doses: PlayedDose[] } | undefined;
  for (const child of children) {
    const doses = await as(staff.enters, (work) => dosesFor(work, child));
    if (doses.length === 3) {
      played = { child, doses };
      break;
    }
  }
  if (!played) return ["予防接種実施依頼書: 三つの接種が対象となる子どもが見つかりませんでした。"];
  const { child, doses } = played;
  const today = platform.clock.today();
  const move = (actor: Actor, type: string, at: Seen, options: StepOptions = {}) =>
    makeStep(platform, actor, at, type, { comment: "実演", input: {}, ...options });

  const entry = await as(staff.enters, (work) => applicationFor(work, child, doses));
  const opened = await as(staff.enters, (work) =>
    openRequestLetter(
      work,
      { personNumber: child, receivedOn: today, idempotencyKey: randomUUID() },
      entry,
    ),
  );
  let at: Seen = { caseId: opened.id, revision: 2 };
  at = await move(staff.enters, "recordIdentity", at, {
    input: { subject: "applicant", method: "number-card", documents: [], mandateSeen: false },
  });
  at = await move(staff.enters, "recordDocuments", at, { input: { "handbook-copy": "seen" } });
  at = await move(staff.enters, "submit", at);
  at = await move(staff.examines, "confirm", at);
  at = await move(staff.examines, "propose", at);
  at = await move(staff.examines, "requestDecision", at);
  at = await move(staff.decides, "approve", at);
  const until = validUntil(today, letterMonths);
  at = await move(staff.enters, "issue", at, { until });
  const made = await runEffects(platform, staff.enters, opened.id);
  at = await move(staff.enters, "send", at, { input: { how: "applicant" } });
  const given = await move(staff.enters, "recordResult", at, {
    input: {
      line: 1,
      outcome: "given",
      on: today,
      lot: "DEMO-1",
      clinic: "例示こどもクリニック",
      doctor: "例示　一郎",
    },
  });
  await move(staff.enters, "recordResult", given, { input: { line: 2, outcome: "not-given" } });
  const refund = await payBack(platform, clock, staff, child, doses[0] as PlayedDose);
  clock.moveTo(addDays(until, 1));
  await fireDeadlines(platform, await openSystemSession(platform));
  // The rights of the staff end with the year that is played: what came of it is read on the day it began.
  clock.moveTo(today);
  const [lines, ended] = await as(staff.enters, async (work) => [
    await work.sql<{ state: string }[]>`
      select state from request_letters.line where case_id = ${opened.id} order by number`,
    (await getCase(work, opened.id)).state,
  ]);
  const words = { given: "接種済み", "not-given": "接種せず", expired: "期限切れ" } as const;
  return [
    `予防接種実施依頼書 ${opened.number}: ${doses.length}回、文書${made.done}通、有効期間は ${formatWareki(until)} まで`,
    `  結果: ${lines.map(({ state }) => words[state as keyof typeof words] ?? state).join("、")}（${ended === "expired" ? "失効" : ended}）`,
    ...refund,
  ];
}

/** What the guardian applies for, as they are in the register. */
async function applicationFor(
  work: Work,
  child: string,
  doses: readonly PlayedDose[],
): Promise<RequestEntry> {
  const { adult: person } = await lookAtHousehold(work, child);
  if (!person?.address) throw new Error("the child lives with an adult");
  const today = work.platform.clock.today();
  return {
    channel: "window",
    reason: "homecoming",
    addressee: "municipality",
    payment: "self",
    stayFrom: today,
    stayTo: addDays(today, 120),
    applicant: {
      name: shownName(person),
      kana: person.name?.kana ?? "",
      relation: "parent",
      postalCode: person.address.postalCode,
      address: `${person.address.town}${person.address.block}`,
      building: person.address.building,
      telephone: "096-000-0000",
    },
    stay: {
      prefecture: "40",
      municipality: "見本市",
      postalCode: "8100001",
      address: "福岡県見本市例示町2丁目3番4号",
      building: "例示様方",
      telephone: "",
    },
    to: {
      name: "見本市長",
      postalCode: "8100001",
      address: "福岡県見本市例示町1丁目1番1号",
      building: "",
    },
    lines: doses.map((dose) => ({ ...dose, plannedOn: today })),
  };
}

/** The cost of a dose is claimed, decided and handed to the bank. */
async function payBack(
  platform: Platform,
  clock: { moveTo(date: IsoDate): void },
  staff: BenefitStaff,
  child: string,
  { vaccine, dose }: PlayedDose,
): Promise<string[]> {
  const today = platform.clock.today();
  const paid = 12_000;
  await playAccount(platform, staff, { program, personNumber: child, number: "7000001" });
  const claim = await runWork(platform, staff.enters, { purpose: "case", program }, (work) =>
    openRefund(
      work,
      { personNumber: child, receivedOn: today, channel: "window", idempotencyKey: randomUUID() },
      {
        doses: [
          {
            vaccine,
            dose,
            outcome: "given",
            clinic: "例示こどもクリニック",
            givenOn: today,
            paidOn: today,
            paid,
            documents: ["receipt", "record"],
          },
        ],
      },
    ),
  );
  const options = { comment: "実演", input: {} };
  const at: Seen = { caseId: claim.id, revision: 2 };
  const proposed: Applied = await makeStep(platform, staff.examines, at, "propose", options);
  await makeStep(platform, staff.decides, proposed, "approve", options);
  await runEffects(platform, staff.enters, claim.id);
  const closingOn = nextClosing(today, agreement);
  clock.moveTo(closingOn);
  const run = await playRun(platform, staff, {
    program,
    closingOn,
    payOn: transferDay(closingOn, agreement),
  });
  return [
    `  払戻し ${claim.number}: 支払った額 ${paid.toLocaleString("ja-JP")}円、決定 ${run.sum.toLocaleString("ja-JP")}円、振込データ ${run.lines}件`,
  ];
}
