import { refusalReasons } from "#workflows/claims/reasons.ts";
import { type ClaimCare, claimCares } from "#workflows/claims/receipt.ts";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import type { AmountStep } from "#workflows/money/rounding.ts";
import { currentData } from "../applications/index.ts";
import { type CaseRow, getCase } from "../cases/index.ts";
import { entitlementsOf, recipientNumbersOf } from "../entitlements/index.ts";
import { type Addressee, recipientOf } from "../letters/index.ts";
import { accountInWords, confirmedAccount, payableOf, readAccount } from "../payments/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { billsOf, claimOf, openSealedClaim } from "./bills.ts";
import type { ClaimKind } from "./kind.ts";
import { proposedOf } from "./proposal.ts";

/** A receipt of a claim as a notice tells of it. */
export interface DecidedReceipt {
  readonly month: IsoMonth;
  readonly day?: number | undefined;
  readonly institution: string;
  /** 外来, 入院, 歯科, 調剤, 訪問看護, 治療用装具. */
  readonly care: (typeof claimCares)[ClaimCare];
  /** Of 治療用装具 there are none. */
  readonly points?: number | undefined;
  /** 10割, and 領収額 for insured care; yen. */
  readonly cost: number;
  readonly paid: number;
  readonly amount: number;
  /** From 領収額 to the amount, line by line; they add up to it. */
  readonly lines: readonly AmountStep[];
  /** Why nothing is paid, in words; only of what is refused. */
  readonly refusal?: string | undefined;
}

/** A claim as it is proposed or was decided: all that 支給決定通知 and 不支給決定通知 say beside office, date and 教示. */
export interface DecidedClaim {
  readonly claimNumber: string;
  readonly receivedOn: IsoDate;
  readonly decision: "payment" | "refusal";
  /** To whom the notice goes. */
  readonly recipient: Awaited<ReturnType<typeof recipientOf>>;
  /** 統合宛名番号 of the recipient of the subsidy (対象者), and the number on the card where there is one. */
  readonly personNumber: string;
  readonly recipientNumber?: string | undefined;
  readonly receipts: readonly DecidedReceipt[];
  readonly total: number;
  /** 振込先口座, all but the last figures hidden; nothing where nothing is paid. */
  readonly account?: string | undefined;
  /** 振込日, once it is paid. */
  readonly paidOn?: IsoDate | undefined;
}

/**
 * A claim for its notice, as it was decided last or is proposed. Names, account and address are opened, and that is logged.
 *
 * @throws Problem 422 where nothing is proposed yet
 */
export async function decidedClaim(
  work: Work,
  kind: ClaimKind,
  caseId: string,
): Promise<DecidedClaim> {
  const found = await getCase(work, caseId);
  const proposed = await proposedOf(work, caseId);
  if (!proposed || proposed.decision === "remanded" || proposed.decision === "retracted")
    throw new Problem({ status: 422, message: "支給・不支給は、まだ起案されていません。" });
  const { payeeNumber } = await claimOf(work, caseId);
  const { institutions } = await openSealedClaim(work, found);
  const bills = await billsOf(work, caseId);
  const pays = proposed.subject === "payment";
  const { program } = kind;
  const account = pays
    ? await confirmedAccount(work, { program, personNumber: payeeNumber })
    : undefined;
  const payable = await payableOf(work, { program, sourceKind: "refund", sourceId: caseId });
  const numbers = await recipientNumbersOf(work, program, found.personNumber);
  return {
    claimNumber: found.number,
    receivedOn: found.receivedOn as IsoDate,
    decision: pays ? "payment" : "refusal",
    recipient: await recipientOf(work, await addresseeOf(work, kind, found)),
    personNumber: found.personNumber,
    recipientNumber: numbers[0]?.recipientNumber,
    receipts: bills.map((bill): DecidedReceipt => {
      const row = proposed.rows.find(({ number }) => number === bill.number);
      return {
        month: bill.month as IsoMonth,
        day: bill.day ?? undefined,
        institution: institutions[bill.number] ?? "",
        care: claimCares[bill.care],
        ...(bill.care === "appliance" ? {} : { points: bill.cost / 10 }),
        cost: bill.cost,
        paid: bill.paid,
        amount: row?.amount ?? 0,
        lines: row?.lines ?? [],
        ...(row?.reason ? { refusal: refusalReasons[row.reason] } : {}),
      };
    }),
    total: proposed.total,
    ...(account ? { account: accountInWords((await readAccount(work, account.id)).account) } : {}),
    ...(payable?.paidOn ? { paidOn: payable.paidOn as IsoDate } : {}),
  };
}

/** To whom the application sends its letters by what holds today. */
export async function addresseeOf(work: Work, kind: ClaimKind, found: CaseRow): Promise<Addressee> {
  const [newest] = (await entitlementsOf(work, kind.program, found.personNumber)).toSorted(
    (a, b) => (a.validFrom < b.validFrom ? 1 : -1),
  );
  if (!newest)
    throw new Problem({ status: 422, message: "受給資格がないため、宛先がありません。" });
  const granting = await getCase(work, newest.caseId);
  const { id, personNumber } = granting;
  return kind.application.addressee(
    await currentData(work, kind.application, { caseId: id, personNumber }),
    work.platform.clock.today(),
  );
}
