import { randomUUID } from "node:crypto";
import { holds } from "#src/platform/access/actor.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { casesOfPerson, definitionOf } from "#src/platform/cases/index.ts";
import { lookAtPerson, type Person, shownName } from "#src/platform/people/index.ts";
import { EntryProblem, type Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { StateBadge } from "#src/web/cases/parts.tsx";
import { ProblemNote, problemOf } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  DateField,
  Form,
  PageTitle,
  Panel,
  ProtectedBanner,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { personPath } from "#src/web/person-path.ts";
import { inlinePdf, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { PersonPanel } from "#src/web/screens.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { makeClaimForm } from "../../relief/claim-form.ts";
import { openRelief, reliefCase, reliefKind } from "../../relief/open.ts";
import { reliefPaths } from "./paths.ts";

const guard = { program: "vaccination" } as const;

/** Where a claim for relief begins, and the form of it printed with what is known. */
export const openScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.enter",
    purpose: "counter",
    method: "post",
    path: reliefPaths.open,
    audit: "relief.opened",
    async handle(request) {
      const { form, work } = request;
      const personNumber = form.text("person");
      try {
        const receivedOn = readDate(form.text("receivedOn"));
        if (!receivedOn)
          throw new EntryProblem("receivedOn", "相談日を入力してください。例: R8.11.20");
        const found = await work((unit) =>
          openRelief(unit, {
            personNumber,
            receivedOn,
            follows: form.text("follows") || undefined,
            idempotencyKey: form.text("key").slice(0, 100) || randomUUID(),
          }),
        );
        return redirect(
          `/vaccination/cases/${found.id}/claim`,
          `健康被害救済の相談 ${found.number} を受け付けました。`,
        );
      } catch (error) {
        return refused(request, { personNumber, form, problem: problemOf(error) });
      }
    },
  }),
  defineRoute({
    ...guard,
    right: "case.read",
    purpose: "case",
    method: "get",
    path: `${reliefPaths.form}/:caseId` as const,
    audit: "relief.claim-form-printed",
    async handle({ params: { caseId }, work }) {
      const pdf = await work(async (unit) => makeClaimForm(unit, await reliefCase(unit, caseId)), {
        caseId,
      });
      return inlinePdf("claim.pdf", pdf);
    },
  }),
];

async function refused(
  { work, platform }: Pick<ScreenRequest, "work" | "platform">,
  sent: { personNumber: string; form: Values; problem: Problem },
): Promise<Reply> {
  const { personNumber, form, problem } = sent;
  const seen = await work(async (unit) => {
    const person = await lookAtPerson(unit, personNumber, ["facts", "name"]);
    return person && { person, earlier: await earlierOf(unit, personNumber) };
  });
  if (!seen) throw problem;
  const errors = problem instanceof EntryProblem ? { [problem.field]: problem.message } : undefined;
  const heading = "健康被害救済 相談の受付";
  return page({
    title: heading,
    status: problem.status,
    breadcrumb: [{ title: "受付" }],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        {seen.person.isProtected && <ProtectedBanner />}
        {!errors && <ProblemNote problem={problem} />}
        <Panel
          title={`接種を受けた方: ${shownName(seen.person)}`}
          actions={
            <a href={personPath(platform, personNumber as PersonNumber)}>住民の画面に戻る</a>
          }
        >
          <OpeningForm
            personNumber={personNumber}
            earlier={seen.earlier}
            today={platform.clock.today()}
            values={form}
            errors={errors}
          />
        </Panel>
      </>
    ),
  });
}

const earlierOf = async (work: Work, personNumber: string): Promise<CaseRow[]> =>
  (await casesOfPerson(work, "vaccination", personNumber)).filter(
    ({ kind, personNumber: of }) => kind === reliefKind && of === personNumber,
  );

function OpeningForm(props: {
  personNumber: string;
  earlier: readonly CaseRow[];
  today: IsoDate;
  values?: Values;
  errors?: Record<string, string> | undefined;
}) {
  const { personNumber, earlier, today, values, errors } = props;
  return (
    <Form action={reliefPaths.open} {...(values ? { values } : {})} {...(errors ? { errors } : {})}>
      <input type="hidden" name="person" value={personNumber} />
      <input type="hidden" name="key" value={values?.text("key") || randomUUID()} />
      <DateField
        name="receivedOn"
        label="相談日"
        required
        value={formatWarekiShort(today)}
        notAfter={{ on: today, word: "今日" }}
      />
      {earlier.length > 0 && (
        <SelectField
          name="follows"
          label="前の請求（再請求・同じ健康被害の別の給付）"
          empty="新しい健康被害"
          options={earlier.map(({ id, number }) => ({ value: id, label: number }))}
        />
      )}
      <Actions>
        <Button look="secondary">健康被害救済の相談を受け付ける</Button>
      </Actions>
    </Form>
  );
}

/** Claims for relief of a person on their page, and where one begins. */
export async function reliefPanels(work: Work, person: Person): Promise<PersonPanel[]> {
  const { personNumber } = person;
  if (!holds(work.actor, "case.read", guard)) return [];
  const cases = (await casesOfPerson(work, "vaccination", personNumber)).filter(
    ({ kind }) => kind === reliefKind,
  );
  const enters = holds(work.actor, "case.enter", { ...guard, office: person.officeCode });
  if (cases.length === 0 && !enters) return [];
  return [
    {
      title: "健康被害救済",
      order: 54,
      empty: cases.length === 0,
      content: (
        <>
          {cases.length > 0 && (
            <Table
              caption="健康被害救済の請求"
              rows={cases}
              href={({ id }) => `/vaccination/cases/${id}`}
              columns={[
                { title: "番号", cell: ({ number }) => number, nowrap: true },
                {
                  title: "立場",
                  cell: (one) =>
                    one.personNumber === personNumber ? "接種を受けた方" : "請求する方",
                  nowrap: true,
                },
                {
                  title: "受付日",
                  cell: ({ receivedOn }) => showDateShort(receivedOn as IsoDate),
                  nowrap: true,
                },
                {
                  title: "状態",
                  cell: (one) => {
                    const { tone = "info", title } = stateMeta(definitionOf(one), one.state);
                    return <StateBadge tone={tone} title={title} />;
                  },
                  nowrap: true,
                },
              ]}
            />
          )}
          {enters && (
            <OpeningForm
              personNumber={personNumber}
              earlier={cases.filter((one) => one.personNumber === personNumber)}
              today={work.platform.clock.today()}
            />
          )}
        </>
      ),
    },
  ];
}
