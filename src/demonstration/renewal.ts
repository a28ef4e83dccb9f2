import type { Actor } from "#src/platform/access/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import {
  approveChosen,
  confirmRenewalIncomes,
  judgePortion,
  keyRenewalIncome,
  type letterSorts,
  listAnswers,
  moveSeason,
  nextProposed,
  planSeason,
  proposeLapses,
  readAnswer,
  readSeason,
  receiveAnswer,
  renewalMailingId,
  renewalOrder,
} from "#src/platform/renewals/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { singleParentRenewal } from "#src/programs/single-parent-medical/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { AnswerState } from "#workflows/renewals/answer.ts";
import type { BenefitStaff } from "./benefits.ts";
import { playMailingRun } from "./mailing-run.ts";
import type { DatedStep } from "./year.ts";

const { application } = singleParentRenewal;
const { program } = application;

/** Off the certificate of income that a household hands in. */
const income = {
  items: { salary: 900_000, pension: 0, business: 0, other: 0, deductions: {} },
  dependants: 1,
  elderlyDependants: 0,
  studentDependants: 0,
};

/**
 * 現況届 of ひとり親 over the year that is played: sent to all, answered by all but one household, judged and decided together by another person; the
 * silent one is reminded, warned, and loses the entitlement with the new year.
 *
 * @param tell takes a line of the summary
 */
export function renewalSteps(
  platform: Platform,
  staff: BenefitStaff,
  { year, silent, tell }: { year: number; silent: string; tell: (line: string) => void },
): DatedStep[] {
  const as = <T>(actor: Actor, work: (work: Work) => Promise<T>): Promise<T> =>
    runWork(platform, actor, { purpose: "case", program }, work);
  const on = (monthAndDay: string) => `${year}-${monthAndDay}` as IsoDate;
  let id = "";
  const season = (actor: Actor) => as(actor, (work) => readSeason(work, id));
  const send = async (letter: (typeof letterSorts)[number], title: string) => {
    const parameters = renewalOrder(await season(staff.prepares), letter);
    const kind = renewalMailingId(program, letter);
    return playMailingRun(platform, staff, { program, kind, title, parameters });
  };
  const answersIn = (state: AnswerState) =>
    as(
      staff.examines,
      async (work) =>
        (await listAnswers(work, { seasonId: id, state }, { page: 1, size: 100 })).rows,
    );
  const judge = (state: "received" | "exception") =>
    as(staff.examines, async (work) =>
      judgePortion(work, singleParentRenewal, await readSeason(work, id), { state, after: 0 }),
    );
  const decide = (state: AnswerState) =>
    as(staff.decides, async (work) => {
      const chosen = await nextProposed(work, { seasonId: id, state, after: 0 });
      const { done } = await approveChosen(
        work,
        singleParentRenewal,
        await readSeason(work, id),
        chosen,
      );
      return done.length;
    });

  return [
    {
      on: on("07-15"),
      async play() {
        const incomeYear = await as(
          staff.examines,
          async (work) => (await singleParentRenewal.incomeYear?.(work, on("11-01"))) ?? null,
        );
        // Of all offices: planned by one 決裁者, opened by another.
        id = await as(staff.decides, (work) =>
          planSeason(work, {
            program,
            year,
            entitledOn: on("07-15"),
            startsOn: on("11-01"),
            dueOn: on("08-31"),
            remindOn: on("09-05"),
            warnOn: on("09-20"),
            warnedUntil: on("10-10"),
            incomeYear,
            overLimit: "lost",
            noAnswer: "lost",
          }),
        );
        await as(staff.approves, (work) => moveSeason(work, { id, seen: 1, type: "open" }));
        const made = await send("form", "現況届");
        tell(`  ${formatWareki(on("07-15"))} 期を始め、現況届 ${made} 通を送付`);
      },
    },
    {
      on: on("08-20"),
      async play() {
        const answered = (await answersIn("awaiting")).filter(
          ({ personNumber }) => personNumber !== silent,
        );
        for (const { id: answer, revision } of answered)
          await as(staff.enters, (work) =>
            receiveAnswer(work, {
              id: answer,
              seen: revision,
              receivedOn: platform.clock.today(),
              via: "post",
              changes: false,
              missing: [],
              completeBy: null,
            }),
          );
        const first = await judge("received");
        // Whose income the tax office has not told: keyed by one, confirmed by another, judged anew.
        for (const one of await answersIn("exception")) await keyed(one);
        const again = await judge("exception");
        const renewed = await decide("renewal-proposed");
        tell(
          `  提出 ${answered.length} 件: 一括判定 明らか ${first.clear} 件・個別審査 ${first.exceptions} 件、所得を確認して再判定 ${again.clear} 件、まとめて決裁 ${renewed} 件`,
        );
      },
    },
    {
      on: on("09-05"),
      play: async () => tell(`  督促 ${await send("reminder", "現況届の督促")} 通`),
    },
    {
      on: on("09-20"),
      play: async () => tell(`  差止予告 ${await send("warning", "現況届の差止予告")} 通`),
    },
    {
      on: on("11-02"),
      async play() {
        const proposed = await as(staff.examines, (work) => proposeLapses(work, id));
        const lapsed = await decide("lapse-proposed");
        const told = await send("notice", "資格喪失の通知");
        tell(`  未提出による喪失 起案 ${proposed} 件、決裁 ${lapsed} 件、通知 ${told} 通`);
      },
    },
  ];

  async function keyed({
    id: answer,
    revision,
    personNumber,
  }: {
    id: string;
    revision: number;
    personNumber: string;
  }) {
    await as(staff.enters, (work) =>
      keyRenewalIncome(work, { id: answer, seen: revision, personNumber, income }),
    );
    await as(staff.examines, async (work) => {
      const { incomes } = await readAnswer(work, answer);
      await confirmRenewalIncomes(work, answer, incomes.at(-1)?.id ?? null);
    });
  }
}
