import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { CounterStaff, playedCase } from "./counter.ts";
import type { InventedPatient } from "./intractable.ts";

export type Played = Awaited<ReturnType<typeof playedCase>>;

/** An application as it is told: how long ago it came, what is particular to it, and how it goes on. */
export interface Told {
  daysAgo: number;
  patient?: Partial<InventedPatient>;
  goesOn(played: Played, staff: CounterStaff, today: IsoDate): Promise<unknown>;
}

export const doubtful = { record: { note: "重症度の根拠となる所見の記載がない。" } };
const examined: Told["goesOn"] = async (played, { examines }) => {
  await played.toExamination();
  await played.step(examines, "confirm");
};
export const approved: Told["goesOn"] = async (played, { decides }) => {
  await played.toApproval();
  await played.step(decides, "approve");
};
/** Doubtful, and asked of the panel. */
export const referred: Told["goesOn"] = async (played, staff, today) => {
  await examined(played, staff, today);
  await played.step(staff.examines, "checkRecords", { input: { result: "doubtful" } });
  await played.step(staff.examines, "refer", { input: { group: null } });
};

/** One in each state in which somebody waits for something, at the office where everything happens. */
export const patientsTold: readonly Told[] = [
  { daysAgo: 0, goesOn: async () => {} },
  { daysAgo: 1, goesOn: async () => {} },
  { daysAgo: 1, goesOn: (played) => played.enter() },
  { daysAgo: 3, goesOn: (played) => played.enter() },
  { daysAgo: 2, goesOn: (played) => played.toExamination() },
  { daysAgo: 4, goesOn: (played) => played.toExamination() },
  {
    daysAgo: 5,
    // Other than the tax office says.
    patient: { tax: { assessment: "taxed", incomeLevy: 300_000 } },
    goesOn: examined,
  },
  {
    daysAgo: 12,
    async goesOn(played, { examines }, today) {
      await played.toExamination("missing");
      await played.step(examines, "confirm");
      await played.step(examines, "hold", {
        until: addDays(today, 10),
        comment: "資格確認書の写しがないため、電話で提出を依頼済み。",
      });
    },
  },
  {
    daysAgo: 15,
    patient: doubtful,
    async goesOn(played, staff, today) {
      await examined(played, staff, today);
      await played.step(staff.examines, "inquire", {
        until: addDays(today, 14),
        input: {
          subject: "doctor",
          addressee: "見本市民病院　脳神経内科",
          postalCode: "8600806",
          address: "熊本市中央区花畑町９９番１号",
        },
      });
    },
  },
  {
    daysAgo: 8,
    patient: doubtful,
    async goesOn(played, staff, today) {
      await examined(played, staff, today);
      await played.step(staff.examines, "checkRecords", { input: { result: "doubtful" } });
    },
  },
  { daysAgo: 9, goesOn: (played) => played.toProposal() },
  { daysAgo: 10, goesOn: (played) => played.toApproval() },
  { daysAgo: 11, goesOn: (played) => played.toApproval() },
  {
    daysAgo: 13,
    async goesOn(played, { decides }) {
      await played.toApproval();
      await played.step(decides, "remand", {
        comment: "疾病の名前が個人票と合っているか、確かめてください。",
      });
    },
  },
  { daysAgo: 18, goesOn: approved },
  { daysAgo: 19, goesOn: approved },
  {
    daysAgo: 7,
    async goesOn(played, { enters }) {
      await played.toExamination();
      await played.step(enters, "withdraw", { comment: "申請者から取下げの申出があったため。" });
    },
  },
];
/** Fewer at each other office. */
export const fewerPatientsTold = patientsTold.filter((_, at) => [1, 2, 4, 10, 11].includes(at));
