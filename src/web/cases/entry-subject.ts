import type { ComponentChildren } from "preact";
import type { z } from "zod";
import {
  enteredOf,
  personOfChange,
  reportedChange,
  subjectOfChange,
} from "#src/platform/applications/index.ts";
import { type CaseRow, peopleOfCase } from "#src/platform/cases/index.ts";
import { entitlementsOfCase } from "#src/platform/entitlements/index.ts";
import { withoutAddresses } from "#src/platform/entry-parts/index.ts";
import { lookAtHousehold } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { Values } from "../values.ts";
import type { AnyCaseScreens, EntrySubject } from "./declaration.ts";
import { findCase } from "./find-case.ts";

/** What is entered in a case: the whole application, or the part that a report changes. */
export interface EntryScreen {
  found: CaseRow;
  title: string;
  isProtected: boolean;
  /** The fields, filled with what is known; none for a report that says all by its own dates and reasons. */
  fields(): ComponentChildren;
  read(form: Values): z.ZodSafeParseResult<unknown>;
}

/** Looks at what is known already; every look is logged. @throws Problem 404 */
export async function entryOf(
  work: Work,
  screens: AnyCaseScreens,
  caseId: string,
): Promise<EntryScreen> {
  const { found, isChange } = await findCase(work, screens, caseId);
  const others = await peopleOfCase(work, caseId);
  const register = await lookAtHousehold(work, found.personNumber, others);
  const people = others.flatMap((one) => register.people.get(one) ?? []);
  const masked = people.some(({ addressMasked }) => addressMasked);
  const context: Context = {
    about: { found, register },
    seen: (data) => (masked ? withoutAddresses(data, "") : data),
  };
  const isProtected = people.some((person) => person.isProtected);
  const entry = await (isChange ? reportEntry : applicationEntry)(work, screens, context);
  return { found, isProtected, ...entry };
}

interface Context {
  about: EntrySubject;
  /** The data without addresses where this person may not see them. */
  seen(data: object): object;
}
type Entry = Pick<EntryScreen, "title" | "fields" | "read">;

async function applicationEntry(
  work: Work,
  { application, entry: form }: AnyCaseScreens,
  { about, seen }: Context,
): Promise<Entry> {
  const entered = await enteredOf(work, application, about.found);
  const { known, source } = entered
    ? { known: seen(entered), source: undefined }
    : await form.known(work, about);
  return {
    title: "申請内容の入力",
    fields: () => form.Fields({ known, source, about }),
    read: (sent) => application.schema.safeParse(form.read(sent, about)),
  };
}

async function reportEntry(
  work: Work,
  screens: AnyCaseScreens,
  { about, seen }: Context,
): Promise<Entry> {
  const { change, before, after } = await reportedChange(work, screens.change, about.found);
  const { title, schema } = subjectOfChange(screens.change, change);
  const concerned = await entitlementsOfCase(work, about.found.id);
  const personNumber = personOfChange(screens.change, change, about.found, concerned);
  const form = screens.changeForms[change.subject];
  return {
    title,
    fields: () =>
      form?.Fields({ known: seen(after ?? before), before: seen(before), personNumber, about }),
    read: (sent) => schema.safeParse(form ? form.read(sent, { ...about, personNumber }) : {}),
  };
}
