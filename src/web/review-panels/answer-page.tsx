import { type CaseRow, getCase } from "#src/platform/cases/index.ts";
import { EntryFaults, notFound } from "#src/platform/problem.ts";
import {
  type AnswerWords,
  agendaOf,
  answersOfSession,
  compareAnswer,
  fieldOf,
  openAnswer,
  type PanelAnswer,
  type PanelSession,
  type ReviewPanel,
  recordAnswer,
  sessionOf,
} from "#src/platform/review-panels/index.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Button,
  choicesOf,
  DefinitionList,
  FieldRow,
  Form,
  NumberField,
  PageTitle,
  Panel,
  SelectField,
  TextArea,
} from "#src/web/components/index.ts";
import { showDate } from "#src/web/dates.ts";
import { numberOf } from "#src/web/params.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { opinionWords, voteWords } from "./answer-words.tsx";
import type { PanelSet } from "./set.ts";

const actions = ["record", "stands", "send-back"] as const;

/** What a meeting says of one case: recorded by one, compared with the minutes by another. */
export const answerScreens = (of: PanelSet): readonly AnyRoute[] => [
  defineRoute({
    ...of.guard,
    method: "get",
    path: `${of.sessions}/:session/answers/:caseId` as const,
    audit: "panel.answer-opened",
    handle: (request) => answerPage(of, request, ids(request.params)),
  }),
  defineRoute({
    ...of.guard,
    method: "post",
    path: `${of.sessions}/:session/answers/:caseId` as const,
    audit: "panel.answer-sent",
    async handle(request) {
      const { form, work } = request;
      const at = ids(request.params);
      const action = form.pressed(actions, "do");
      try {
        const said = await work((unit) => act(unit, of.panel, at, action, form), {
          caseId: at.caseId,
        });
        return redirect(of.session(at.id), said);
      } catch (error) {
        return answerPage(of, request, at, sentWith("answer", form, error));
      }
    },
  }),
];

interface At {
  id: number;
  caseId: string;
}
const ids = ({ session, caseId }: { session: string; caseId: string }): At => ({
  id: numberOf(session),
  caseId,
});

type Work = Parameters<typeof getCase>[0];

/** A case of the agenda of a meeting. @throws Problem 404 */
async function heard(work: Work, panel: ReviewPanel, { id, caseId }: At) {
  const session = await sessionOf(work, panel, id);
  const one = (await agendaOf(work, id)).find(({ found }) => found.id === caseId);
  if (!one) throw notFound("この会議の議題ではありません。");
  return { session, ...one };
}

async function act(
  work: Work,
  panel: ReviewPanel,
  at: At,
  action: (typeof actions)[number],
  form: Values,
): Promise<string> {
  const { words } = panel;
  const { found } = await heard(work, panel, at);
  if (action !== "record") {
    await compareAnswer(work, at.id, at.caseId, action === "stands");
    return action === "stands"
      ? `${words.answer}を確認しました。${words.next}`
      : `${words.answer}の記録を差し戻しました。もう一度記録してください。`;
  }
  const faults = new EntryFaults();
  const report = faults.need("report", form.text("report"), `${words.answer}を入力してください。`);
  const minutes = faults.need("minutes", form.text("minutes"), "議事録を入力してください。");
  faults.end();
  const said = (await panel.matters(work, found)).map(({ code }) => ({
    matter: code,
    votes: Object.fromEntries(
      Object.keys(panel.opinions).map((one) => [one, form.integer(fieldOf(one, code)) ?? 0]),
    ),
    casting: form.choice(fieldOf("casting", code), Object.keys(panel.opinions)) ?? null,
    reason: form.text(fieldOf("reason", code)) || null,
  }));
  const opinions = await recordAnswer(work, panel, at.id, found, said, { report, minutes });
  const what = [...new Set(opinions)].map((one) => panel.opinions[one]).join("、");
  return `${words.answer}を記録しました（${what}）。${panel.compared ? "別の職員が議事録と照らして確認してください。" : words.next}`;
}

async function answerPage(
  of: PanelSet,
  { work, actor }: Pick<ScreenRequest, "work" | "actor">,
  at: At,
  sent?: Sent,
): Promise<Reply> {
  const { panel } = of;
  const { words } = panel;
  const { session, position, found, matters, answers, said } = await work(
    async (unit) => {
      const one = await heard(unit, panel, at);
      const answered = (await answersOfSession(unit, at.id)).filter(
        ({ caseId }) => caseId === at.caseId,
      );
      const [first] = answered;
      return {
        ...one,
        matters: await panel.matters(unit, await getCase(unit, at.caseId)),
        answers: answered,
        said: first && (await openAnswer(unit, first)),
      };
    },
    { caseId: at.caseId },
  );
  const title = `事例${position}の${words.answer}`;
  const path = of.answer(at.id, at.caseId);
  return page({
    title,
    status: statusOf(sent),
    breadcrumb: [
      { title: words.panel, path: of.sessions },
      { title: `第${at.id}号`, path: of.session(at.id) },
      { title },
    ],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>{title}</PageTitle>
        <SentNote />
        <Panel title="議題">
          <DefinitionList
            items={[
              [words.case, <a href={of.case(found.id)}>{found.number}</a>],
              ["会議", `第${at.id}号 ${showDate(session.heldOn as IsoDate)}`],
            ]}
          />
        </Panel>
        {said ? (
          <Recorded
            panel={panel}
            path={path}
            matters={matters}
            answers={answers}
            said={said}
            ofOwn={answers.some(({ recordedBy }) => recordedBy === actor.staffId)}
          />
        ) : (
          <Entry panel={panel} path={path} matters={matters} session={session} found={found} />
        )}
      </SentContext.Provider>
    ),
  });
}

type Matters = Awaited<ReturnType<ReviewPanel["matters"]>>;

function Recorded(props: {
  panel: ReviewPanel;
  path: string;
  matters: Matters;
  answers: readonly PanelAnswer[];
  said: AnswerWords;
  ofOwn: boolean;
}) {
  const { panel, path, matters, answers, said, ofOwn } = props;
  const waits = panel.compared && answers.some(({ comparedBy }) => comparedBy === null);
  const titleOf = (code: string) =>
    matters.find((one) => one.code === code)?.title || panel.words.answer;
  return (
    <Panel title={panel.words.answer}>
      <DefinitionList
        items={[
          ...answers.flatMap(
            (one) =>
              [
                [titleOf(one.matter), opinionWords(panel, one)],
                ["採決", voteWords(panel, one)],
              ] as const,
          ),
          ["内容", <span class="own-lines">{said.report}</span>],
          ["議事録", <span class="own-lines">{said.minutes}</span>],
        ]}
      />
      {waits &&
        (ofOwn ? (
          <p>記録した本人は確認できません。別の職員が、議事録と照らして確認してください。</p>
        ) : (
          <Actions>
            <Form action={path} class="inline-form">
              <input type="hidden" name="do" value="stands" />
              <Button>議事録のとおりと確認する</Button>
            </Form>
            <Form action={path} class="inline-form">
              <input type="hidden" name="do" value="send-back" />
              <Button look="secondary" confirm="この記録を差し戻します。よろしいですか。">
                差し戻す
              </Button>
            </Form>
          </Actions>
        ))}
    </Panel>
  );
}

function Entry(props: {
  panel: ReviewPanel;
  path: string;
  matters: Matters;
  session: PanelSession;
  found: CaseRow;
}) {
  const { panel, path, matters, session } = props;
  const { words } = panel;
  if (session.state !== "held")
    return (
      <Panel title={words.answer}>
        <p>会議の開催を記録すると、{words.answer}を入力できます。</p>
      </Panel>
    );
  const reasons = Object.entries(panel.reasons).flatMap(([opinion, codes]) =>
    Object.entries(codes).map(([value, label]) => ({
      value,
      label: `${panel.opinions[opinion]}: ${label}`,
    })),
  );
  return (
    <Panel title={`${words.answer}を記録する`}>
      <SentForm class="form stacked" event="answer" action={path}>
        <input type="hidden" name="do" value="record" />
        {matters.map(({ code, title }) => (
          <>
            {title && <h3>{title}</h3>}
            <FieldRow>
              {Object.entries(panel.opinions).map(([opinion, label], at) => (
                <NumberField
                  key={opinion}
                  name={fieldOf(opinion, code)}
                  label={label}
                  {...(at === 0 && { hint: `${words.chair}を除く票の数` })}
                  required
                  width={4}
                />
              ))}
            </FieldRow>
            <SelectField
              name={fieldOf("casting", code)}
              label={`同数のときの${words.chair}の意見`}
              empty="同数ではない"
              options={choicesOf(panel.opinions)}
            />
            {reasons.length > 0 && (
              <SelectField
                name={fieldOf("reason", code)}
                label="理由"
                empty="理由を要しない"
                options={reasons}
              />
            )}
          </>
        ))}
        <TextArea name="report" label={`${words.answer}の内容`} required rows={4} />
        <TextArea name="minutes" label="議事録（この事例の部分）" required rows={4} />
        <Actions>
          <Button>{words.answer}を記録する</Button>
        </Actions>
      </SentForm>
    </Panel>
  );
}
