import { type Actor, holds, type Right } from "#src/platform/access/index.ts";
import type { Attachment, Note } from "#src/platform/notes/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import { AttachmentPanel } from "../../notes/attachment-panel.tsx";
import { NotePanel } from "../../notes/note-panel.tsx";
import type { ScreenSet } from "../../screens.ts";
import type { Values } from "../../values.ts";

/** What is kept of a person beside all cases, as this member of staff sees it. */
export interface KeptOfPerson {
  notes: readonly Note[];
  attachments: readonly Attachment[];
}

/** A 事務 in which notes and scans on a person are kept. */
export type KeepingProgram = Pick<ScreenSet, "title" | "documents"> & { id: string };

const otherPaper = "その他の書類";

/** The 事務 in which somebody holds a right at the office where the person is registered. */
export const programsWith = (
  sets: readonly ScreenSet[],
  actor: Actor,
  right: Right,
  { officeCode }: Pick<Person, "officeCode">,
): KeepingProgram[] =>
  sets.flatMap(({ id, title, documents }) =>
    id !== undefined && holds(actor, right, { program: id, office: officeCode })
      ? [{ id, title, ...(documents ? { documents } : {}) }]
      : [],
  );

/** The 事務 that was chosen; the only one where there is no choice. */
export const chosenProgram = (
  form: Values,
  programs: readonly KeepingProgram[],
): KeepingProgram | undefined =>
  programs.length === 1 ? programs[0] : programs.find(({ id }) => id === form.text("program"));

/** The papers of the 事務, each by 事務 and code; the first of each is any other paper. */
const papersOf = (programs: readonly KeepingProgram[]) =>
  programs.flatMap(({ id, title, documents = {} }) =>
    [["", otherPaper], ...Object.entries(documents).map(([code, one]) => [code, one.title])].map(
      ([code, paper]) => ({
        value: `${id}/${code}`,
        label: `${paper}`,
        group: title,
      }),
    ),
  );

/** What paper was chosen: its 事務 and its code; none where it is none of theirs. */
export function chosenPaper(
  form: Values,
  programs: readonly KeepingProgram[],
): { program: string; documentCode: string | null } | undefined {
  const values = papersOf(programs).map(({ value }) => value);
  const [program, code] = form.choice("document", values)?.split("/") ?? [];
  return program === undefined ? undefined : { program, documentCode: code || null };
}

interface KeptProps {
  kept: KeptOfPerson;
  sets: readonly ScreenSet[];
  actor: Actor;
  person: Person;
  path: `/${string}`;
}

const setOf = ({ sets }: KeptProps, program: string | null) =>
  sets.find(({ id }) => id === program);

/** Whether this member of staff may see any there could be. */
const sees = ({ sets, actor, person }: KeptProps) =>
  programsWith(sets, actor, "case.read", person).length > 0;

/** Notes on the page of a person, and where one is written. */
export function PersonNotes(props: KeptProps) {
  const { kept, sets, actor, person, path } = props;
  if (!sees(props)) return null;
  const writing = programsWith(sets, actor, "case.enter", person);
  return (
    <NotePanel
      notes={kept.notes}
      titleOf={(program) => setOf(props, program)?.title}
      action={writing.length > 0 ? `${path}/notes` : undefined}
      programs={writing.map(({ id, title }) => ({ value: id, label: title }))}
    />
  );
}

/** Scans on the page of a person, and where one is added. */
export function PersonAttachments(props: KeptProps) {
  const { kept, sets, actor, person, path } = props;
  if (!sees(props)) return null;
  const writing = programsWith(sets, actor, "case.enter", person);
  return (
    <AttachmentPanel
      attachments={kept.attachments}
      path={`${path}/attachments`}
      masked={person.addressMasked}
      titleOf={({ program, documentCode }) => {
        const set = setOf(props, program);
        const paper = set?.documents?.[documentCode ?? ""]?.title ?? otherPaper;
        return set ? `${paper}（${set.title}）` : paper;
      }}
      documents={writing.length > 0 ? papersOf(writing) : undefined}
    />
  );
}
