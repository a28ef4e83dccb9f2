import type { Platform } from "#src/platform/platform.ts";
import { EntryProblem, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import {
  certificateOrder,
  intractable,
  keepDoctors,
  letterKindId,
  letterOrder,
  moveSeason,
  planSeason,
  progressOf,
  readSeason,
  renewedCertificatesId,
} from "#src/programs/intractable-disease/index.ts";
import { addMonths, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { BenefitStaff } from "./benefits.ts";
import { playedCase, workOnCase } from "./counter.ts";
import { type InventedPatient, playedIntractable } from "./intractable.ts";
import { playMailingRun } from "./mailing-run.ts";
import type { DatedStep } from "./year.ts";

const { program } = intractable;
type Faults = Omit<InventedPatient, "sort">;

/**
 * A renewal season of 指定難病 over the year that is played: granted in spring, invited in June, applied for with the faults that papers
 * have, decided and sent; who does not apply ends with the day.
 *
 * @param patients grown-up people, the last of whom does not apply
 * @param tell takes a line of the summary
 */
export function intractableSteps(
  platform: Platform,
  staff: BenefitStaff,
  {
    patients,
    year,
    tell,
  }: { patients: readonly string[]; year: number; tell: (line: string) => void },
): DatedStep[] {
  const as = <T>(actor: BenefitStaff["enters"], work: (work: Work) => Promise<T>) =>
    workOnCase(platform, actor, program, work);
  const on = (monthAndDay: string) => `${year}-${monthAndDay}` as IsoDate;
  const endsOn = on("09-30");
  let id = "";
  const season = () => as(staff.examines, (work) => readSeason(work, id));

  /** An application from the counter to the certificate. */
  async function grant(personNumber: string, sort: InventedPatient["sort"]): Promise<void> {
    const steps = await playedCase(platform, staff, playedIntractable({ sort }), personNumber);
    await steps.toApproval();
    await steps.step(staff.decides, "approve");
    await steps.step(staff.enters, "issue");
  }

  /** What is said to an entry with a fault. */
  async function saidTo(personNumber: string, wrong: Faults): Promise<string> {
    const played = playedIntractable({ sort: "renewal", ...wrong });
    const steps = await playedCase(platform, staff, played, personNumber);
    try {
      await steps.toExamination();
      await steps.step(staff.examines, "confirm");
      await steps.step(staff.examines, "propose");
      return "起案できた";
    } catch (error) {
      if (error instanceof EntryProblem) return Object.values(error.errors)[0] ?? error.message;
      if (error instanceof Problem) return error.details?.[0] ?? error.message;
      throw error;
    } finally {
      await steps.step(staff.enters, "withdraw", { comment: "入力し直すため取り下げ" });
    }
  }

  const send = async (letter: "invitation" | "reminder", title: string) =>
    playMailingRun(platform, staff, {
      program,
      kind: letterKindId(letter),
      title,
      parameters: letterOrder(await season(), letter),
    });

  return [
    {
      on: on("04-20"),
      async play() {
        await as(staff.enters, (work) =>
          keepDoctors(work, [
            {
              number: "D0001",
              validFrom: "2020-01-01",
              validTo: `${year + 5}-12-31`,
              name: "見本 難太",
              specialty: "脳神経内科",
              institution: "見本大学病院",
              kind: "designated",
            },
          ]),
        );
        for (const patient of patients) await grant(patient, "new");
        tell(
          `  ${formatWareki(on("04-20"))} 新規の申請 ${patients.length} 件を認定（${formatWareki(endsOn)}まで）`,
        );
      },
    },
    {
      on: on("06-01"),
      async play() {
        id = await as(staff.decides, (work) =>
          planSeason(work, { endsOn, opensOn: on("06-01"), recommendedUntil: on("07-31") }),
        );
        const invited = await as(staff.approves, (work) =>
          moveSeason(work, { id, seen: 1, type: "open" }),
        );
        const made = await send("invitation", "更新申請のお知らせ");
        tell(
          `  ${formatWareki(on("06-01"))} 更新の期を始め（対象 ${invited} 人）、お知らせ ${made} 通を送付`,
        );
      },
    },
    {
      on: on("07-10"),
      async play() {
        const [first = "", ...others] = patients.slice(0, -1);
        const faults = [
          ["ない疾病番号", { record: { disease: 400 } }],
          ["一覧にない指定医", { record: { doctor: "X9999" } }],
          [
            "古い個人票",
            { record: { writtenOn: addMonths(on("07-10"), -6), severeOn: on("01-05") } },
          ],
          ["年度の違う税", { tax: { fiscalYear: year - 1 } }],
        ] as const;
        for (const [what, wrong] of faults) tell(`  ${what}: ${await saidTo(first, wrong)}`);
        for (const patient of [first, ...others]) await grant(patient, "renewal");
        tell(`  更新の申請 ${others.length + 1} 件を審査・決裁し、受給者証を交付`);
      },
    },
    {
      on: on("08-20"),
      async play() {
        const reminded = await send("reminder", "更新申請の再度のお知らせ");
        const sent = await playMailingRun(platform, staff, {
          program,
          kind: renewedCertificatesId,
          title: "更新した受給者証",
          parameters: certificateOrder(await season()),
        });
        tell(`  再度のお知らせ ${reminded} 通、更新した受給者証 ${sent} 通を送付`);
      },
    },
    {
      on: on("10-01"),
      async play() {
        const { people } = await as(staff.examines, (work) => progressOf(work, id));
        const of = (standing: string) =>
          people
            .filter((one) => one.standing === standing)
            .reduce((sum, one) => sum + one.people, 0);
        const { revision } = await season();
        await as(staff.approves, (work) => moveSeason(work, { id, seen: revision, type: "close" }));
        tell(
          `  ${formatWareki(on("10-01"))} 期を終了: 認定 ${of("renewed")} 人、未申請 ${of("silent")} 人（有効期間の満了で終わる）`,
        );
      },
    },
  ];
}
