import { holds } from "#src/platform/access/actor.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import {
  type AnswerView,
  answerActions,
  answerNumber,
  findingsOf,
  findingTitlesOf,
  type Judged,
  letterSortTitles,
  outcomeTitles,
  readAnswer,
  readComments,
  reasonTitlesOf,
  usualCompleteBy,
  viaTitles,
} from "#src/platform/renewals/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type AnswerEventType, answerV1 } from "#workflows/renewals/answer.ts";
import { casePath } from "../cases/paths.ts";
import { type Sent, SentContext, SentNote } from "../cases/sent.tsx";
import {
  Badge,
  ButtonLink,
  CheckboxGroup,
  Columns,
  choicesOf,
  DateField,
  DefinitionList,
  PageTitle,
  Panel,
  ProtectedBanner,
  RadioGroup,
  SelectField,
  Table,
} from "../components/index.ts";
import { showBasis, showDateShort, showMoment } from "../dates.ts";
import { idOf } from "../params.ts";
import { StepForm } from "../payments/parts.tsx";
import { PersonCell } from "../person-cell.tsx";
import { personPath } from "../person-path.ts";
import { page } from "../reply.ts";
import type { ScreenRequest } from "../route.ts";
import { IncomeForm } from "./income-form.tsx";
import { AnswerBadge, day, endTitles, seasonTitle } from "./parts.tsx";
import type { Renewals } from "./set.ts";

export type AnswerRequest = ScreenRequest<`${string}:answer`>;

const yen = (amount: number | undefined) =>
  amount === undefined ? "―" : `${amount.toLocaleString("ja-JP")}円`;
const aside: readonly string[] = [
  "supplement",
  "propose-renewal",
  "propose-end",
  "propose-lapse",
  "retract",
  "send-back",
  "settle-changes",
];
/** What has forms of its own, or is done for many. */
const elsewhere: readonly string[] = ["receive"];

/** The page of an answer: what came in, what the judgement finds, incomes, the next steps, letters and history. */
export async function answerPage(of: Renewals, request: AnswerRequest, sent?: Sent) {
  const { params, work, platform, actor } = request;
  const id = idOf(params.answer);
  const found = await work(async (unit) => {
    const view = await readAnswer(unit, id);
    return {
      view,
      actions: answerActions(unit, view),
      person: await lookAtPerson(unit, view.answer.personNumber, ["facts", "name"]),
      judged: await judgedNow(unit, of, view),
      comments: await readComments(unit, view),
    };
  });
  const { view, person, judged, comments } = found;
  const { answer, season, letters, steps } = view;
  const today = platform.clock.today();
  const number = answerNumber(answer);
  const titles = findingTitlesOf(of.kind);
  const actions =
    season.state === "open"
      ? found.actions.filter(
          ({ type }) =>
            !elsewhere.includes(type) &&
            (type !== "settle-changes" || answer.changes === "reported"),
        )
      : [];
  const receivable =
    season.state === "open" && found.actions.some(({ type }) => type === "receive");
  return page({
    title: `${of.title} ${of.kind.title} ${number}`,
    status: sent ? 422 : 200,
    breadcrumb: [
      { title: of.kind.title, path: of.paths.seasons },
      { title: seasonTitle(season, ""), path: of.paths.season(season.id) },
      { title: number },
    ],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          badge={<AnswerBadge state={answer.state} />}
          actions={
            receivable ? (
              <ButtonLink href={`${of.paths.answer(id)}/receive`}>受け付ける</ButtonLink>
            ) : undefined
          }
        >{`${of.kind.title} ${number}`}</PageTitle>
        {person?.isProtected && <ProtectedBanner />}
        <SentNote />
        <Columns wide="first">
          <div>
            <Panel title="内容">
              <DefinitionList
                items={[
                  [
                    "世帯",
                    <a key="person" href={personPath(platform, answer.personNumber)}>
                      <PersonCell person={person} today={today} />
                    </a>,
                  ],
                  ["期", seasonTitle(season, of.kind.title)],
                  [
                    "認定した申請",
                    <a key="case" href={casePath({ program: of.program, id: answer.caseId })}>
                      申請と変更の届出を開く
                    </a>,
                  ],
                  [
                    "受付",
                    answer.receivedOn && answer.via
                      ? `${day(answer.receivedOn)} ${viaTitles[answer.via]}`
                      : "まだ",
                  ],
                  [
                    "変更の届出",
                    answer.changes === null
                      ? "―"
                      : { none: "なし", reported: "あり（未処理）", handled: "処理済" }[
                          answer.changes
                        ],
                  ],
                  [
                    "足りない書類",
                    answer.missing.length === 0
                      ? answer.receivedOn
                        ? "なし"
                        : "―"
                      : `${answer.missing.map((one) => of.kind.documents[one] ?? one).join("、")}（期限 ${day(answer.completeBy)}）`,
                  ],
                  ...(answer.outcome
                    ? [
                        [
                          answer.decidedOn ? "決定" : "起案",
                          `${outcomeTitles[answer.outcome]}${answer.reason ? `（${reasonTitlesOf(of.kind)[answer.reason] ?? ""}）` : ""}`,
                        ] as const,
                      ]
                    : []),
                  ...(answer.lapsedOn
                    ? [["未提出による喪失", `${day(answer.lapsedOn)}から`] as const]
                    : []),
                ]}
              />
            </Panel>
            {judged && (
              <Panel title="判定">
                {judged.findings.length === 0 ? (
                  <p>確かめることはありません。</p>
                ) : (
                  <ul class="plain-list">
                    {judged.findings.map((one) => (
                      <li key={one}>
                        <Badge tone="warning">確かめる</Badge> {titles[one] ?? one}
                      </li>
                    ))}
                  </ul>
                )}
                {season.incomeYear !== null && (
                  <Table
                    caption={`${season.incomeYear}年分の所得`}
                    captionShown
                    columns={[
                      { title: "氏名", cell: ({ name }) => name || "―" },
                      {
                        title: "出所",
                        cell: ({ source, confirmed }) =>
                          source === undefined
                            ? "不明"
                            : source === "tax-feed"
                              ? "税情報"
                              : confirmed
                                ? "入力（確認済）"
                                : "入力（確認待ち）",
                      },
                      {
                        title: "判定する所得",
                        cell: ({ assessed }) => yen(assessed),
                        align: "end",
                        nowrap: true,
                      },
                      {
                        title: "限度額",
                        cell: ({ limit }) => yen(limit),
                        align: "end",
                        nowrap: true,
                      },
                      {
                        title: "判定",
                        cell: ({ within }) =>
                          within === undefined ? "―" : within ? "限度額未満" : "限度額以上",
                        nowrap: true,
                      },
                    ]}
                    tone={({ within }) => (within === false ? "error" : undefined)}
                    rows={judged.incomes}
                    empty="申請の内容が読めません。"
                  />
                )}
                {judged.basis.length > 0 && (
                  <p class="note">{judged.basis.map(showBasis).join("、")}</p>
                )}
                <IncomeForm
                  of={of}
                  view={view}
                  judged={judged}
                  may={holds(actor, "case.examine", {
                    program: of.program,
                    office: view.answer.officeCode,
                  })}
                  actorId={actor.staffId}
                />
              </Panel>
            )}
          </div>
          <div>
            {actions.length > 0 && (
              <Panel title="次の操作">
                {actions.map(({ type, title, reasons }) => (
                  <StepForm
                    key={type}
                    action={`${of.paths.answer(id)}/${type}`}
                    revision={answer.revision}
                    type={type}
                    title={title}
                    reasons={reasons}
                    aside={aside.includes(type)}
                    comment={answerV1.events[type as AnswerEventType].comment === "required"}
                    confirm={confirmOf(type, view)}
                  >
                    {type === "supplement" && (
                      <>
                        <CheckboxGroup
                          name="missing"
                          label="足りない書類"
                          options={choicesOf(of.kind.documents)}
                        />
                        <DateField
                          name="completeBy"
                          label="補正の期限"
                          required
                          value={showDateShort(usualCompleteBy(today))}
                        />
                      </>
                    )}
                    {type === "propose-end" && <End of={of} view={view} />}
                  </StepForm>
                ))}
              </Panel>
            )}
            <Panel title="送付">
              <Table
                caption="送付"
                columns={[
                  { title: "種類", cell: ({ kind }) => letterSortTitles[kind] },
                  { title: "作成", cell: ({ madeOn }) => day(madeOn), nowrap: true },
                  { title: "期限", cell: ({ dueOn }) => day(dueOn), nowrap: true },
                  { title: "備考", cell: ({ withdrawnOn }) => (withdrawnOn ? "取下げ" : "") },
                ]}
                rows={letters}
                empty="まだ送っていません。"
              />
            </Panel>
            <Panel title="経過">
              <Table
                caption="経過"
                columns={[
                  { title: "日時", cell: ({ event }) => showMoment(event.at), nowrap: true },
                  { title: "職員", cell: ({ staffName }) => staffName ?? "―" },
                  {
                    title: "操作",
                    cell: ({ event }) => (
                      <>
                        {answerV1.events[event.event as AnswerEventType]?.title ?? event.event}
                        {event.commentId && comments.get(event.commentId) && (
                          <p class="note">{comments.get(event.commentId)}</p>
                        )}
                      </>
                    ),
                  },
                ]}
                rows={steps}
                empty="まだ何も行われていません。"
              />
            </Panel>
          </div>
        </Columns>
      </SentContext.Provider>
    ),
  });
}

/** What the judgement comes to now, for who may judge or decide; nothing once it is over. */
async function judgedNow(
  unit: Work,
  of: Renewals,
  { answer, season }: AnswerView,
): Promise<Judged<unknown> | undefined> {
  const where = { program: of.program, office: answer.officeCode };
  const over = ["renewed", "ended", "gone"].includes(answer.state);
  if (
    over ||
    !(holds(unit.actor, "case.propose", where) || holds(unit.actor, "case.approve", where))
  )
    return undefined;
  return (await findingsOf(unit, of.kind, season, [answer])).get(answer.id);
}

const End = ({ of, view }: { of: Renewals; view: AnswerView }) => {
  const {
    "renewal-no-answer": _,
    "renewal-late-answer": __,
    ...reasons
  } = reasonTitlesOf(of.kind) as Record<string, string>;
  return (
    <>
      <SelectField
        name="reason"
        label="喪失・停止の事由"
        required
        options={choicesOf(reasons)}
        empty="選んでください"
      />
      <RadioGroup
        name="outcome"
        label="内容"
        required
        value={view.season.overLimit}
        options={choicesOf(endTitles)}
      />
    </>
  );
};

function confirmOf(type: string, { answer, season }: AnswerView): string | undefined {
  const from = showDateShort(season.startsOn as IsoDate);
  if (type === "approve-renewal") return "更新を決裁します。よろしいですか。";
  if (type === "approve-end" || type === "approve-lapse")
    return `${from}から${answer.outcome === "suspended" ? "支給を停止" : "資格がなくなるものと"}します。通知は「喪失・支給停止の通知」で送ります。よろしいですか。`;
  return undefined;
}
