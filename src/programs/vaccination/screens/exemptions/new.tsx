import { cityParameterOn } from "#src/platform/parameters/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { notFound } from "#src/platform/problem.ts";
import {
  type Sent,
  SentContext,
  SentNote,
  sentWith,
  statusOf,
  useSent,
} from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  Form,
  PageTitle,
  Panel,
  ProtectedBanner,
} from "#src/web/components/index.ts";
import { PersonCell } from "#src/web/person-cell.tsx";
import { personOfPath, personPath } from "#src/web/person-path.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type ExemptionTerms, exemptionTerms } from "#workflows/vaccination/exemptions/terms.ts";
import { enterExemption } from "../../exemptions/applications.ts";
import { ExemptionFields, readExemptionForm } from "./fields.tsx";
import { exemptionPaths } from "./paths.ts";

const path = "/vaccination/exemption-new/:person" as const;
const guard = { right: "case.enter", program: "vaccination", purpose: "counter", path } as const;

/** Receives an application of a person. */
export const exemptionNewScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    audit: "exemption.new-opened",
    handle: (request) => newPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    audit: "exemption.enter-asked",
    async handle(request) {
      const { form, work, params, platform } = request;
      const personNumber = personOfPath(platform, params.person);
      try {
        const id = await work((unit) =>
          enterExemption(unit, readExemptionForm(form, personNumber)),
        );
        return redirect(exemptionPaths.application(id), "減免の申請を受け付けました。");
      } catch (error) {
        return newPage(request, sentWith("enter", form, error));
      }
    },
  }),
];

async function newPage(
  request: Pick<ScreenRequest<typeof path>, "params" | "work" | "platform">,
  sent?: Sent,
): Promise<Reply> {
  const { params, work, platform } = request;
  const personNumber = personOfPath(platform, params.person);
  const today = platform.clock.today();
  const { person, terms } = await work(async (unit) => ({
    person: await lookAtPerson(unit, personNumber, ["facts", "name"]),
    terms: await cityParameterOn(unit, exemptionTerms, today),
  }));
  if (!person) throw notFound();
  return page({
    title: "予防接種 減免の申請の受付",
    breadcrumb: [{ title: "自己負担減免", path: exemptionPaths.list }, { title: "申請の受付" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>減免の申請の受付</PageTitle>
        {person.isProtected && <ProtectedBanner />}
        <SentNote />
        <p>
          <a href={personPath(platform, personNumber)}>
            <PersonCell person={person} today={today} />
          </a>
        </p>
        <Panel title="申請の内容">
          <NewForm token={params.person} terms={terms.value} today={today} />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

function NewForm(props: { token: string; terms: ExemptionTerms; today: IsoDate }) {
  const { values, errors } = useSent("enter");
  return (
    <Form
      action={exemptionPaths.newOf(props.token)}
      class="form stacked"
      values={values}
      errors={errors ?? {}}
      focusFirst
    >
      <ExemptionFields terms={props.terms} today={props.today} />
      <Actions>
        <Button>受け付ける</Button>
      </Actions>
    </Form>
  );
}
