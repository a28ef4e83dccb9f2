import { lookAtPerson } from "#src/platform/people/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import {
  answerActions,
  answerNumber,
  findAnswer,
  readAnswer,
  receiveAnswer,
  receivedToday,
  serialOf,
  usualCompleteBy,
  viaTitles,
} from "#src/platform/renewals/index.ts";
import { type Sent, SentContext, SentNote, sentWith, useSent } from "../cases/sent.tsx";
import {
  Actions,
  Button,
  CheckboxGroup,
  Columns,
  choicesOf,
  DateField,
  DefinitionList,
  Disclosure,
  FieldRow,
  Form,
  Notification,
  PageTitle,
  Panel,
  RadioGroup,
  Table,
  TextField,
} from "../components/index.ts";
import { readDate, showDateShort } from "../dates.ts";
import { idOf } from "../params.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { moveOn, page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { AnswerBadge, day, seasonTitle } from "./parts.tsx";
import type { Renewals } from "./set.ts";

const vias = Object.keys(viaTitles) as (keyof typeof viaTitles)[];

/** 受付: the number is scanned or typed, Enter; the page of the answer, Enter; and the next. */
export function entryScreens(of: Renewals): AnyRoute[] {
  const guard = { right: "case.enter", program: of.program, purpose: "counter" } as const;
  const receive = `${of.paths.seasons}/answers/:answer/receive` as const;
  return [
    defineRoute({
      ...guard,
      method: "get",
      path: of.paths.entry,
      audit: "renewal-entry.opened",
      handle: (request) => scanPage(of, request),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: of.paths.entry,
      audit: "renewal-answer.sought",
      async handle(request) {
        const { form, work } = request;
        const serial = serialOf(form.text("number"));
        if (serial === undefined)
          return scanPage(
            of,
            request,
            "整理番号は、検証番号を含む9桁の数字です。読み取り直してください。",
          );
        const found = await work((unit) => findAnswer(unit, { program: of.program, serial }));
        return found
          ? moveOn(`${of.paths.answer(found.id)}/receive?via=${viaOf(form.text("via"))}`)
          : scanPage(of, request, "この整理番号の現況届はありません。");
      },
    }),
    defineRoute({
      ...guard,
      method: "get",
      path: receive,
      audit: "renewal-answer.opened",
      handle: (request) => receivePage(of, request),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: receive,
      audit: "renewal-answer.receive-asked",
      async handle(request) {
        const { params, form, work } = request;
        const id = idOf(params.answer);
        const receivedOn = readDate(form.text("receivedOn"));
        const missing = form.all("missing").filter((one) => Object.hasOwn(of.kind.documents, one));
        try {
          if (!receivedOn)
            throw new EntryProblem("receivedOn", "受付日を入力してください。例: R8.8.20");
          await work((unit) =>
            receiveAnswer(unit, {
              id,
              seen: form.integer("revision") ?? 0,
              receivedOn,
              via: form.choice("via", vias) ?? "window",
              changes: form.text("changes") === "yes",
              missing,
              completeBy: readDate(form.text("completeBy")) ?? null,
            }),
          );
        } catch (error) {
          return receivePage(of, request, sentWith("receive", form, error));
        }
        const said =
          missing.length > 0
            ? "受け付け、補正を求めました。"
            : "受け付けました。次の整理番号を読み取ってください。";
        return redirect(`${of.paths.entry}?via=${viaOf(form.text("via"))}`, said);
      },
    }),
  ];
}

const viaOf = (text: string) => vias.find((via) => via === text) ?? "window";

async function scanPage(
  of: Renewals,
  { work, platform, form, query }: ScreenRequest,
  wrong?: string,
) {
  const today = platform.clock.today();
  const { rows, people } = await work(async (unit) => {
    const rows = await receivedToday(unit, of.program, 10);
    return {
      rows,
      people: await peopleOfRows(
        unit,
        rows.map(({ personNumber }) => personNumber),
      ),
    };
  });
  return page({
    title: `${of.kind.title}の受付`,
    status: wrong ? 422 : 200,
    breadcrumb: [{ title: of.kind.title, path: of.paths.seasons }, { title: "受付" }],
    content: (
      <>
        <PageTitle>{of.kind.title}の受付</PageTitle>
        <Panel title="整理番号を読み取る">
          <Form
            action={of.paths.entry}
            class="inline-form"
            keys="search"
            focusFirst
            values={wrong ? form : undefined}
            errors={wrong ? { number: wrong } : {}}
          >
            <RadioGroup
              name="via"
              label="受付の方法"
              required
              value={viaOf(query.text("via"))}
              options={choicesOf(viaTitles)}
            />
            <TextField
              name="number"
              autofocus
              label="整理番号"
              required
              width={12}
              hint="バーコードを読み取るか、9桁の数字を入力してEnterを押します。"
            />
            <Button>開く</Button>
          </Form>
        </Panel>
        <Panel title="今日、自分が受け付けたもの（新しい順に10件）">
          <Table
            caption="今日受け付けたもの"
            columns={[
              { title: "整理番号", cell: answerNumber, nowrap: true },
              {
                title: "氏名・年齢",
                cell: (row) => <PersonCell person={people.get(row.personNumber)} today={today} />,
              },
              {
                title: "受付",
                cell: ({ via, receivedOn }) => `${day(receivedOn)} ${via ? viaTitles[via] : ""}`,
              },
              {
                title: "変更の届出",
                cell: ({ changes }) => (changes === "none" ? "なし" : "あり"),
              },
              { title: "状態", cell: ({ state }) => <AnswerBadge state={state} />, nowrap: true },
            ]}
            rows={rows}
            href={({ id }) => of.paths.answer(id)}
            empty="まだ受け付けていません。"
          />
        </Panel>
      </>
    ),
  });
}

async function receivePage(
  of: Renewals,
  { params, query, work, platform }: ScreenRequest<`${string}:answer/receive`>,
  sent?: Sent,
) {
  const id = idOf(params.answer);
  const found = await work(async (unit) => {
    const view = await readAnswer(unit, id);
    return {
      ...view,
      actions: answerActions(unit, view),
      person: await lookAtPerson(unit, view.answer.personNumber, ["facts", "name"]),
    };
  });
  const { answer, season, actions } = found;
  const today = platform.clock.today();
  const may = season.state === "open" && actions.some(({ type }) => type === "receive");
  const number = answerNumber(answer);
  return page({
    title: `${of.kind.title} ${number} 受付`,
    status: sent ? 422 : 200,
    breadcrumb: [
      { title: of.kind.title, path: of.paths.seasons },
      { title: "受付", path: of.paths.entry },
      { title: number },
    ],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          badge={<AnswerBadge state={answer.state} />}
        >{`${of.kind.title} ${number}`}</PageTitle>
        <SentNote />
        <Columns wide="first">
          <Panel title="受付">
            {may ? (
              <Receive
                of={of}
                id={id}
                revision={answer.revision}
                today={today}
                via={viaOf(query.text("via"))}
              />
            ) : (
              <Notification
                tone="warning"
                title="この現況届は、既に受け付けたか、いまは受け付けられません。"
              >
                <p>
                  <a href={of.paths.answer(id)}>現況届を開く</a>
                </p>
              </Notification>
            )}
          </Panel>
          <Panel title="世帯">
            <DefinitionList
              items={[
                ["氏名・年齢", <PersonCell key="person" person={found.person} today={today} />],
                ["期", seasonTitle(season, of.kind.title)],
                ["提出期限", day(season.dueOn)],
                ...(answer.lapsedOn
                  ? [
                      [
                        "資格",
                        "未提出により資格がない方です。受け付けると、審査のうえ戻ります。",
                      ] as const,
                    ]
                  : []),
              ]}
            />
          </Panel>
        </Columns>
      </SentContext.Provider>
    ),
  });
}

function Receive(props: {
  of: Renewals;
  id: string;
  revision: number;
  today: ReturnType<typeof usualCompleteBy>;
  via: keyof typeof viaTitles;
}) {
  const { of, id, revision, today } = props;
  const { values, errors, sent } = useSent("receive");
  return (
    <Form
      action={`${of.paths.answer(id)}/receive`}
      class="form stacked"
      keys="search"
      values={values}
      errors={errors}
    >
      <input type="hidden" name="revision" value={revision} />
      <FieldRow>
        <DateField name="receivedOn" label="受付日" required value={showDateShort(today)} />
        <RadioGroup
          name="via"
          label="受付の方法"
          required
          value={props.via}
          options={choicesOf(viaTitles)}
        />
        <RadioGroup
          name="changes"
          label="変更の届出"
          required
          value="no"
          options={[
            { value: "no", label: "変更なし" },
            { value: "yes", label: "変更あり" },
          ]}
        />
      </FieldRow>
      <Disclosure title="足りない書類がある" open={sent}>
        <CheckboxGroup name="missing" label="足りない書類" options={choicesOf(of.kind.documents)} />
        <DateField
          name="completeBy"
          label="補正の期限"
          value={showDateShort(usualCompleteBy(today))}
        />
      </Disclosure>
      <Actions>
        <Button autofocus>受け付ける</Button>
      </Actions>
    </Form>
  );
}
