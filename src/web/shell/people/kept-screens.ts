import {
  addAttachment,
  addNote,
  readAttachment,
  withdrawAttachment,
} from "#src/platform/notes/index.ts";
import { lookAtPerson, type Person } from "#src/platform/people/index.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { sentWith } from "../../cases/sent.tsx";
import { roomForScan, scanIn, scanReply } from "../../notes/sent-file.ts";
import { personOfPath, personPath } from "../../person-path.ts";
import { redirect } from "../../reply.ts";
import { type AnyRoute, defineRoute, type Route, type ScreenRequest } from "../../route.ts";
import type { ScreenSet } from "../../screens.ts";
import { chosenPaper, chosenProgram, type KeepingProgram, programsWith } from "./kept.tsx";
import { personPage } from "./person-page.tsx";

/** A form on the page of a person: done, the page is shown again; refused, it comes back with what was typed. */
interface KeptForm extends Pick<Route, "takesFiles"> {
  path: string;
  audit: `${string}.${string}`;
  /** Which form of the page it is (`useSent`). */
  event: "note" | "attachment";
  said: string;
  run(
    work: Work,
    given: {
      personNumber: PersonNumber;
      programs: readonly KeepingProgram[];
      request: Pick<ScreenRequest, "form"> & { params: Readonly<Record<string, string>> };
    },
  ): Promise<void>;
}

const forms: readonly KeptForm[] = [
  {
    path: "notes",
    audit: "note.added",
    event: "note",
    said: "メモを追加しました。",
    async run(work, { personNumber, programs, request: { form } }) {
      const program = chosenProgram(form, programs);
      if (!program) throw new EntryProblem("program", "事務を選んでください。");
      await addNote(work, { personNumber, program: program.id }, form.whole("note"));
    },
  },
  {
    path: "attachments",
    audit: "attachment.added",
    event: "attachment",
    takesFiles: roomForScan,
    said: "ファイルを添付しました。",
    async run(work, { personNumber, programs, request: { form } }) {
      const paper = chosenPaper(form, programs);
      if (!paper) throw new EntryProblem("document", "書類を選んでください。");
      const bytes = await scanIn(form);
      const { program, documentCode } = paper;
      await addAttachment(work, { personNumber, program }, { bytes, documentCode });
    },
  },
  {
    path: "attachments/:attachmentId/withdrawal",
    audit: "attachment.withdrawn",
    event: "attachment",
    said: "添付を取り下げました。",
    async run(work, { personNumber, request: { params } }) {
      await withdrawAttachment(work, { personNumber }, params.attachmentId ?? "");
    },
  },
];

/** What is sent from the notes and scans of a person's page, and the scans in the browser. */
export function keptScreens(sets: readonly ScreenSet[]): AnyRoute[] {
  return [
    ...forms.map(({ path, audit, event, said, run, takesFiles }) =>
      defineRoute({
        method: "post",
        path: `/people/:person/${path}` as const,
        right: "case.enter",
        purpose: "counter",
        audit,
        ...(takesFiles ? { takesFiles } : {}),
        async handle(request) {
          const personNumber = personOfPath(request.platform, request.params.person);
          try {
            await request.work(async (unit) => {
              const person = await lookedAt(unit, personNumber);
              const programs = programsWith(sets, request.actor, "case.enter", person);
              await run(unit, { personNumber, programs, request });
            });
            return redirect(personPath(request.platform, personNumber), said);
          } catch (error) {
            return personPage(request, sets, personNumber, sentWith(event, request.form, error));
          }
        },
      }),
    ),
    defineRoute({
      method: "get",
      path: "/people/:person/attachments/:attachmentId",
      right: "case.read",
      purpose: "counter",
      audit: "attachment.opened",
      async handle({ params, platform, work }) {
        const personNumber = personOfPath(platform, params.person);
        return scanReply(
          await work((unit) => readAttachment(unit, { personNumber }, params.attachmentId)),
        );
      },
    }),
  ];
}

async function lookedAt(work: Work, personNumber: PersonNumber): Promise<Person> {
  const person = await lookAtPerson(work, personNumber, ["facts"]);
  if (!person) throw notFound();
  return person;
}
