import { type Actor, openSystemSession } from "#src/platform/access/index.ts";
import { lookAtPeople } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { judgeFile, receiptKind, receiveReceipts } from "#src/platform/receipts/index.ts";
import { runWork } from "#src/platform/work.ts";
import { addMonths, type IsoDate, type IsoMonth } from "#workflows/dates/iso-date.ts";
import {
  type InventedReceipts,
  type InventedRecipient,
  inventedReceipts,
} from "./invented-receipts.ts";

/** What comes of a month, and after how many receipts the next has something against it. */
export interface ReceiptMonth {
  program: string;
  count: number;
  faultEvery: number;
  seed?: number;
  /** Points of the first receipt, where it is a costly one. */
  costly?: number | undefined;
  /** How receipts of the 事務 look where they are not those of children. */
  look?: Pick<InventedReceipts, "copayOf" | "type" | "note">;
}

/** Of small children: 500 yen a visit, twice a month at most. */
const ofChildren: ReceiptMonth["look"] = { copayOf: (visits) => Math.min(visits, 2) * 500 };

/**
 * A month of receipts of a 事務, taken in and judged, with faults in some of them: it waits for decisions, and for whoever
 * approves it.
 *
 * @returns the id of the file; nothing where nobody has a certificate
 */
export async function bringReceipts(
  platform: Platform,
  { prepares, decides }: { prepares: Actor; decides: Actor },
  { program, count, faultEvery, seed = 1, costly, look = ofChildren }: ReceiptMonth,
): Promise<string | undefined> {
  const today = platform.clock.today();
  const claimMonth = today.slice(0, 7) as IsoMonth;
  const recipients = await runWork(
    platform,
    decides,
    { purpose: "inquiry", program },
    async (work): Promise<InventedRecipient[]> => {
      const { payers } = await receiptKind(program).settled(work, today);
      const payer = payers.rows.at(-1)?.value[0] ?? "";
      const numbers = await work.sql<{ person: string; number: string }[]>`
        select e.person_number as person, e.recipient_number as number from entitlements.entitlement e
         where e.program = ${program} and e.status = 'granted' order by e.recipient_number`;
      const people = await lookAtPeople(
        work,
        numbers.map(({ person }) => person),
        ["facts"],
      );
      const births = new Map(people.map((one) => [one.personNumber as string, one.birthDate]));
      return numbers.flatMap(({ person, number }) => {
        const birth = births.get(person);
        return birth ? [{ payer, recipientNumber: number, birth: birth as IsoDate }] : [];
      });
    },
  );
  if (recipients.length === 0) return undefined;
  const fileId = await receiveReceipts(platform, prepares, {
    name: "RECEIPTC.UKE",
    source: inventedReceipts({
      recipients,
      claimMonth,
      count,
      faultEvery,
      seed,
      costly,
      ...look,
    }),
    channel: "payment-fund",
    claimMonth,
    paymentMonth: addMonths(today, 1).slice(0, 7) as IsoMonth,
  });
  await judgeFile(platform, await openSystemSession(platform), fileId);
  return fileId;
}
