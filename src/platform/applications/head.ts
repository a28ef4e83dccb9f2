import { standardBy } from "#workflows/cases/deadlines.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import {
  type CaseRow,
  deadlineOf,
  deadlinesOf,
  definitionOf,
  handlerOf,
  peopleOfCase,
} from "../cases/index.ts";
import { lookAtPeople, type Person } from "../people/index.ts";
import type { Work } from "../work.ts";

/** Whose case it is, since when, who has it and until when: stands above every page of a case. */
export interface CaseHead {
  found: CaseRow;
  subject: Person;
  /** How many others belong to the case. */
  others: number;
  /** The address of one of the persons is withheld from this member of staff. */
  masked: boolean;
  /** One of the persons is under 支援措置. */
  isProtected: boolean;
  /** 担当. */
  handler: string | undefined;
  /** The end of the 標準処理期間, while the case is under way. */
  standard: { by: IsoDate; days: number } | undefined;
  /** The nearest day that is watched: 補正期限, 回答期限. */
  due: IsoDate | undefined;
  /** The 補正期限 that is watched. */
  limit: IsoDate | undefined;
  /** On which the page was made: for the age, and what is overdue. */
  today: IsoDate;
}

/**
 * The head of a case.
 *
 * @param people whom the page has looked at already; without them the persons of the case are looked at, once
 */
export async function headOf(
  work: Work,
  found: CaseRow,
  people?: ReadonlyMap<string, Person>,
): Promise<CaseHead> {
  const numbers = await peopleOfCase(work, found.id);
  const seen = people
    ? numbers.flatMap((number) => people.get(number) ?? [])
    : await lookAtPeople(work, numbers, ["facts", "name", "address"]);
  const subject = seen.find(({ personNumber }) => personNumber === found.personNumber);
  if (!subject) throw new Error("the subject of a case is in the register");
  const { open } = stateMeta(definitionOf(found), found.state);
  return {
    found,
    subject,
    others: numbers.length - 1,
    masked: seen.some(({ addressMasked }) => addressMasked),
    isProtected: seen.some((person) => person.isProtected),
    handler: await handlerOf(work, found),
    standard: open ? standardBy(found.receivedOn as IsoDate, deadlinesOf(found.kind)) : undefined,
    due: await deadlineOf(work, found.id),
    limit: await deadlineOf(work, found.id, "hold"),
    today: work.platform.clock.today(),
  };
}
