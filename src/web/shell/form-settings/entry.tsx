import {
  checkProposal,
  type Faults,
  formOfPapers,
  latestSettings,
  listSettings,
  type Proposal,
  previewForm,
  proposeSetting,
} from "#src/platform/printing/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { Notification, PageTitle } from "../../components/index.ts";
import { inlinePdf, page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import { EntryForm } from "./entry-form.tsx";
import { findProgram, requirePreparer } from "./program.ts";
import { readProposal } from "./read-proposal.ts";
import { type PrintingProgram, paths, placesInWords, title } from "./words.ts";

const guard = { right: "form-setting.prepare", purpose: "administration" } as const;
type Request = ScreenRequest<"/form-settings/:program/new">;

/** Proposing new settings: the words with the built-in ones beside them, and the papers as they would look. */
export const entryScreens = (programs: readonly PrintingProgram[]) => [
  defineRoute({
    ...guard,
    method: "get",
    path: "/form-settings/:program/new",
    audit: "form-setting.entry-opened",
    async handle(request) {
      const program = findProgram(programs, request.params.program);
      requirePreparer(request.actor, program.id);
      const { base, open } = await request.work(async (unit) => ({
        base: await latestSettings(unit, program.papers),
        open: (await listSettings(unit, program.id)).find(({ decision }) => decision === null),
      }));
      if (open)
        throw new Problem({
          status: 409,
          message: "この事務には、承認を待っている設定があります。",
        });
      return entryPage(request, program, { proposal: base, faults: {} });
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/form-settings/:program/new",
    takesFiles: "8mb",
    audit: "form-setting.sent",
    async handle(request) {
      const program = findProgram(programs, request.params.program);
      requirePreparer(request.actor, program.id);
      const { proposal, faults } = await read(request, program);
      if (Object.keys(faults).length > 0) return entryPage(request, program, { proposal, faults });
      try {
        const id = await request.work((unit) => proposeSetting(unit, program.papers, proposal));
        return redirect(
          paths.proposal(id),
          "起案しました。別の職員が承認すると、適用開始日から使われます。",
        );
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const told = { "": [error.message, ...error.details].join(" ") };
        return entryPage(request, program, { proposal, faults: told });
      }
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/form-settings/:program/preview",
    takesFiles: "8mb",
    audit: "form-setting.previewed",
    async handle(request) {
      const program = findProgram(programs, request.params.program);
      requirePreparer(request.actor, program.id);
      const form = formOfPapers(program.papers, request.form.text("preview"));
      const { proposal, faults } = await read(request, program);
      const { validFrom: _, ...others } = faults;
      if (Object.keys(others).length > 0) return faultPage(others);
      return inlinePdf("sample.pdf", await previewForm(request.platform, form, proposal));
    },
  }),
];

async function read({ form, work, platform }: Request, program: PrintingProgram) {
  const base = await work((unit) => latestSettings(unit, program.papers));
  const today = platform.clock.today();
  const { proposal, faults } = await readProposal(form, program, { base, today });
  return {
    proposal,
    faults: {
      ...inWords(checkProposal(platform, program.papers, proposal, base.content.issuer)),
      ...faults,
    },
  };
}

/** What is filled in is called on the screen as it is entered there. */
const inWords = (faults: Faults): Faults =>
  Object.fromEntries(
    Object.entries(faults).map(([field, fault]) => [field, placesInWords(fault)] as const),
  );

/** An image that was refused is not kept; everything else comes back as it was entered. */
function entryPage(
  { form, platform }: Pick<Request, "form" | "platform">,
  program: PrintingProgram,
  entered: { proposal: Omit<Proposal, "validFrom">; faults: Faults },
) {
  const { proposal, faults } = entered;
  return page({
    title: `${title} ${program.title} 起案`,
    breadcrumb: [
      { title, path: paths.list },
      { title: program.title, path: paths.program(program.id) },
      { title: "起案" },
    ],
    status: Object.keys(faults).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{program.title}の帳票の設定を変える</PageTitle>
        <EntryForm
          program={program}
          today={platform.clock.today()}
          settings={{
            ...proposal,
            seal: faults.seal ? null : proposal.seal,
            logo: faults.logo ? null : proposal.logo,
          }}
          values={form.names().length > 0 ? form : undefined}
          faults={faults}
        />
      </>
    ),
  });
}

/** Shown in the place of the paper. */
const faultPage = (faults: Faults) =>
  page({
    title: "見本を作れません",
    breadcrumb: [],
    bare: true,
    status: 422,
    content: (
      <Notification tone="error" title="見本を作れません。">
        <ul>
          {Object.entries(faults).map(([part, fault]) => (
            <li key={part}>{fault}</li>
          ))}
        </ul>
      </Notification>
    ),
  });
