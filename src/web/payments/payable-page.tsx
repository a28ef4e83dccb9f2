import { covers } from "#src/platform/access/actor.ts";
import { codesOf, identityDocumentTitles } from "#src/platform/intake/index.ts";
import {
  failureTitles,
  moveCash,
  moveReturn,
  openRepaymentsOf,
  outstandingOf,
  payableActions,
  payableHistory,
  payableKindTitles,
  payableNumber,
  payableStateMeta,
  proposeRepayment,
  readPayable,
  repaymentCauseTitles,
  repaymentNumber,
  setOffPayable,
} from "#src/platform/payments/index.ts";
import { conflict, EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import { payableV1 } from "#workflows/payments/payable.ts";
import { setOffs } from "#workflows/payments/set-off.ts";
import { yen } from "#workflows/text/yen.ts";
import { type Sent, SentContext, SentNote, sentWith } from "../cases/sent.tsx";
import {
  Actions,
  Button,
  Checkbox,
  Columns,
  choicesOf,
  DateField,
  DefinitionList,
  Disclosure,
  FieldRow,
  Form,
  NumberField,
  PageTitle,
  Panel,
  ReasonField,
  SelectField,
  Table,
  TextField,
} from "../components/index.ts";
import { readDate, showDateShort, showMoment } from "../dates.ts";
import { idOf } from "../params.ts";
import { personPath } from "../person-path.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { day, PayableBadge, StepForm } from "./parts.tsx";
import { PayeeCell, payeesOfRows } from "./payee.tsx";
import type { Payments } from "./set.ts";

type PayableRequest = ScreenRequest<`${string}:payable`>;
const titles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(payableV1.events).map(([type, { title }]) => [type, title])),
  owe: "支払を決定する",
};
const cashSteps = ["prepare-cash", "pay-cash", "undo-cash"] as const;
const returnSteps = ["ask-return", "return", "refuse-return"] as const;

/** One payment: what happened to it, 窓口払い, 組戻し, 充当, and asking it back. */
export const payableScreens = (of: Payments): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: `/${of.program}/payments/payables/:payable` as const,
    audit: "payment.opened",
    handle: (request) => payablePage(of, request),
  }),
  ...cashSteps.map((type) =>
    step(of, type, "payment.cash", (unit, { id, seen, form }) =>
      moveCash(unit, {
        id,
        seen,
        type,
        identity: form.text("identity"),
        byAgent: form.has("byAgent"),
        receiptNumber: form.text("receiptNumber"),
      }),
    ),
  ),
  ...returnSteps.map((type) =>
    step(
      of,
      type,
      type === "ask-return" ? "payment.prepare" : "payment.approve",
      (unit, { id, seen, form }) =>
        moveReturn(unit, { id, seen, type, comment: form.text(`comment-${type}`) }),
    ),
  ),
  step(of, "set-off", "payment.approve", async (unit, { id, seen, form }) => {
    const against = form.text("repayment").split(" ");
    const amount = form.integer("amount");
    if (amount === undefined) throw new EntryProblem("amount", "充当する額を入力してください。");
    await setOffPayable(unit, {
      payable: { id, seen },
      repayment: { id: idOf(against[0] ?? ""), seen: Number(against[1]) },
      amount,
    });
  }),
  defineRoute({
    ...of.reading,
    right: "repayment.prepare",
    method: "post",
    path: `/${of.program}/payments/payables/:payable/repayment` as const,
    audit: "repayment.proposal-sent",
    async handle(request) {
      const { params, form, work } = request;
      const dueOn = readDate(form.text("dueOn"));
      try {
        const made = await work(async (unit) => {
          const row = await readPayable(unit, idOf(params.payable));
          if (row.personNumber === null)
            throw conflict("医療機関などへの支払は、次の支払で調整します。返還金にはできません。");
          if (!dueOn) throw new EntryProblem("dueOn", "納期限を入力してください。");
          const cause = form.choice("cause", codesOf(repaymentCauseTitles));
          if (!cause) throw new EntryProblem("cause", "返還の事由を選んでください。");
          return proposeRepayment(unit, {
            program: of.program,
            sourceKind: "payable",
            sourceId: row.id,
            caseId: null,
            personNumber: row.personNumber,
            cause,
            amount: form.integer("repaid") ?? 0,
            dueOn,
            comment: form.text("comment"),
          });
        });
        return redirect(of.paths.repayment(made), "返還を起案しました。別の決裁者が決裁します。");
      } catch (error) {
        return payablePage(of, request, sentWith("repayment", form, renamed(error)));
      }
    },
  }),
];

/** The amount of a repayment has a name of its own on this page. */
const renamed = (error: unknown) =>
  error instanceof EntryProblem && error.field === "amount"
    ? new EntryProblem("repaid", error.message)
    : error;

function step(
  of: Payments,
  type: string,
  right: "payment.cash" | "payment.prepare" | "payment.approve",
  run: (
    unit: Work,
    step: { id: string; seen: number; form: PayableRequest["form"] },
  ) => Promise<void>,
): AnyRoute {
  return defineRoute({
    ...of.reading,
    right,
    purpose: right === "payment.approve" ? "approval" : "payment",
    method: "post",
    path: `/${of.program}/payments/payables/:payable/${type}` as const,
    audit: `payment.${type}-asked`,
    async handle(request) {
      const { params, form, work } = request;
      const id = idOf(params.payable);
      try {
        await work((unit) => run(unit, { id, seen: form.integer("revision") ?? 0, form }));
      } catch (error) {
        return payablePage(of, request, sentWith(type, form, error));
      }
      return redirect(of.paths.payable(id), `「${titles[type]}」を行いました。`);
    },
  });
}

async function payablePage(of: Payments, request: PayableRequest, sent?: Sent) {
  const { params, work, platform, actor } = request;
  const id = idOf(params.payable);
  const found = await work(async (unit) => {
    const row = await readPayable(unit, id);
    return {
      row,
      payees: await payeesOfRows(unit, of.program, [row]),
      history: await payableHistory(unit, id),
      actions: await payableActions(unit, row),
      owedBack:
        row.personNumber === null ? [] : await openRepaymentsOf(unit, of.program, row.personNumber),
    };
  });
  const { row, history, actions, owedBack } = found;
  const number = payableNumber(row);
  const payeePath =
    row.personNumber === null
      ? found.payees.parties.get(row.partyCode ?? "")?.path
      : personPath(platform, row.personNumber);
  const payee = <PayeeCell row={row} payees={found.payees} today={platform.clock.today()} />;
  const where = {
    program: of.program,
    office: row.partyCode === null ? row.officeCode : null,
  };
  const setsOff =
    row.state === "owed" && owedBack.length > 0 && covers(actor, "payment.approve", where);
  const asksBack =
    (row.state === "paid" || row.state === "set-off") &&
    row.personNumber !== null &&
    covers(actor, "repayment.prepare", where);
  return page({
    title: `支払 ${number} ${payableStateMeta(row.state).title}`,
    breadcrumb: [{ title: "支払", path: of.paths.runs }, { title: number }],
    status: sent ? 422 : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<PayableBadge state={row.state} />}>支払 {number}</PageTitle>
        <SentNote />
        <Columns wide="first">
          <Panel title="内容">
            <DefinitionList
              items={[
                [
                  "支払う相手",
                  payeePath === undefined ? (
                    payee
                  ) : (
                    <a key="payee" href={payeePath}>
                      {payee}
                    </a>
                  ),
                ],
                ["支払方法", payableKindTitles[row.kind]],
                ["決定した額", yen(row.amount)],
                ["充当した額", row.setOff > 0 ? yen(row.setOff) : "なし"],
                ["支払う額", yen(row.amount - row.setOff)],
                ["決裁", day(row.owedOn)],
                ["支払日", day(row.paidOn)],
              ]}
            />
          </Panel>
          {(actions.length > 0 || setsOff || asksBack) && (
            <Panel title="次の操作">
              {actions.map(({ type, title, reasons }) => (
                <StepForm
                  key={type}
                  action={`${of.paths.payable(id)}/${type}`}
                  revision={row.revision}
                  type={type}
                  title={title}
                  reasons={reasons}
                  aside={["undo-cash", "ask-return", "refuse-return"].includes(type)}
                  comment={
                    payableV1.events[type as keyof typeof payableV1.events].comment === "required"
                  }
                  confirm={
                    type === "pay-cash"
                      ? `${yen(row.amount - row.setOff)}を渡し、領収書を受け取りましたか。記録は消せません。`
                      : undefined
                  }
                >
                  {type === "prepare-cash" && (
                    <>
                      <SelectField
                        name="identity"
                        label="確認した書類"
                        required
                        options={choicesOf(identityDocumentTitles)}
                      />
                      <Checkbox name="byAgent" label="代理人が来た（委任状を確認した）" />
                    </>
                  )}
                  {type === "pay-cash" && (
                    <TextField name="receiptNumber" label="領収書番号" required width={20} />
                  )}
                </StepForm>
              ))}
              {setsOff && <SetOff of={of} id={id} row={row} owedBack={owedBack} sent={sent} />}
              {asksBack && (
                <AskBack
                  action={`${of.paths.payable(id)}/repayment`}
                  amount={row.amount}
                  dueOn={showDateShort(addDays(platform.clock.today(), 30))}
                  sent={sent}
                />
              )}
            </Panel>
          )}
        </Columns>
        <Panel title="経過">
          <Table
            caption="経過"
            columns={[
              { title: "日時", cell: (one) => showMoment(one.at), nowrap: true },
              { title: "職員", cell: (one) => one.staffName },
              { title: "操作", cell: (one) => titles[one.event] ?? one.event },
              { title: "理由", cell: (one) => (one.reason ? failureTitles[one.reason] : "―") },
            ]}
            rows={history}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

function SetOff(props: {
  of: Payments;
  id: string;
  row: { revision: number; amount: number; setOff: number };
  owedBack: Awaited<ReturnType<typeof openRepaymentsOf>>;
  sent: Sent | undefined;
}) {
  const { of, id, row, owedBack } = props;
  const own = props.sent?.event === "set-off" ? props.sent : undefined;
  const [first] = setOffs(
    row.amount - row.setOff,
    owedBack.map((one) => ({ id: one.id, dueOn: one.dueOn, outstanding: outstandingOf(one) })),
  ).parts;
  return (
    <Disclosure title="返還金に充当する" open={own !== undefined}>
      <Form
        action={`${of.paths.payable(id)}/set-off`}
        class="form stacked"
        values={own?.form}
        errors={own?.errors}
      >
        <input type="hidden" name="revision" value={row.revision} />
        <SelectField
          name="repayment"
          label="充当する返還金"
          required
          options={owedBack.map((one) => ({
            value: `${one.id} ${one.revision}`,
            label: `${repaymentNumber(one)} 未納${yen(outstandingOf(one))} 納期限${day(one.dueOn)}`,
          }))}
        />
        <NumberField
          name="amount"
          label="充当する額（円）"
          required
          value={first ? String(first.amount) : ""}
        />
        <Actions>
          <Button confirm="この支払から返還金に充当します。元に戻せません。よろしいですか。">
            充当する
          </Button>
        </Actions>
      </Form>
    </Disclosure>
  );
}

function AskBack(props: { action: string; amount: number; dueOn: string; sent: Sent | undefined }) {
  const own = props.sent?.event === "repayment" ? props.sent : undefined;
  return (
    <Disclosure title="返還を起案する" open={own !== undefined}>
      <Form action={props.action} class="form stacked" values={own?.form} errors={own?.errors}>
        <SelectField
          name="cause"
          label="返還の事由"
          required
          options={choicesOf(repaymentCauseTitles)}
        />
        <FieldRow>
          <NumberField
            name="repaid"
            label="返還を求める額（円）"
            required
            value={String(props.amount)}
          />
          <DateField name="dueOn" label="納期限" required value={props.dueOn} />
        </FieldRow>
        <ReasonField name="comment" label="理由" required rows={2} />
        <Actions>
          <Button>返還を起案する</Button>
        </Actions>
      </Form>
    </Disclosure>
  );
}
