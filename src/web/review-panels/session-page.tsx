import { shownName } from "#src/platform/people/index.ts";
import {
  agendaWithFallen,
  answersOfSession,
  groupTitles,
  invitedTo,
  isQuorate,
  membersOn,
  quorumOn,
  sessionOf,
  sessionStates,
  waitingForPanel,
} from "#src/platform/review-panels/index.ts";
import { type Sent, SentContext, SentNote, statusOf } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  CheckboxGroup,
  Columns,
  DefinitionList,
  Form,
  PageTitle,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { showDate, showDateShort } from "#src/web/dates.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page, type Reply } from "#src/web/reply.ts";
import type { ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { AnswerCell } from "./answer-words.tsx";
import { choiceOfMember, type PanelSet } from "./set.ts";

/** The page of a meeting; a form of it that was not taken comes back. */
export async function sessionPage(
  of: PanelSet,
  { work, platform }: Pick<ScreenRequest, "work" | "platform">,
  id: number,
  sent?: Sent,
): Promise<Reply> {
  const today = platform.clock.today();
  const { panel } = of;
  const { words } = panel;
  const seen = await work(async (unit) => {
    const session = await sessionOf(unit, panel, id);
    const heldOn = session.heldOn as IsoDate;
    const added = await agendaWithFallen(unit, id);
    const agenda = added.filter(({ stands }) => stands);
    const waiting = ["planned", "invited"].includes(session.state)
      ? (await waitingForPanel(unit, panel, id)).rows
      : [];
    const people = await peopleOfRows(unit, [
      ...agenda.map(({ found }) => found.personNumber),
      ...waiting.map(({ personNumber }) => personNumber),
    ]);
    return {
      session,
      heldOn,
      agenda,
      fallen: added.filter(({ stands }) => !stands),
      waiting,
      people,
      answers: Map.groupBy(await answersOfSession(unit, id), ({ caseId }) => caseId),
      invited: await invitedTo(unit, id),
      members: await membersOn(unit, panel, heldOn, session.groupId),
      quorum: await quorumOn(unit, panel, heldOn),
      group: session.groupId && (await groupTitles(unit, panel)).get(session.groupId),
    };
  });
  const { session, heldOn, agenda, fallen, waiting, people, answers, invited } = seen;
  const { members, quorum, group } = seen;
  const open = session.state === "planned" || session.state === "invited";
  const path = of.session(id);
  const toInvite = members.filter((one) => !invited.some(({ member }) => member.id === one.id));
  const came = invited.filter(({ attended }) => attended);
  const heading = `${words.panel} 第${id}号 ${showDate(heldOn)}`;
  const name = (personNumber: string) => {
    const person = people.get(personNumber);
    return person && !person.addressMasked ? shownName(person) : "―";
  };
  return page({
    title: heading,
    status: statusOf(sent),
    breadcrumb: [{ title: words.panel, path: of.sessions }, { title: `第${id}号` }],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          badge={<Badge>{sessionStates[session.state]}</Badge>}
          actions={
            agenda.length > 0 && <ButtonLink href={`${path}/papers`}>{words.papers}</ButtonLink>
          }
        >
          {heading}
        </PageTitle>
        <SentNote />
        <Columns wide="first">
          <div>
            <Panel title="議題">
              <Table
                caption="議題"
                rows={agenda}
                href={({ found }) => of.case(found.id)}
                empty="議題はありません。"
                columns={[
                  { title: "事例", cell: ({ position }) => `事例${position}`, nowrap: true },
                  { title: "番号", cell: ({ found }) => found.number, nowrap: true },
                  {
                    title: "氏名・年齢",
                    cell: ({ found }) => (
                      <PersonCell person={people.get(found.personNumber)} today={today} />
                    ),
                  },
                  {
                    title: words.answer,
                    cell: ({ found }) => (
                      <AnswerCell
                        of={of}
                        session={session}
                        caseId={found.id}
                        answers={answers.get(found.id) ?? []}
                      />
                    ),
                  },
                ]}
              />
              {fallen.length > 0 && (
                <p>
                  議題から外れた事例（取下げ、ほかの審査グループへの依頼など）:{" "}
                  {fallen
                    .map(({ position, found }) => `事例${position}（${found.number}）`)
                    .join("、")}
                </p>
              )}
              {open && waiting.length > 0 && (
                <SentForm class="form" event="agenda" action={path}>
                  <input type="hidden" name="do" value="agenda" />
                  <SelectField
                    name="case"
                    label={`議題に加える${words.case}`}
                    empty="選ぶ"
                    options={waiting.map((one) => ({
                      value: one.id,
                      label: `${one.number} ${name(one.personNumber)}`,
                    }))}
                  />
                  <Actions>
                    <Button look="secondary">議題に加える</Button>
                  </Actions>
                </SentForm>
              )}
            </Panel>
          </div>
          <div>
            <Panel title="会議">
              <DefinitionList
                items={[
                  ["日時", `${showDate(heldOn)} ${session.heldAt}`],
                  ["場所", session.place],
                  ...(panel.grouped ? ([["審査グループ", group ?? "全体"]] as const) : []),
                  ["委員", `${session.appointed ?? members.length}人`],
                  ...(session.state === "held"
                    ? ([
                        ["出席", `${came.length}人`],
                        [
                          "定足数",
                          isQuorate(session, invited, quorum) ? (
                            <Badge tone="success">満たす</Badge>
                          ) : (
                            <Badge tone="error">足りない（{words.answer}できません）</Badge>
                          ),
                        ],
                        [
                          words.chair,
                          invited.find(({ member }) => member.id === session.chairId)?.member
                            .name ?? "―",
                        ],
                      ] as const)
                    : []),
                ]}
              />
            </Panel>
            <Panel title="招集">
              <Table
                caption="招集した委員"
                rows={invited}
                empty="まだ招集していません。"
                columns={[
                  { title: "委員", cell: ({ member }) => member.name },
                  {
                    title: "通知",
                    cell: ({ member, invitedOn }) => (
                      <a href={`${path}/invitations/${member.id}`}>
                        {showDateShort(invitedOn as IsoDate)}
                      </a>
                    ),
                    nowrap: true,
                  },
                  {
                    title: "出欠",
                    cell: ({ attended }) => (attended === null ? "―" : attended ? "出席" : "欠席"),
                    nowrap: true,
                  },
                ]}
              />
              {open && toInvite.length > 0 && (
                <SentForm class="form" event="invite" action={path}>
                  <input type="hidden" name="do" value="invite" />
                  <CheckboxGroup
                    name="member"
                    label="招集する委員"
                    options={toInvite.map((one) => choiceOfMember(panel, one))}
                    values={toInvite.map((one) => String(one.id))}
                  />
                  <Actions>
                    <Button look="secondary">招集通知を作成する</Button>
                  </Actions>
                </SentForm>
              )}
            </Panel>
            {session.state === "invited" && (
              <Panel title="開催の記録">
                <SentForm class="form" event="hold" action={path}>
                  <input type="hidden" name="do" value="hold" />
                  <CheckboxGroup
                    name="member"
                    idPrefix="hold"
                    label="出席した委員"
                    options={invited.map(({ member }) => choiceOfMember(panel, member))}
                  />
                  <SelectField
                    name="chair"
                    label={words.chair}
                    empty="選ぶ"
                    required
                    options={invited.map(({ member }) => choiceOfMember(panel, member))}
                  />
                  <Actions>
                    <Button>開催を記録する</Button>
                  </Actions>
                </SentForm>
              </Panel>
            )}
            {open && (
              <Form action={path} class="inline-form">
                <input type="hidden" name="do" value="cancel" />
                <Button look="danger" confirm="この会議を中止にします。よろしいですか。">
                  会議を中止にする
                </Button>
              </Form>
            )}
          </div>
        </Columns>
      </SentContext.Provider>
    ),
  });
}
