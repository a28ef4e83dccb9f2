import type { ComponentChildren } from "preact";
import { z } from "zod";
import {
  type CaseHead,
  type EntryAbout,
  type EntryFaults,
  enteredOf,
  headOf,
  personOfChange,
  reportedChange,
  subjectOfChange,
} from "#src/platform/applications/index.ts";
import { type CaseRow, peopleOfCase } from "#src/platform/cases/index.ts";
import { entitlementsOfCase } from "#src/platform/entitlements/index.ts";
import { withoutAddresses } from "#src/platform/entry-parts/index.ts";
import { bornNotBefore, lookAtHousehold } from "#src/platform/people/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { Values } from "../values.ts";
import type { AnyCaseScreens, EntrySubject } from "./declaration.ts";
import { findCase } from "./find-case.ts";
import { formerEntry, withFormer } from "./former-entry.ts";
import type { CaseMoment } from "./step-kind.ts";

/** What is entered in a case: the whole application, or the part that a report changes. */
export interface EntryScreen {
  found: CaseRow;
  head: CaseHead;
  title: string;
  /** The fields, filled with what is known; none for a report that says all by its own dates and reasons. */
  fields(): ComponentChildren;
  read(form: Values): z.ZodSafeParseResult<unknown>;
}

/** Looks at what is known already, or was at a revision; every look is logged. @throws Problem 404 */
export async function entryOf(
  work: Work,
  screens: AnyCaseScreens,
  { caseId, at }: CaseMoment,
): Promise<EntryScreen> {
  const { found, head, entryAt } = await lookAtEntries(work, screens, caseId);
  return { found, head, ...(await entryAt(at)) };
}

/** A case with what was entered in it at one revision after the other; its persons are looked at once. @throws Problem 404 */
export async function lookAtEntries(
  work: Work,
  screens: AnyCaseScreens,
  caseId: string,
): Promise<{
  found: CaseRow;
  isChange: boolean;
  head: CaseHead;
  /** The present one if no revision is given. */
  entryAt(revision?: number): Promise<Entry>;
}> {
  const { found, isChange, other } = await findCase(work, screens, caseId);
  if (other) throw notFound("この申請の入力は、申請の画面から行います。");
  const others = await peopleOfCase(work, caseId);
  const register = await lookAtHousehold(work, found.personNumber, others);
  const head = await headOf(work, found, register.people);
  const about = { found, register, today: work.platform.clock.today() };
  const seen = (data: object) => (head.masked ? withoutAddresses(data, "") : data);
  const entry = isChange ? reportEntry : applicationEntry;
  return { found, isChange, head, entryAt: (at) => entry(work, screens, { at, about, seen }) };
}

interface Context {
  at: number | undefined;
  about: EntrySubject;
  /** The data without addresses where this person may not see them. */
  seen(data: object): object;
}
type Entry = Pick<EntryScreen, "title" | "fields" | "read">;

const aboutOf = ({ register, today }: EntrySubject, personNumber: string): EntryAbout => ({
  personNumber,
  today,
  birthOf: (number) => {
    const person = register.people.get(number);
    return person && bornNotBefore(person);
  },
});

/** An entry as its schema takes it, and as its dates can be; judged line by line as it was typed, so that a fault finds its field. */
function judged(
  schema: z.ZodType,
  typed: unknown,
  faultsOf: (typed: unknown) => EntryFaults | undefined,
): z.ZodSafeParseResult<unknown> {
  const parsed = schema.safeParse(typed);
  if (!parsed.success) return parsed;
  const faults = Object.entries(faultsOf(typed) ?? {});
  if (faults.length === 0) return parsed;
  const issues = faults.map(([path, message]) => ({
    code: "custom" as const,
    path: path.split("."),
    message,
    input: undefined,
  }));
  return { success: false, error: new z.ZodError(issues) };
}

async function applicationEntry(
  work: Work,
  screens: AnyCaseScreens,
  { about, seen, at }: Context,
): Promise<Entry> {
  const { application, entry: form } = screens;
  const entered = await enteredOf(work, application, about.found, at);
  const { known, source } = entered
    ? { known: seen(entered), source: undefined }
    : await firstKnown(work, screens, { about, seen });
  return {
    title: "申請内容の入力",
    fields: () => form.Fields({ known, source, about }),
    read: (sent) =>
      judged(application.schema, form.read(sent, about), (typed) =>
        application.faults?.(typed, aboutOf(about, about.found.personNumber)),
      ),
  };
}

/** Before anything was entered: what the register knows, and of whom applies again what held before. */
async function firstKnown(
  work: Work,
  screens: AnyCaseScreens,
  { about, seen }: Pick<Context, "about" | "seen">,
) {
  const registered = await screens.entry.known(work, about);
  const former = await formerEntry(work, screens, about);
  if (!former) return registered;
  const known = withFormer(seen(former.data) as typeof former.data, registered.known);
  return { known, source: `前の申請 ${former.number} と${registered.source ?? "住民記録"}` };
}

async function reportEntry(
  work: Work,
  screens: AnyCaseScreens,
  { about, seen, at }: Context,
): Promise<Entry> {
  const { change, before, after } = await reportedChange(work, screens.change, about.found, at);
  const { title, schema, faults } = subjectOfChange(screens.change, change);
  const concerned = await entitlementsOfCase(work, about.found.id);
  const personNumber = personOfChange(screens.change, change, about.found, concerned);
  const form = screens.changeForms[change.subject];
  return {
    title,
    fields: () =>
      form?.Fields({
        known: seen(after ?? before),
        before: seen(before),
        personNumber,
        about,
        concerned,
      }),
    read: (sent) =>
      judged(schema, form ? form.read(sent, { ...about, personNumber }) : {}, (typed) =>
        faults?.(typed as object, aboutOf(about, personNumber)),
      ),
  };
}
