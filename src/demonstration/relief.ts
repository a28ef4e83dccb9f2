import { randomUUID } from "node:crypto";
import { PDFDocument } from "pdf-lib";
import type { Actor } from "#src/platform/access/index.ts";
import { getCase, runEffects } from "#src/platform/cases/index.ts";
import { addAttachment } from "#src/platform/notes/index.ts";
import { lookAtHousehold } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import {
  addToAgenda,
  appoint,
  holdSession,
  inviteMembers,
  membersOn,
  planSession,
  recordAnswer,
} from "#src/platform/review-panels/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { reliefCommittee } from "#src/programs/vaccination/relief/committee.ts";
import { openRelief } from "#src/programs/vaccination/relief/index.ts";
import { checkPage, makePackage, scansToCheck } from "#src/programs/vaccination/relief/package.ts";
import {
  movePension,
  pensionNumber,
  pensionsOfCase,
} from "#src/programs/vaccination/relief-benefits/pensions.ts";
import {
  movePensionRun,
  preparePensionRun,
  readPensionRun,
} from "#src/programs/vaccination/relief-benefits/runs.ts";
import { addDays, addMonths, type IsoDate, monthStart } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { nextClosing, transferDay } from "#workflows/payments/calendar.ts";
import { yen } from "#workflows/text/yen.ts";
import type { ReliefBenefit } from "#workflows/vaccination/relief/benefits.ts";
import { documentsAsked } from "#workflows/vaccination/relief/documents.ts";
import { nextPaymentMonth } from "#workflows/vaccination/relief/pension.ts";
import { type BenefitStaff, playAccount, playRun } from "./benefits.ts";
import { setFigure } from "./city-figures.ts";
import { makeStep, type Seen, type StepOptions } from "./make-step.ts";
import { renewDuties } from "./next-year-duties.ts";
import { agreement } from "./payments.ts";

const program = "vaccination";
const monthOf = (day: IsoDate) => formatWareki(monthStart(day)).replace(/1日$/u, "");

/** Who takes part: the counter, those who pay, who sets the figures, and who sees to the duties of the next year. */
export type ReliefStaff = BenefitStaff & { sets: Actor; requests: Actor; grants: Actor };

/** Amounts for the demonstration: those of times for which none is established are invented. */
const amounts = {
  allowanceHigh: 40_000,
  allowanceLow: 38_000,
  disability1: 5_280_000,
  disability2: 4_224_000,
  disability3: 3_168_000,
};

/** What is claimed, and for whom. */
interface Claim {
  personNumber: string;
  claimantNumber: string;
  relation: "self" | "guardian";
  class: "A" | "temporary";
  vaccine: string;
  shotOn: IsoDate;
  symptoms: string;
  benefits: readonly ReliefBenefit[];
  /** What is keyed of the amounts. */
  keyed: unknown;
}

/**
 * Plays 健康被害救済 from the counter to the file of the bank: 医療費 and 医療手当 of a child, and a 障害年金 of an adult that is paid
 * through two years, in the middle of which its grade changes.
 *
 * @param people a child who lives with an adult, and an adult of another household
 * @returns lines that tell what came of it
 */
export async function playRelief(
  platform: Platform,
  clock: { moveTo(date: IsoDate): void },
  staff: ReliefStaff,
  people: { child: string; adult: string },
): Promise<string[]> {
  const set = { sets: staff.sets, approves: staff.approves };
  await setFigure(platform, set, "vaccination.relief-amounts-a", amounts);
  const { requests, grants: approves } = staff;
  const { enters, examines, decides, prepares, cashier } = staff;
  await renewDuties(platform, { requests, approves }, [
    enters,
    examines,
    decides,
    prepares,
    staff.approves,
    cashier,
  ]);
  return [
    ...(await playMedical(platform, clock, staff, people.child)),
    ...(await playPension(platform, clock, staff, people.adult)),
  ];
}

async function playMedical(
  platform: Platform,
  clock: { moveTo(date: IsoDate): void },
  staff: ReliefStaff,
  child: string,
): Promise<string[]> {
  const today = platform.clock.today();
  const { adult } = await runWork(platform, staff.enters, { purpose: "case", program }, (work) =>
    lookAtHousehold(work, child),
  );
  if (!adult) throw new Error("the child lives with an adult");
  const shotOn = addMonths(monthStart(today), -2);
  const month = shotOn.slice(0, 7);
  const visit = { month, meals: 0, reimbursed: 0, certificate: true, hospitalEquivalent: false };
  await playAccount(platform, staff, {
    program,
    personNumber: adult.personNumber,
    number: "7000002",
  });
  const { at, number } = await decided(platform, staff, {
    personNumber: child,
    claimantNumber: adult.personNumber,
    relation: "guardian",
    class: "A",
    vaccine: "5mix",
    shotOn,
    symptoms: "接種の翌日に発熱とけいれん。6日間入院した。",
    benefits: ["medical-cost", "medical-allowance"],
    keyed: {
      visits: [
        {
          ...visit,
          institutionName: "例示市民病院",
          way: "inpatient",
          days: [2, 3, 4, 5, 6, 7],
          paid: 24_000,
          meals: 7_650,
        },
        { ...visit, institutionName: "例示市民病院", way: "outpatient", days: [12], paid: 1_200 },
        { ...visit, institutionName: "例示薬局", way: "pharmacy", days: [12], paid: 400 },
      ],
      medicalPayee: adult.personNumber,
      allowanceMonths: [{ month }],
      benefits: [],
      disabilityMonths: 0,
    },
  });
  const letters = await runEffects(platform, staff.enters, at.caseId);
  const paid = await transfer(platform, clock, staff);
  clock.moveTo(addDays(platform.clock.today(), 1));
  return [
    `健康被害救済 ${number}: 医療費・医療手当（${monthOf(shotOn)}分）、文書${letters.done}通`,
    `  認定の後に支給決定、振込データ ${paid.lines}件 ${yen(paid.sum)}`,
  ];
}

/** Payment months of two years. */
const runsPlayed = 8;

async function playPension(
  platform: Platform,
  clock: { moveTo(date: IsoDate): void },
  staff: ReliefStaff,
  adult: string,
): Promise<string[]> {
  const as = <T>(actor: Actor, run: (work: Work) => Promise<T>) =>
    runWork(platform, actor, { purpose: "case", program }, run);
  const today = platform.clock.today();
  await playAccount(platform, staff, { program, personNumber: adult, number: "7000003" });
  const { at, number } = await decided(platform, staff, {
    personNumber: adult,
    claimantNumber: adult,
    relation: "self",
    class: "temporary",
    vaccine: "新型コロナワクチン",
    shotOn: addMonths(monthStart(today), -14),
    symptoms: "接種の後に下肢の麻痺が残った。",
    benefits: ["disability-pension"],
    keyed: {
      visits: [],
      allowanceMonths: [],
      disabilityMonths: 0,
      benefits: [
        {
          benefit: "disability-pension",
          payeeNumber: adult,
          grade: 2,
          causeOn: addMonths(monthStart(today), -3),
          homeCare: false,
          otherBenefits: 0,
        },
      ],
    },
  });
  await move(platform, staff.examines, at, "beginPension");
  await runEffects(platform, staff.enters, at.caseId);
  const [pension] = await as(staff.examines, (work) => pensionsOfCase(work, at.caseId));
  if (!pension) throw new Error("the pension has begun");
  const lines = [`健康被害救済 ${number}: 障害年金 ${pensionNumber(pension)} 2級`];
  // The month in which it was decided, or the one before, is paid with the first run.
  let payMonth = nextPaymentMonth(addMonths(monthStart(today), -1));
  for (let run = 1; run <= runsPlayed; run += 1) {
    if (payMonth > platform.clock.today()) clock.moveTo(payMonth);
    if (run === runsPlayed / 2 + 1) {
      const from = addMonths(payMonth, -1);
      const change = { from, grade: 1, homeCare: false, otherBenefits: 0 };
      const step = { id: pension.id, comment: "診断書で等級の変更を確かめた。" };
      await as(staff.examines, (work) =>
        movePension(work, { ...step, seen: 1, type: "ask-change", change }),
      );
      await as(staff.decides, (work) =>
        movePension(work, { ...step, seen: 2, type: "approve-change" }),
      );
      lines.push(`  額改定: ${monthOf(from)}分から1級`);
    }
    const id = await as(staff.prepares, (work) => preparePensionRun(work, payMonth));
    const seen = await as(
      staff.prepares,
      async (work) => (await readPensionRun(work, id)).run.revision,
    );
    const sum = await as(staff.approves, (work) =>
      movePensionRun(work, { id, seen, type: "approve" }),
    );
    const paid = await transfer(platform, clock, staff);
    lines.push(
      `  ${monthOf(payMonth)}支払: ${yen(sum)}、振込データ ${paid.lines}件 ${yen(paid.sum)}`,
    );
    const next = nextPaymentMonth(addMonths(payMonth, 1));
    payMonth = next;
  }
  return lines;
}

/** What is payable goes into the next file of the bank. */
async function transfer(
  platform: Platform,
  clock: { moveTo(date: IsoDate): void },
  staff: ReliefStaff,
) {
  const closingOn = nextClosing(platform.clock.today(), agreement);
  clock.moveTo(closingOn);
  return playRun(platform, staff, {
    program,
    closingOn,
    payOn: transferDay(closingOn, agreement),
  });
}

const move = (
  platform: Platform,
  actor: Actor,
  at: Seen,
  type: string,
  options: StepOptions = {},
) => makeStep(platform, actor, at, type, { comment: "実演", input: {}, ...options });

/** A claim from 相談 to 支給決定: papers, committee, 進達 with its copy, the Minister's answer, amounts, two people. */
async function decided(
  platform: Platform,
  staff: ReliefStaff,
  { keyed, personNumber, ...entry }: Claim,
): Promise<{ at: Seen; number: string }> {
  const today = platform.clock.today();
  const opened = await runWork(platform, staff.enters, { purpose: "case", program }, (work) =>
    openRelief(work, { personNumber, receivedOn: today, idempotencyKey: randomUUID() }),
  );
  const caseId = opened.id;
  const step = (actor: Actor, at: Seen, type: string, input: unknown = {}) =>
    makeStep(platform, actor, at, type, { comment: "実演", input });
  let at: Seen = { caseId, revision: opened.revision };
  at = await step(staff.enters, at, "enter", {
    ...entry,
    residenceCode: "431001",
    claimedOn: today,
  });
  at = await step(staff.enters, at, "receive");
  const papers = documentsAsked(entry.benefits).map((code) => [code, "seen"]);
  at = await step(staff.enters, at, "recordDocuments", Object.fromEntries(papers));
  at = await step(staff.enters, at, "enterBenefits", keyed);
  at = await step(staff.examines, at, "toCommittee");
  await advise(platform, staff, caseId);
  at = await step(staff.examines, at, "takeReport");
  await copy(platform, staff, caseId);
  at = await step(staff.examines, at, "forward", { forwardedOn: today });
  at = await step(staff.examines, at, "recognise", {
    answeredOn: today,
    arrivedOn: today,
    reference: "実演第1号",
    benefits: Object.fromEntries(entry.benefits.map((one) => [one, { recognised: true }])),
  });
  at = await step(staff.examines, at, "propose");
  at = await move(platform, staff.decides, at, "approve");
  return { at, number: opened.number };
}

/** The committee meets, hears the case and reports. */
async function advise(platform: Platform, { examines }: ReliefStaff, caseId: string) {
  const today = platform.clock.today();
  await runWork(platform, examines, { purpose: "case", program, caseId }, async (work) => {
    if ((await membersOn(work, reliefCommittee, today)).length === 0)
      for (const name of ["例示　一郎", "例示　二郎", "例示　三郎"])
        await appoint(work, reliefCommittee, {
          name,
          role: "specialist",
          organisation: "例示市民病院",
          postalCode: "8600001",
          address: "例示県例示市例示町1丁目1番1号",
          from: addDays(today, -30),
          to: addMonths(today, 23),
        });
    const members = (await membersOn(work, reliefCommittee, today)).map(({ id }) => id);
    const session = await planSession(work, reliefCommittee, {
      heldOn: today,
      heldAt: "14時00分",
      place: "第2会議室",
    });
    await addToAgenda(work, session, caseId);
    await inviteMembers(work, reliefCommittee, session, members);
    await holdSession(work, reliefCommittee, session, { came: members, chair: members[0] });
    await recordAnswer(
      work,
      reliefCommittee,
      session,
      await getCase(work, caseId),
      [
        {
          matter: "",
          votes: { related: 2, unrelated: 0, undetermined: 0 },
          casting: null,
          reason: null,
        },
      ],
      { report: "因果関係を否定できない。", minutes: "質疑の後、採決した。" },
    );
  });
}

/** A paper is scanned, looked through, and copied for the prefecture. */
async function copy(platform: Platform, { examines }: ReliefStaff, caseId: string) {
  const pdf = await PDFDocument.create();
  pdf.addPage([595, 842]).drawText("1234", { x: 100, y: 700, size: 24 });
  const bytes = await pdf.save();
  await runWork(platform, examines, { purpose: "case", program, caseId }, async (work) => {
    await addAttachment(work, { caseId }, { bytes, documentCode: "relief-charts" });
  });
  await runWork(platform, examines, { purpose: "case", program, caseId }, async (work) => {
    for (const { attachment, pages } of await scansToCheck(work, caseId))
      for (const { page } of pages)
        await checkPage(work, caseId, { attachmentId: attachment.id, page });
    await makePackage(work, await getCase(work, caseId));
  });
}
