import { randomUUID } from "node:crypto";
import { openChange } from "#src/platform/applications/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { singleParentChanges } from "#src/programs/single-parent-medical/index.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { someAtATime } from "./at-a-time.ts";
import { type CounterStaff, playedCase, workOnCase } from "./counter.ts";
import { playedSingleParent } from "./single-parent.ts";

type Played = Awaited<ReturnType<typeof playedCase>>;

/** A household's application as it is told: how long ago it came, whether it is entered, and how it goes on. */
interface Told {
  daysAgo: number;
  isEntered: boolean;
  proof?: "missing";
  goesOn(played: Played, staff: CounterStaff, about: About): Promise<unknown>;
}

interface About {
  today: IsoDate;
  /** Receives a report on what the application granted. */
  report(played: Played): Promise<unknown>;
}

const city = {
  subject: "tax",
  addressee: "例示市 市民税課",
  postalCode: "8100000",
  address: "見本県例示市中央1丁目99番9号",
};

const certified = async (played: Played, { decides }: CounterStaff) => {
  await played.toApproval();
  await played.step(decides, "approve");
};

/** Issued, unless the incomes were too high and it was rejected. */
const issued = async (played: Played, staff: CounterStaff): Promise<boolean> => {
  await certified(played, staff);
  const isGranted = await played.isPossible(staff.enters, "issue");
  if (isGranted) await played.step(staff.enters, "issue");
  return isGranted;
};

/** One in each state in which somebody waits for something or all is done. */
const everyState: readonly Told[] = [
  { daysAgo: 0, isEntered: false, goesOn: async () => {} },
  { daysAgo: 1, isEntered: true, goesOn: async () => {} },
  { daysAgo: 2, isEntered: true, goesOn: (played) => played.toExamination() },
  {
    daysAgo: 6,
    isEntered: true,
    proof: "missing",
    async goesOn(played, { examines }, { today }) {
      await played.toExamination();
      await played.step(examines, "confirm");
      await played.step(examines, "hold", {
        until: addDays(today, 10),
        comment: "児童の資格確認書の写しがないため、電話で提出を依頼済み。",
      });
    },
  },
  {
    daysAgo: 8,
    isEntered: true,
    async goesOn(played, { enters, examines }, { today }) {
      await played.step(enters, "submit");
      await played.step(examines, "confirm");
      await played.step(examines, "inquire", { until: addDays(today, 14), input: city });
    },
  },
  { daysAgo: 3, isEntered: true, goesOn: (played) => played.toProposal() },
  { daysAgo: 4, isEntered: true, goesOn: (played) => played.toApproval() },
  {
    daysAgo: 5,
    isEntered: true,
    async goesOn(played, { decides }) {
      await played.toApproval();
      await played.step(decides, "remand", {
        comment: "事由の生じた日を、戸籍謄本で確かめてください。",
      });
    },
  },
  { daysAgo: 9, isEntered: true, goesOn: certified },
  { daysAgo: 10, isEntered: true, goesOn: certified },
  { daysAgo: 12, isEntered: true, goesOn: issued },
  {
    daysAgo: 14,
    isEntered: true,
    async goesOn(played, staff, { report }) {
      if (await issued(played, staff)) await report(played);
    },
  },
  {
    daysAgo: 11,
    isEntered: true,
    async goesOn(played, { examines, decides }) {
      await played.toExamination();
      await played.step(examines, "confirm");
      await played.step(examines, "proposeRejection", {
        input: { reason: "category" },
        comment: "事実婚の関係にあることを申請者に確かめた。",
      });
      await played.step(examines, "requestDecision");
      await played.step(decides, "approve");
    },
  },
  {
    daysAgo: 7,
    isEntered: true,
    async goesOn(played, { enters }) {
      await played.toExamination();
      await played.step(enters, "withdraw", { comment: "申請者から取下げの申出があったため。" });
    },
  },
];

/** How many households apply at an office. */
export const householdsTold = everyState.length;

/**
 * Applications of households in every state at one office, their incomes brought by the tax office; and a report on
 * one of which certificates were issued.
 *
 * @param bring lets the tax office answer for whoever is needed since it last did
 */
export async function tellHouseholds(
  platform: Platform,
  staff: CounterStaff,
  parents: readonly string[],
  bring: () => Promise<unknown>,
): Promise<void> {
  const today = platform.clock.today();
  const { program } = playedSingleParent.kind;
  const report = (played: Played) =>
    workOnCase(platform, staff.enters, program, (work) =>
      openChange(work, singleParentChanges, {
        grantingCaseId: played.id,
        subject: "household-loss",
        reason: "marriage",
        occursOn: today,
        origin: "report",
        idempotencyKey: randomUUID(),
      }),
    );
  const opened: { told: Told; played: Played }[] = [];
  await someAtATime([...everyState.entries()], async ([place, told]) => {
    const parent = parents[place] ?? "";
    const { daysAgo, isEntered, proof } = told;
    const played = await playedCase(platform, staff, playedSingleParent, parent, { daysAgo });
    if (isEntered) await played.enter(proof);
    opened.push({ told, played });
  });
  await bring();
  await someAtATime(opened, ({ told, played }) => told.goesOn(played, staff, { today, report }));
}
