import type { Actor } from "#src/platform/access/index.ts";
import {
  answerLine,
  askMandate,
  claimNumber,
  gatherClaim,
  type HighCostEntry,
  listEntries,
  mandatesOf,
  moveClaim,
  moveMandate,
  readClaim,
  receiveMoney,
  takeClaimFile,
} from "#src/platform/high-cost/index.ts";
import { applySearch, openSearch, readSearch, search } from "#src/platform/high-cost/search.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { yen } from "#workflows/text/yen.ts";
import type { BenefitStaff } from "./benefits.ts";
import type { DatedStep } from "./year.ts";

/** What is played of it: the month of treatment, and the days on which it goes on. */
export interface PlayedHighCost {
  program: string;
  month: IsoMonth;
  found: IsoDate;
  claimed: IsoDate;
  received: IsoDate;
  /** Takes a line of the summary. */
  tell(line: string): void;
}

/**
 * 高額療養費 that belongs to the city: searched for a month, the 委任状 asked for and received, gathered and approved by another person,
 * sent, answered as it was claimed, and closed with the money that came in.
 */
export function highCostSteps(
  platform: Platform,
  staff: BenefitStaff,
  { program, month, found, claimed, received, tell }: PlayedHighCost,
): DatedStep[] {
  const as = <T>(actor: Actor, run: (work: Work) => Promise<T>): Promise<T> =>
    runWork(platform, actor, { purpose: "payment", program }, run);
  const today = () => platform.clock.today();
  let entries: HighCostEntry[] = [];
  let id = "";
  const claim = () => as(staff.prepares, (work) => readClaim(work, id, { from: 0, size: 100 }));
  const move = async (actor: Actor, type: "submit" | "approve" | "send" | "close") => {
    const { revision } = (await claim()).claim;
    await as(actor, (work) => moveClaim(work, { id, seen: revision, type, sentOn: today() }));
  };
  const insurer = () => entries[0]?.insurerNumber ?? "";
  const asked = () => entries.reduce((sum, { ofCity }) => sum + ofCity, 0);

  return [
    {
      on: found,
      async play() {
        const run = await as(staff.prepares, (work) => openSearch(work, program, month));
        await search(platform, staff.prepares, run, { options: { purpose: "payment", program } });
        await as(staff.prepares, async (work) => {
          const { run: seen } = await readSearch(work, run, { page: 1, size: 1 });
          await applySearch(work, run, seen.revision);
        });
        const all = await as(staff.prepares, (work) =>
          listEntries(work, program, { month }, { from: 0, size: 50 }),
        );
        entries = all.rows.filter(({ state }) => state === "mandate-wanted");
        for (const { personNumber, insurerNumber } of entries)
          await as(staff.enters, (work) =>
            askMandate(work, {
              program,
              personNumber,
              insurer: insurerNumber,
              fromMonth: month,
              standing: true,
              askedOn: today(),
            }),
          );
        tell(`  ${month} 抽出 ${all.rows.length} 世帯、委任状を依頼 ${entries.length} 件`);
      },
    },
    {
      on: claimed,
      async play() {
        for (const { personNumber } of entries)
          for (const { id: mandate, revision, state } of await as(staff.enters, (work) =>
            mandatesOf(work, program, personNumber),
          ))
            if (state === "asked")
              await as(staff.enters, (work) =>
                moveMandate(work, { id: mandate, seen: revision, to: "received", on: today() }),
              );
        id = await as(staff.prepares, (work) =>
          gatherClaim(work, { program, insurer: insurer(), through: month }),
        );
        await move(staff.prepares, "submit");
        await move(staff.approves, "approve");
        await as(staff.prepares, (work) => takeClaimFile(work, id));
        await move(staff.prepares, "send");
        const { claim: sent } = await claim();
        tell(
          `  請求 ${claimNumber(sent)}（保険者 ${insurer()}）${entries.length} 件 ${yen(asked())}: 承認 → 送付`,
        );
      },
    },
    {
      on: received,
      async play() {
        for (const { id: entryId } of entries) {
          const { revision } = (await claim()).claim;
          await as(staff.prepares, (work) =>
            answerLine(work, {
              id,
              seen: revision,
              entryId,
              answer: "paid",
              answeredOn: today(),
            }),
          );
        }
        const { revision } = (await claim()).claim;
        await as(staff.cashier, (work) =>
          receiveMoney(work, {
            id,
            seen: revision,
            amount: asked(),
            reference: "見本銀行 入金",
            receivedOn: today(),
          }),
        );
        await move(staff.prepares, "close");
        tell(`  回答・入金 ${yen(asked())}、完了`);
      },
    },
  ];
}
