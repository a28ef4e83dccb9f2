import type { Actor } from "#src/platform/access/index.ts";
import type { ClaimKind } from "#src/platform/claims/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import {
  addDays,
  addMonths,
  type IsoDate,
  type IsoMonth,
  monthEnd,
  monthStart,
} from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { transferDay } from "#workflows/payments/calendar.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  type BenefitStaff,
  playAccount,
  playAnswers,
  playClaim,
  playReceipts,
  playRun,
} from "./benefits.ts";
import { setCityFigures } from "./city-figures.ts";
import { agreement, seedPayments } from "./payments.ts";
import type { playedClock } from "./played-clock.ts";

/** A 事務 whose year is played, with the people who have its certificates. */
export interface PlayedBenefit {
  kind: ClaimKind;
  recipients: readonly string[];
}

/** Something that is played on a day of the year, beside the months of receipts and payments. */
export interface DatedStep {
  on: IsoDate;
  play(): Promise<unknown>;
}

/**
 * A year of 給付, from the first month of a fiscal year to its end: every month receipts are judged, the faulty ones sent back and the file posted; claims for what was paid
 * elsewhere are decided; what is owed is transferred on the day of the calendar, and what the bank could not pay goes to the
 * corrected account in the next run.
 *
 * @param besides what else is played on its day
 *
 * @returns lines of the summary
 */
export async function playYear(
  platform: Platform,
  clock: ReturnType<typeof playedClock>,
  staff: BenefitStaff & { sets: Actor },
  benefits: readonly PlayedBenefit[],
  besides: readonly DatedStep[] = [],
): Promise<string[]> {
  const later = besides.toSorted((one, other) => one.on.localeCompare(other.on));
  /** The clock goes on to a day; what has its day before it is played on its own. */
  const goOnTo = async (day: IsoDate) => {
    for (let next = later[0]; next && next.on <= day; next = later[0]) {
      later.shift();
      if (next.on > clock.today()) clock.moveTo(next.on);
      await next.play();
    }
    if (day > clock.today()) clock.moveTo(day);
  };
  await seedPayments(platform, { prepares: staff.prepares, decides: staff.approves, teams: [] });
  await setCityFigures(platform, staff);
  for (const { kind, recipients } of benefits)
    for (const [at, personNumber] of recipients.entries())
      await playAccount(platform, staff, {
        program: kind.program,
        personNumber,
        number: String(3_000_001 + at),
      });
  const first = clock.today();
  const totals = new Map(
    benefits.map(({ kind }) => [
      kind.program,
      { receipts: 0, sentBack: 0, open: 0, subsidy: 0, claims: 0, paid: 0, sum: 0, failed: 0 },
    ]),
  );
  const underway = new Map<string, string>();
  for (let month = 1; month <= 11; month += 1) {
    const start = monthStart(addMonths(first, month));
    for (const [at, { kind, recipients }] of benefits.entries()) {
      const { program } = kind;
      const total = totals.get(program);
      if (!total) continue;
      await goOnTo(addDays(transferDay(monthEnd(addMonths(start, -1)), agreement), 1));
      const waiting = underway.get(program);
      if (waiting) {
        const answered = await playAnswers(platform, staff, {
          program,
          id: waiting,
          // Once in the year an account was closed meanwhile.
          failing: month === 4 + at,
        });
        total.paid += answered.paid;
        total.failed += answered.failed;
        for (const personNumber of answered.whose)
          await playAccount(platform, staff, { program, personNumber, number: "7654321" });
      }
      const received = await playReceipts(platform, staff, program, {
        seed: month * 10 + at,
        // Once in the year somebody lay in hospital for long.
        ...(month === 2 && at === 0 && { costly: 60_000 }),
      });
      total.receipts += received?.count ?? 0;
      total.sentBack += received?.sentBack ?? 0;
      total.open += received?.open ?? 0;
      total.subsidy += received?.subsidy ?? 0;
      const personNumber = recipients[month % Math.max(1, recipients.length)];
      if (personNumber) {
        await playClaim(platform, staff, kind, {
          personNumber,
          month: addMonths(start, -1).slice(0, 7) as IsoMonth,
          paid: 1_500 + month * 300,
        });
        total.claims += 1;
      }
    }
    const closingOn = monthEnd(start);
    await goOnTo(closingOn);
    for (const { kind } of benefits) {
      const run = await playRun(platform, staff, {
        program: kind.program,
        closingOn,
        payOn: transferDay(closingOn, agreement),
      });
      underway.set(kind.program, run.id);
      const total = totals.get(kind.program);
      if (total) total.sum += run.sum;
    }
  }
  return benefits.flatMap(({ kind: { program, title } }) => {
    const total = totals.get(program);
    if (!total) return [];
    return [
      `${title} 給付の1年（${formatWareki(first)}から${formatWareki(clock.today())}まで）`,
      `  レセプト 給付 ${total.receipts} 件（助成額 ${yen(total.subsidy)}）、返戻 ${total.sentBack} 件、点検で止めたまま ${total.open} 件`,
      `  償還払い ${total.claims} 件、振込の回 11 回（${yen(total.sum)}）、振込済 ${total.paid} 件、不能 ${total.failed} 件（口座を直して次の回で振込）`,
    ];
  });
}
