import { holds } from "#src/platform/access/actor.ts";
import {
  lateOf,
  outstandingOf,
  type PaperStep,
  paperSteps,
  proposedDays,
  readRepayment,
  repaymentActions,
  repaymentCauseTitles,
  repaymentNumber,
  repaymentStateMeta,
} from "#src/platform/payments/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type RepaymentEventType, repaymentV1 } from "#workflows/payments/repayment.ts";
import { yen } from "#workflows/text/yen.ts";
import { type Sent, SentContext, SentNote } from "../cases/sent.tsx";
import {
  Actions,
  Columns,
  DateField,
  DefinitionList,
  DisabledAction,
  Disclosure,
  FieldRow,
  NumberField,
  PageTitle,
  Panel,
  RadioGroup,
  ReasonField,
  Table,
  TextField,
} from "../components/index.ts";
import { showDateShort, showMoment } from "../dates.ts";
import { idOf } from "../params.ts";
import { PersonCell } from "../person-cell.tsx";
import { personPath } from "../person-path.ts";
import { page } from "../reply.ts";
import type { ScreenRequest } from "../route.ts";
import { day, RepaymentBadge, StepForm } from "./parts.tsx";
import { manners, NoTerms, NoticePanel, PaperFields, ReceiptTable } from "./repayment-papers.tsx";
import type { Payments } from "./set.ts";

export type RepaymentRequest = ScreenRequest<`${string}:repayment`>;
const title = "返還金";

/** What each step of a repayment is called. */
export const eventTitles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(repaymentV1.events).map(([type, { title: own }]) => [type, own]),
  ),
  propose: "返還を起案する",
};

const aside: readonly string[] = [
  "refuse",
  "retract",
  "tell-change",
  "slip",
  "remind",
  "plan",
  "ask-reduction",
  "ask-cancellation",
  "refuse-reduction",
  "refuse-cancellation",
];

/** A repayment with its decision, plan, receipts and changes; with what was sent and not taken, filled in. */
export async function repaymentPage(of: Payments, request: RepaymentRequest, sent?: Sent) {
  const { params, work, platform, actor } = request;
  const id = idOf(params.repayment);
  const found = await work(async (unit) => {
    const details = await readRepayment(unit, id);
    return {
      ...details,
      person: await lookAtPerson(unit, details.repayment.personNumber, ["facts", "name"]),
      actions: repaymentActions(unit, details),
      days: await proposedDays(unit, of),
    };
  });
  const { repayment: row, actions, unpaid, receipts } = found;
  const today = platform.clock.today();
  const number = repaymentNumber(row);
  const late = lateOf(unpaid, today);
  const where = { program: of.program, office: row.officeCode };
  const duns =
    row.state === "open" &&
    row.demandedOn !== null &&
    late.length > 0 &&
    holds(actor, "repayment.prepare", where);
  const prints =
    holds(actor, "repayment.prepare", where) || holds(actor, "repayment.receive", where);
  return page({
    title: `返還金 ${number} ${repaymentStateMeta(row.state).title}`,
    breadcrumb: [
      { title: "支払", path: of.paths.runs },
      { title, path: of.paths.repayments },
      { title: number },
    ],
    status: sent ? 422 : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<RepaymentBadge state={row.state} />}>返還金 {number}</PageTitle>
        <SentNote />
        <Columns wide="first">
          <Panel title="内容">
            <DefinitionList
              items={[
                [
                  "返す人",
                  <a key="person" href={personPath(platform, row.personNumber)}>
                    <PersonCell person={found.person} today={today} />
                  </a>,
                ],
                ["事由", repaymentCauseTitles[row.cause]],
                ["返還額", yen(row.amount)],
                ["減額", yen(row.reducedBy)],
                ["納付・充当", yen(row.received)],
                ["未納額", yen(outstandingOf(row))],
                ["納期限", day(row.dueOn)],
                ["返還決定通知書", row.demandedOn ? `${day(row.demandedOn)} 発行` : "未発行"],
                ...(row.changeAsked === null
                  ? []
                  : [["求められている減額", yen(row.changeAsked)] as const]),
              ]}
            />
            {late.length > 0 && row.demandedOn && row.state === "open" && (
              <p>
                納期限を過ぎた額が{yen(late.reduce((sum, { amount }) => sum + amount, 0))}
                あります。督促してください。
              </p>
            )}
          </Panel>
          {(actions.length > 0 || duns) && (
            <Panel title="次の操作">
              {!found.days && row.state === "open" && <NoTerms of={of} />}
              {actions
                .filter((one) => !isOff(one))
                .map(({ type, title: own, reasons }) => (
                  <StepForm
                    key={type}
                    action={`${of.paths.repayment(id)}/${type}`}
                    revision={row.revision}
                    type={type}
                    title={own}
                    reasons={reasons}
                    aside={aside.includes(type)}
                    preview={
                      isPaper(type) ? `${of.paths.repayment(id)}/preview/${type}` : undefined
                    }
                    comment={repaymentV1.events[type as RepaymentEventType].comment === "required"}
                    confirm={confirmOf(type, row)}
                  >
                    {type === "ask-reduction" && (
                      <NumberField name="amount" label="減額する額（円）" required />
                    )}
                    {type === "plan" && (
                      <>
                        <p>未納額を等分します。端数は初回に加えます。</p>
                        <FieldRow>
                          <NumberField name="count" label="回数" width={4} required />
                          <DateField name="firstDueOn" label="初回の納期限" required />
                        </FieldRow>
                      </>
                    )}
                    {type === "receive" && (
                      <Receive outstanding={outstandingOf(row)} today={today} />
                    )}
                    {isPaper(type) && (
                      <PaperFields type={type} planned={found.plan.length > 0} days={found.days} />
                    )}
                  </StepForm>
                ))}
              {actions.some(isOff) && (
                <Disclosure title="いまは発行できない文書">
                  {actions.filter(isOff).map(({ type, title: own, reasons }) => (
                    <Actions key={type}>
                      <DisabledAction reasons={[...reasons]}>{own}</DisabledAction>
                    </Actions>
                  ))}
                </Disclosure>
              )}
              {duns && (
                <StepForm
                  action={`${of.paths.repayment(id)}/dunning`}
                  revision={row.revision}
                  type="dunning"
                  title="電話・訪問での督促を記録する"
                  reasons={[]}
                  aside
                >
                  <ReasonField name="words" label="督促の方法と内容" required rows={2} />
                </StepForm>
              )}
            </Panel>
          )}
        </Columns>
        {row.state !== "waiting" && row.state !== "refused" && (
          <Columns>
            <Panel title={found.plan.length > 0 ? "分納" : "納付する額"}>
              <Table
                caption="納付する額"
                columns={[
                  { title: "回", cell: (one) => one.number, align: "end" },
                  { title: "納期限", cell: (one) => day(one.dueOn), nowrap: true },
                  { title: "未納額", cell: (one) => yen(one.amount), align: "end" },
                ]}
                rows={unpaid}
                tone={({ dueOn }) => (dueOn < today ? "error" : undefined)}
                empty="未納はありません。"
              />
            </Panel>
            <Panel title="収納">
              <ReceiptTable
                of={of}
                row={row}
                receipts={receipts}
                notices={found.notices}
                mayReceive={holds(actor, "repayment.receive", where)}
              />
            </Panel>
          </Columns>
        )}
        <NoticePanel of={of} row={row} notices={found.notices} prints={prints} />
        {holds(actor, "payment.read", { program: of.program }) && (
          <Panel title="経過">
            <Table
              caption="経過"
              columns={[
                { title: "日時", cell: (one) => showMoment(one.at), nowrap: true },
                { title: "職員", cell: (one) => one.staffName },
                { title: "操作", cell: (one) => eventTitles[one.event] ?? one.event },
                {
                  title: "額",
                  cell: (one) => (one.amount === null ? "―" : yen(one.amount)),
                  align: "end",
                },
              ]}
              rows={found.steps}
            />
          </Panel>
        )}
      </SentContext.Provider>
    ),
  });
}

const isPaper = (type: string): type is PaperStep => paperSteps.some((one) => one === type);

/** A paper that cannot be issued now; it stands folded, with the reason. */
const isOff = ({ type, reasons }: { type: string; reasons: readonly string[] }) =>
  isPaper(type) && reasons.length > 0;

function confirmOf(type: string, row: { amount: number; changeAsked: number | null }) {
  if (isPaper(type)) return "文書番号を付けて発行します。取り消せません。よろしいですか。";
  if (type === "approve") return `${yen(row.amount)}の返還を求めます。よろしいですか。`;
  if (type === "reduce")
    return `${yen(row.changeAsked ?? 0)}を減額します。元に戻せません。よろしいですか。`;
  if (type === "cancel") return "未納額をすべて取り消します。元に戻せません。よろしいですか。";
  return undefined;
}

const Receive = ({ outstanding, today }: { outstanding: number; today: IsoDate }) => (
  <>
    <RadioGroup
      name="manner"
      label="収納の方法"
      required
      value="slip"
      options={[
        { value: "slip", label: manners.slip },
        { value: "cash", label: manners.cash },
      ]}
    />
    <FieldRow>
      <NumberField name="amount" label="収納した額（円）" required value={String(outstanding)} />
      <DateField name="receivedOn" label="収納した日" required value={showDateShort(today)} />
    </FieldRow>
    <TextField name="reference" label="済通知か領収書の番号" required width={20} />
  </>
);
