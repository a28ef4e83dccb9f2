import {
  moveRepayment,
  outstandingOf,
  planRepayment,
  readRepayment,
  receiveRepayment,
  recordDunning,
} from "#src/platform/payments/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { equalInstalments } from "#workflows/payments/instalments.ts";
import { type RepaymentEventType, repaymentV1 } from "#workflows/payments/repayment.ts";
import { sentWith } from "../cases/sent.tsx";
import { readDate } from "../dates.ts";
import { idOf } from "../params.ts";
import { redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { repaymentList } from "./repayment-list.tsx";
import { eventTitles, type RepaymentRequest, repaymentPage } from "./repayment-page.tsx";
import type { Payments } from "./set.ts";

/** 返還金: the list, and each with its decision, plan, receipts and changes. */
export const repaymentScreens = (of: Payments): AnyRoute[] => [
  repaymentList(of),
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.repayments}/:repayment` as const,
    audit: "repayment.opened",
    handle: (request) => repaymentPage(of, request),
  }),
  ...decisions.map((type) =>
    step(of, type, (unit, { id, seen, form }) =>
      moveRepayment(unit, {
        id,
        seen,
        type,
        amount: form.integer("amount"),
        comment: form.text(`comment-${type}`),
      }),
    ),
  ),
  step(of, "plan", async (unit, { id, seen, form }) => {
    const { repayment } = await readRepayment(unit, id);
    const count = form.integer("count") ?? 0;
    const first = readDate(form.text("firstDueOn"));
    if (!first) throw new EntryProblem("firstDueOn", "初回の納期限を入力してください。");
    if (count < 2 || count > 60 || count > outstandingOf(repayment))
      throw new EntryProblem("count", "回数は、2回から60回までにしてください。");
    await planRepayment(unit, {
      id,
      seen,
      plan: equalInstalments(outstandingOf(repayment), count, first),
    });
  }),
  defineRoute({
    ...of.reading,
    right: "repayment.prepare",
    method: "post",
    path: `${of.paths.repayments}/:repayment/dunning` as const,
    audit: "repayment.dunning-asked",
    async handle(request) {
      const { params, form, work } = request;
      const id = idOf(params.repayment);
      try {
        await work((unit) => recordDunning(unit, id, form.text("words")));
      } catch (error) {
        return repaymentPage(of, request, sentWith("dunning", form, error));
      }
      return redirect(of.paths.repayment(id), "督促を記録しました。");
    },
  }),
  step(of, "receive", (unit, { id, seen, form }) => {
    const receivedOn = readDate(form.text("receivedOn"));
    if (!receivedOn) throw new EntryProblem("receivedOn", "収納した日を入力してください。");
    return receiveRepayment(unit, {
      id,
      seen,
      manner: form.choice("manner", ["slip", "cash"]) ?? "slip",
      amount: form.integer("amount") ?? 0,
      receivedOn,
      reference: form.text("reference"),
    });
  }),
];

const decisions = [
  "approve",
  "refuse",
  "retract",
  "ask-reduction",
  "reduce",
  "refuse-reduction",
  "ask-cancellation",
  "cancel",
  "refuse-cancellation",
] as const satisfies readonly RepaymentEventType[];

function step(
  of: Payments,
  type: (typeof decisions)[number] | "plan" | "receive",
  run: (
    unit: Work,
    step: { id: string; seen: number; form: RepaymentRequest["form"] },
  ) => Promise<void>,
): AnyRoute {
  const { right } = repaymentV1.events[type];
  return defineRoute({
    ...of.reading,
    right,
    purpose: right === "repayment.approve" ? "approval" : "payment",
    method: "post",
    path: `${of.paths.repayments}/:repayment/${type}` as const,
    audit: `repayment.${type}-asked`,
    async handle(request) {
      const { params, form, work } = request;
      const id = idOf(params.repayment);
      try {
        await work((unit) => run(unit, { id, seen: form.integer("revision") ?? 0, form }));
      } catch (error) {
        return repaymentPage(of, request, sentWith(type, form, error));
      }
      return redirect(of.paths.repayment(id), `「${eventTitles[type]}」を行いました。`);
    },
  });
}
