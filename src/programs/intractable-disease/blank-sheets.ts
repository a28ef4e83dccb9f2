import { limitSheet } from "#forms/intractable-disease/limit-sheet.ts";
import { entitlementsOf } from "#src/platform/entitlements/index.ts";
import { type MadePaper, makePaper } from "#src/platform/letters/index.ts";
import { lookAtPerson, shownName } from "#src/platform/people/index.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import {
  addMonths,
  type IsoDate,
  type IsoMonth,
  later,
  monthStart,
} from "#workflows/dates/iso-date.ts";
import { intractable } from "./application.ts";
import { termsOn } from "./terms.ts";

/** The months of a period, the first and the last included. */
export function monthsFrom(from: IsoDate, until: IsoDate): IsoMonth[] {
  const months: IsoMonth[] = [];
  for (let at = monthStart(from); at <= until; at = addMonths(at, 1))
    months.push(at.slice(0, 7) as IsoMonth);
  return months;
}

/**
 * 自己負担上限額管理票 without entries, a page a month from today until the entitlement ends, with the cap that holds now.
 *
 * @throws Problem 409 where the person holds no certificate; 404
 */
export async function blankSheets(work: Work, personNumber: string): Promise<MadePaper> {
  const { program } = intractable;
  const today = work.platform.clock.today();
  const held = (await entitlementsOf(work, program, personNumber)).find(
    ({ status, validTo }) => status === "granted" && validTo >= today,
  );
  const from = held && later(today, held.validFrom as IsoDate);
  const terms = from && (await termsOn(work, [held.id], from)).get(held.id);
  if (!terms)
    throw new Problem({
      status: 409,
      message: "有効な支給認定がありません。認定の後に管理票を印刷できます。",
    });
  const person = await lookAtPerson(work, personNumber, ["facts", "name"]);
  if (!person) throw notFound();
  return makePaper(work, intractable.letters.papers, {
    form: limitSheet,
    data: {
      name: shownName(person),
      payerNumber: terms.payerNumber,
      recipientNumber: held.recipientNumber,
      limit: terms.cap,
      from: held.validFrom as IsoDate,
      until: held.validTo as IsoDate,
      months: monthsFrom(from, held.validTo as IsoDate),
    },
    subject: { personNumber, officeCode: held.officeCode },
    sample: false,
  });
}
