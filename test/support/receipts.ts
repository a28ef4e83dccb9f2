import { randomUUID } from "node:crypto";
import { inventedReceipts } from "#src/demonstration/invented-receipts.ts";
import { getFile, judgeFile, receiveReceipts } from "#src/platform/receipts/index.ts";
import { approveFile } from "#src/platform/receipts/jobs.ts";
import { receiptWork } from "#src/platform/receipts/move.ts";
import { postFile } from "#src/platform/receipts/post-file.ts";
import type { IncomingReceipts } from "#src/platform/receipts/receive.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import "#src/programs/child-medical/index.ts";
import "#src/programs/single-parent-medical/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import { bareCase } from "./bare-case.ts";
import type { TestPlatform, TestStaff } from "./database.ts";
import { invented } from "./people.ts";
import { writePeople } from "./register.ts";

/** Somebody entitled, as the receipts of a test know them. */
export interface Entitled {
  person: string;
  payer: string;
  recipientNumber: string;
  birth: IsoDate;
  entitlementId: string;
}

export const childPayer = "83430017";

/** The office that handles receipts: entitled people arranged by the administrator, and files brought to where a test begins. */
export function receiptsOf(home: TestPlatform, program = "child-medical", payer = childPayer) {
  const { platform, admin } = home;
  const inReceipts = async <T>(who: TestStaff | "system", run: (work: Work) => Promise<T>) =>
    runWork(
      platform,
      who === "system" ? await home.system() : await home.actor(who),
      receiptWork,
      run,
    );
  let next = 0;

  /** People with numbers and entitlements of the 事務. */
  async function entitled(
    many: number,
    {
      from = "2026-04-01",
      to = "2027-03-31",
      status = "granted",
    }: { from?: IsoDate; to?: IsoDate; status?: string } = {},
  ): Promise<Entitled[]> {
    const records = Array.from({ length: many }, () => invented());
    const numbers = await runWork(platform, await home.system(), { purpose: "feed" }, (work) =>
      writePeople(
        work,
        records.map((record) => ({ record })),
      ),
    );
    const [first = ""] = numbers;
    const caseId = await bareCase(admin, first);
    const all = numbers.map((person, at) => {
      next += 1;
      return {
        person,
        payer,
        recipientNumber: withCheckDigit(String(200_000 + next)),
        birth: records[at]?.birthDate as IsoDate,
        entitlementId: randomUUID(),
      };
    });
    const of = <T>(pick: (one: Entitled) => T) => all.map(pick);
    await admin`insert into entitlements.recipient (program, recipient_number, person_number, valid_from)
      select ${program}, n, p, ${from} from unnest(${of((o) => o.recipientNumber)}::text[], ${of((o) => o.person)}::text[]) x(n, p)`;
    await admin`insert into entitlements.entitlement (id, program, kind, person_number, case_id, recipient_number, office_code, valid_from, valid_to, granted_to, granted_on, status)
      select i, ${program}, 'medical', p, ${caseId}, n, '431010', ${from}, ${to}, ${to}, ${from}, ${status}
        from unnest(${of((o) => o.entitlementId)}::uuid[], ${of((o) => o.recipientNumber)}::text[], ${of((o) => o.person)}::text[]) x(i, n, p)`;
    if (status === "suspended")
      await admin`insert into entitlements.suspension (entitlement_id, from_on, reason, case_id)
        select i, ${from}, 'other', ${caseId} from unnest(${of((o) => o.entitlementId)}::uuid[]) i`;
    return all;
  }

  /** A UKE of invented receipts. */
  const ukeFor = (
    recipients: readonly Entitled[],
    given: Partial<Parameters<typeof inventedReceipts>[0]> = {},
  ): Uint8Array =>
    Buffer.concat([
      ...inventedReceipts({
        recipients,
        claimMonth: "2026-10",
        count: recipients.length,
        institutions: 2,
        copayOf: (visits) => Math.min(visits, 2) * 500,
        ...given,
      }),
    ]);

  const receive = async (
    bytes: Uint8Array,
    given: Partial<IncomingReceipts> = {},
    who: TestStaff = "operator1",
  ) =>
    receiveReceipts(platform, await home.actor(who), {
      name: "RECEIPTC.UKE",
      source: [bytes],
      channel: "payment-fund",
      claimMonth: "2026-10",
      paymentMonth: "2026-11",
      ...given,
    });

  const judged = async (bytes: Uint8Array, given: Partial<IncomingReceipts> = {}) => {
    const fileId = await receive(bytes, given);
    await judgeFile(platform, await home.system(), fileId);
    return fileId;
  };

  const approve = (fileId: string, who: TestStaff = "supervisor1") =>
    inReceipts(who, async (work) => {
      const { revision } = await getFile(work, fileId);
      await approveFile(work, { fileId, revision });
    });

  const committed = async (bytes: Uint8Array, given: Partial<IncomingReceipts> = {}) => {
    const fileId = await judged(bytes, given);
    await approve(fileId);
    await postFile(platform, await home.system(), fileId);
    return fileId;
  };

  /** What became of each receipt: outcome, decision, whether it is posted, and the codes against it. */
  const outcomes = (fileId: string) => admin<
    { row: number; outcome: string; decided: string | null; posted: boolean; codes: string[] }[]
  >`
    select r.row, r.outcome, r.decided, r.posted,
           array(select t.code from receipts.fault t where t.file_id = r.file_id and t.row = r.row order by 1) as codes
      from receipts.receipt r where r.file_id = ${fileId} order by r.row`;

  /** Sum of the ledger of a file. */
  const ledger = async (fileId: string) => {
    const [row] = await admin<{ count: number; subsidy: number; pays: number }[]>`
      select count(*)::integer as count, coalesce(sum(subsidy), 0)::integer as subsidy, coalesce(sum(patient_pays), 0)::integer as pays
        from receipts.benefit where file_id = ${fileId}`;
    return row;
  };

  return { entitled, ukeFor, receive, judged, approve, committed, outcomes, ledger, inReceipts };
}
