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
  Notification,
  PageTitle,
  Panel,
  ProtectedBanner,
} from "#src/web/components/index.ts";
import { PersonCell } from "#src/web/person-cell.tsx";
import { personOfPath, personPath } from "#src/web/person-path.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { needsTwo, type SpecialKind, specialKinds } from "#workflows/vaccination/special/kinds.ts";
import { enterSpecial } from "../../special/entries.ts";
import { readSpecialForm, SpecialFields } from "./fields.tsx";
import { specialPaths } from "./paths.ts";

const path = "/vaccination/special-new/:person/:kind" as const;
const guard = { right: "case.enter", program: "vaccination", purpose: "case", path } as const;

function kindOf(text: string): SpecialKind {
  if (!Object.hasOwn(specialKinds, text)) throw notFound();
  return text as SpecialKind;
}

/** Enters a 特例 or 注意 of a person. */
export const specialNewScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    audit: "special.new-opened",
    handle: (request) => newPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    audit: "special.enter-asked",
    async handle(request) {
      const { form, work, params, platform } = request;
      const kind = kindOf(params.kind);
      const personNumber = personOfPath(platform, params.person);
      try {
        const id = await work((unit) =>
          enterSpecial(unit, readSpecialForm(form, kind, personNumber)),
        );
        return redirect(
          specialPaths.entry(id),
          needsTwo(kind)
            ? "入力しました。別の職員の決裁を待っています。"
            : `${specialKinds[kind]}を入力しました。`,
        );
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
  const kind = kindOf(params.kind);
  const personNumber = personOfPath(platform, params.person);
  const person = await work((unit) => lookAtPerson(unit, personNumber, ["facts", "name"]));
  if (!person) throw notFound();
  const title = `${specialKinds[kind]}の入力`;
  return page({
    title: `予防接種 ${title}`,
    breadcrumb: [{ title: "特例・注意", path: specialPaths.list }, { title }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>{title}</PageTitle>
        {person.isProtected && <ProtectedBanner />}
        <SentNote />
        <p>
          <a href={personPath(platform, personNumber)}>
            <PersonCell person={person} today={platform.clock.today()} />
          </a>
        </p>
        {needsTwo(kind) && (
          <Notification
            tone="info"
            title="期間を過ぎた接種を定期接種にする特例のため、別の職員が決裁した後に有効になります。"
          />
        )}
        <Panel title={specialKinds[kind]}>
          <NewForm token={params.person} kind={kind} today={platform.clock.today()} />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

function NewForm({ token, kind, today }: { token: string; kind: SpecialKind; today: IsoDate }) {
  const { values, errors } = useSent("enter");
  return (
    <Form
      action={specialPaths.newOf(token, kind)}
      class="form stacked"
      values={values}
      errors={errors ?? {}}
      focusFirst
    >
      <SpecialFields kind={kind} today={today} />
      <Actions>
        <Button>{needsTwo(kind) ? "決裁を求める" : "入力する"}</Button>
      </Actions>
    </Form>
  );
}
