import {
  type Appeal,
  type DuePart,
  type Form,
  type OverdueData,
  type PaymentSlip,
  paymentSlipLetter,
  type RepaymentDecisionData,
  repaymentDecision,
  repaymentDunning,
  repaymentReminder,
  type SlipLetterData,
} from "#forms/index.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import type { RepaymentTerms } from "#workflows/payments/letter-terms.ts";
import type { RepaymentEventType } from "#workflows/payments/repayment.ts";
import { storeBarcode } from "#workflows/payments/store-barcode.ts";
import { cityOf } from "../city/index.ts";
import {
  type Addressee,
  type MadePaper,
  makePaper,
  type ProgramLetters,
  recipientOf,
  requireReleasedAddress,
  type Unissued,
} from "../letters/index.ts";
import { cityParameterOn } from "../parameters/index.ts";
import { addressLine, lookAtPerson, shownName } from "../people/index.ts";
import { officeFinder } from "../printing/index.ts";
import { EntryProblem, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import {
  lateOf,
  outstandingOf,
  type RepaymentDetails,
  repaymentCauseTitles,
  repaymentNumber,
} from "./repayments.ts";

/** Letters of a 事務, and what the city has set for those about its 返還金. */
export interface RepaymentLetters {
  readonly letters: ProgramLetters;
  readonly terms: CityParameter<RepaymentTerms>;
  /** The 送付先 that counts today for who owes, by 統合宛名番号; without one papers go to the registered address. */
  mailing?(work: Work, payer: string): Promise<Addressee | undefined>;
}

/** Steps of a repayment that issue a paper. */
export const paperSteps = [
  "demand",
  "tell-change",
  "slip",
  "dun",
  "remind",
] as const satisfies readonly RepaymentEventType[];
export type PaperStep = (typeof paperSteps)[number];

/** What is entered for a paper before it is issued. */
export interface PaperEntry {
  /** 納期限, which begins with the 返還決定通知書; of the plan where there is one. */
  readonly due?: IsoDate | undefined;
  /** 指定期限 of a 督促状, a 催告書 and of slips for what is late. */
  readonly payBy?: IsoDate | undefined;
  /** Why, as the person is told. */
  readonly reason?: string | undefined;
}

/** A paper with the day and the amount that the database compares. */
export interface RepaymentPaper extends MadePaper {
  readonly due: IsoDate;
  readonly payBy: IsoDate | null;
  readonly amount: number;
}

/**
 * 納期限 and 指定期限 as they are proposed for a paper of today; `undefined` where the city has set nothing for them, so that no
 * paper can be issued.
 */
export async function proposedDays(
  work: Work,
  { terms }: RepaymentLetters,
): Promise<{ due: IsoDate; payBy: IsoDate } | undefined> {
  const today = work.platform.clock.today();
  try {
    const { dueDays, payByDays } = (await cityParameterOn(work, terms, today)).value;
    return { due: addDays(today, dueDays), payBy: addDays(today, payByDays) };
  } catch (error) {
    if (error instanceof Problem && error.status === 503) return undefined;
    throw error;
  }
}

const sum = (parts: readonly { amount: number }[]) =>
  parts.reduce((total, { amount }) => total + amount, 0);

/**
 * To whom papers go: to the 送付先 where one counts, else to who owes at the registered address.
 *
 * @throws Problem 403 under 支援措置, 422 without an address
 */
async function addresseeOf(
  work: Work,
  { mailing }: RepaymentLetters,
  payer: string,
): Promise<Addressee> {
  const person = await lookAtPerson(work, payer, ["facts", "name", "address"]);
  if (!person) throw new Problem({ status: 404, message: "返す人が見つかりません。" });
  requireReleasedAddress(work, [person]);
  const elsewhere = await mailing?.(work, payer);
  if (elsewhere) return elsewhere;
  if (!person.address)
    throw new Problem({
      status: 422,
      message: "返す人の住所が登録されていないため、郵送する文書を作れません。",
    });
  return {
    name: shownName(person),
    postalCode: person.address.postalCode ?? "",
    address: addressLine(person),
    building: person.address.building ?? "",
  };
}

/**
 * A paper of a repayment as the step would issue it now; without a number it is looked at only.
 *
 * @throws EntryProblem of `due`, `payBy` or `reason`; Problem 403, 422, 503 where the city has not set what it says
 */
export async function makeRepaymentPaper(
  work: Work,
  of: RepaymentLetters,
  details: RepaymentDetails,
  type: PaperStep,
  entry: PaperEntry,
  number?: string,
): Promise<RepaymentPaper> {
  const { letters, terms } = of;
  const { repayment: row, plan, unpaid, notices } = details;
  const today = work.platform.clock.today();
  const set = (await cityParameterOn(work, terms, today)).value;
  const city = await cityOf(work);
  const named = (part: (typeof unpaid)[number]): DuePart => ({
    name: plan.length > 0 ? `第${part.number}回` : row.received > 0 ? "残額" : "全額",
    due: part.dueOn,
    amount: part.amount,
  });
  const isLate = type === "dun" || type === "remind";
  const first = unpaid[0];
  if (!first) throw new Problem({ status: 409, message: "未納の額はありません。" });
  const due =
    type === "demand" ? dueOfDemand(entry, plan.length > 0, first.dueOn, today) : first.dueOn;
  const parts = (isLate ? lateOf(unpaid, today) : unpaid).map((part) =>
    named(type === "demand" && plan.length === 0 ? { ...part, dueOn: due } : part),
  );
  const payBy = isLate || type === "slip" ? payByOf(entry, today) : null;
  const reissue = notices.filter(({ kind }) => kind !== "receipt").length;
  const slip = (name: string, by: IsoDate, amount: number, place: number): PaymentSlip => ({
    instalment: name,
    due: by,
    amount,
    barcode: set.storeCompany
      ? storeBarcode({
          company: set.storeCompany,
          free: `${set.storePrefix ?? ""}${String(row.serial).padStart(8, "0")}${String(place).padStart(3, "0")}`,
          reissue,
          due: by,
          amount,
        })
      : undefined,
  });
  const slips = isLate
    ? [
        slip(
          parts.length > 1 ? "納期限を過ぎた分" : (parts[0]?.name ?? ""),
          payBy ?? today,
          sum(parts),
          0,
        ),
      ]
    : parts.map((part, index) =>
        slip(
          part.name,
          payBy && part.due < today ? payBy : part.due,
          part.amount,
          plan.length > 0 ? (unpaid[index]?.number ?? 1) : 1,
        ),
      );
  const head = {
    to: await recipientOf(work, await addresseeOf(work, of, row.personNumber)),
    documentNumber: number ?? "（下書き）",
    date: today,
    office: (await officeFinder(work))(row.officeCode),
    program: letters.title,
    number: repaymentNumber(row),
    municipality: city.name,
    slips,
  };
  const letter = {
    ...head,
    facts: [{ label: "返還の事由", value: repaymentCauseTitles[row.cause] }],
    amount: row.amount,
    reducedBy: row.reducedBy,
    received: row.received,
    parts,
  };
  const subject = { personNumber: row.personNumber, officeCode: row.officeCode };
  const print = <Data extends { readonly issuer: RepaymentDecisionData["issuer"] }>(
    form: Form<Data>,
    data: Unissued<Data>,
  ) =>
    makePaper(work, letters.papers, {
      form,
      data,
      subject: { ...subject, ...(row.caseId ? { caseId: row.caseId } : {}) },
      sample: number === undefined,
    });
  const made = async (): Promise<MadePaper> => {
    switch (type) {
      case "slip":
        return print<SlipLetterData>(paymentSlipLetter, head);
      case "demand":
      case "tell-change": {
        const sort = sortOf(type, details);
        return print<RepaymentDecisionData>(repaymentDecision, {
          ...letter,
          sort,
          reason: reasonOf(entry),
          ...(sort === "plan" ? {} : { basis: set.basis, appeal: city.appeal }),
        });
      }
      default: {
        const demand = notices.findLast(({ kind }) => kind === "demand");
        const dunning = notices.findLast(({ kind }) => kind === "dunning");
        const appeal: Appeal | undefined =
          type === "dun" && set.dunningAppeal === "yes" ? city.appeal : undefined;
        return print<OverdueData>(type === "dun" ? repaymentDunning : repaymentReminder, {
          ...letter,
          demandNumber: demand?.number ?? "",
          demandedOn: (row.demandedOn ?? today) as IsoDate,
          dunnedOn: type === "remind" ? ((dunning?.madeOn ?? undefined) as IsoDate) : undefined,
          payBy: payBy ?? today,
          appeal,
        });
      }
    }
  };
  return {
    ...(await made()),
    due,
    payBy,
    amount: isLate ? sum(parts) : outstandingOf(row),
  };
}

/** Whether a reduction or only a plan came after what the person was last told. */
function sortOf(type: "demand" | "tell-change", { steps }: RepaymentDetails) {
  if (type === "demand") return "decision";
  const told = steps.findLast(({ event }) => event === "demand" || event === "tell-change");
  const reduced = steps.some(
    ({ event, revision }) => event === "reduce" && revision > (told?.revision ?? 0),
  );
  return reduced ? "reduction" : "plan";
}

function dueOfDemand(
  { due }: PaperEntry,
  isPlanned: boolean,
  firstDue: IsoDate,
  today: IsoDate,
): IsoDate {
  if (isPlanned && firstDue <= today)
    throw new Problem({
      status: 409,
      message: "分納の初回の納期限が過ぎています。分納を決め直してから発行してください。",
    });
  if (isPlanned) return firstDue;
  if (!due) throw new EntryProblem("due", "納期限を入力してください。");
  if (due <= today) throw new EntryProblem("due", "納期限は、明日以降にしてください。");
  return due;
}

function payByOf({ payBy }: PaperEntry, today: IsoDate): IsoDate {
  if (!payBy) throw new EntryProblem("payBy", "指定期限を入力してください。");
  if (payBy <= today) throw new EntryProblem("payBy", "指定期限は、明日以降にしてください。");
  return payBy;
}

function reasonOf({ reason }: PaperEntry): string {
  const text = reason?.trim();
  if (text) return text;
  throw new EntryProblem("reason", "通知書に書く理由を入力してください。");
}
