import { OpeningRefused, openApplication } from "#src/platform/applications/index.ts";
import { lookAtPerson, shownName } from "#src/platform/people/index.ts";
import { EntryProblem, type Problem } from "#src/platform/problem.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { PageTitle, Panel, ProtectedBanner } from "../components/index.ts";
import { readDate } from "../dates.ts";
import { personPath } from "../person-path.ts";
import { page, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Values } from "../values.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { onwardPath } from "./next-action.ts";
import { ObstacleNotes } from "./obstacle-notes.tsx";
import { OpeningForm } from "./opening-form.tsx";
import { listPath } from "./paths.ts";
import { readKey } from "./read-step.ts";
import { ProblemNote, problemOf } from "./sent.tsx";
import type { PageRequest } from "./shown.ts";

/** Opens an application from the page of a person. */
export function openScreen(screens: AnyCaseScreens): AnyRoute {
  const { program } = screens.application;
  return defineRoute({
    method: "post",
    path: listPath(program),
    right: "case.enter",
    program,
    audit: "case.opened",
    purpose: "counter",
    async handle(request) {
      const { form, work } = request;
      const personNumber = form.text("person");
      try {
        const receivedOn = readDate(form.text("receivedOn"));
        if (!receivedOn)
          throw new EntryProblem("receivedOn", "受付日を入力してください。例: R8.11.20");
        const opening = {
          personNumber,
          receivedOn,
          idempotencyKey: readKey(form),
          insisted: form.text("insisted"),
        };
        return await work(async (unit) => {
          const found = await openApplication(unit, screens.application, opening);
          const to = await onwardPath(unit, found);
          return redirect(to, `申請 ${found.number} を受け付けました。`);
        });
      } catch (error) {
        return refusedReply(screens, request, { form, problem: problemOf(error) });
      }
    },
  });
}

/** The same form with what was typed, and what is in the way of it. */
async function refusedReply(
  screens: AnyCaseScreens,
  { work, platform }: PageRequest,
  { form, problem }: { form: Values; problem: Problem },
): Promise<Reply> {
  const { title, program, words } = screens.application;
  const personNumber = form.text("person");
  const person = await work((unit) => lookAtPerson(unit, personNumber, ["facts", "name"]));
  if (!person) throw problem;
  const errors = problem instanceof EntryProblem ? problem.errors : undefined;
  const obstacles = problem instanceof OpeningRefused ? problem.obstacles : [];
  const final = obstacles.some((one) => one.final);
  const insists = obstacles.length > 0 || form.has("insisted");
  const heading = `${title} 受付`;
  return page({
    title: heading,
    status: problem.status,
    breadcrumb: [{ title: "申請一覧", path: listPath(program) }, { title: "受付" }],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        {person.isProtected && <ProtectedBanner />}
        {obstacles.length > 0 && <ObstacleNotes obstacles={obstacles} />}
        {!errors && obstacles.length === 0 && <ProblemNote problem={problem} />}
        <Panel
          title={`${words.subject}: ${shownName(person)}`}
          actions={
            <a href={personPath(platform, personNumber as PersonNumber)}>住民の画面に戻る</a>
          }
        >
          {final && (
            <p>この日では受け付けられません。受付日を直すか、住民の画面に戻ってください。</p>
          )}
          <OpeningForm
            insists={insists && !final}
            kind={screens.application}
            personNumber={personNumber}
            today={platform.clock.today()}
            values={form}
            {...(errors ? { errors } : {})}
          />
        </Panel>
      </>
    ),
  });
}
