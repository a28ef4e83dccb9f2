import { EntryProblem } from "#src/platform/problem.ts";
import {
  confirmRenewalIncomes,
  findingsOf,
  keyRenewalIncome,
  moveAnswer,
  readAnswer,
} from "#src/platform/renewals/index.ts";
import { type AnswerEventType, answerV1 } from "#workflows/renewals/answer.ts";
import { sentWith } from "../cases/sent.tsx";
import { readDate } from "../dates.ts";
import { idOf } from "../params.ts";
import { redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Values } from "../values.ts";
import { answerPage } from "./answer-page.tsx";
import { deductionFields, dependantFields, incomeFields } from "./income-form.tsx";
import type { Renewals } from "./set.ts";

const single = [
  "complete",
  "supplement",
  "settle-changes",
  "propose-renewal",
  "propose-end",
  "propose-lapse",
  "retract",
  "approve-renewal",
  "approve-end",
  "approve-lapse",
  "send-back",
] as const satisfies readonly AnswerEventType[];

/** The page of an answer and its steps. */
export const answerScreens = (of: Renewals): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.seasons}/answers/:answer` as const,
    audit: "renewal-answer.opened",
    handle: (request) => answerPage(of, request),
  }),
  ...single.map((type) => {
    const { right, title } = answerV1.events[type];
    return defineRoute({
      ...of.reading,
      right,
      purpose: right === "case.approve" ? "approval" : "case",
      method: "post",
      path: `${of.paths.seasons}/answers/:answer/${type}` as const,
      audit: `renewal-answer.${type}-asked`,
      async handle(request) {
        const { params, form, work } = request;
        const id = idOf(params.answer);
        try {
          await work((unit) =>
            moveAnswer(unit, {
              id,
              seen: form.integer("revision") ?? 0,
              type,
              reason: form.text("reason") || undefined,
              outcome: form.choice("outcome", ["lost", "suspended"]),
              missing: form.all("missing").filter((one) => Object.hasOwn(of.kind.documents, one)),
              completeBy: readDate(form.text("completeBy")),
              comment: form.text(`comment-${type}`),
            }),
          );
        } catch (error) {
          return answerPage(of, request, sentWith(type, form, error));
        }
        return redirect(of.paths.answer(id), `「${title}」を行いました。`);
      },
    });
  }),
  defineRoute({
    ...of.reading,
    right: "case.examine",
    method: "post",
    path: `${of.paths.seasons}/answers/:answer/income` as const,
    audit: "renewal-income.key-asked",
    async handle(request) {
      const { params, form, work } = request;
      const id = idOf(params.answer);
      try {
        await work(async (unit) => {
          const { answer, season } = await readAnswer(unit, id);
          const judged = (await findingsOf(unit, of.kind, season, [answer])).get(id);
          const person = judged?.incomes[form.integer("person") ?? -1];
          if (!person) throw new EntryProblem("person", "だれの所得かを選んでください。");
          await keyRenewalIncome(unit, {
            id,
            seen: form.integer("revision") ?? 0,
            personNumber: person.personNumber,
            income: readIncome(form),
          });
        });
      } catch (error) {
        return answerPage(of, request, sentWith("income", form, error));
      }
      return redirect(
        of.paths.answer(id),
        "所得を入力しました。別の職員が確認すると、判定に使われます。",
      );
    },
  }),
  defineRoute({
    ...of.reading,
    right: "case.examine",
    method: "post",
    path: `${of.paths.seasons}/answers/:answer/confirm-incomes` as const,
    audit: "renewal-income.confirm-asked",
    async handle({ params, form, work }) {
      const id = idOf(params.answer);
      await work((unit) => confirmRenewalIncomes(unit, id, form.integer("newest") ?? null));
      return redirect(of.paths.answer(id), "所得を確認しました。");
    },
  }),
];

function readIncome(form: Values) {
  const number = (name: string): number => {
    const value = form.integer(name) ?? 0;
    if (!Number.isSafeInteger(value) || Math.abs(value) > 999_999_999_999)
      throw new EntryProblem(name, "円単位の整数で入力してください。");
    return value;
  };
  const whole = (name: string): number => {
    const value = number(name);
    if (value < 0) throw new EntryProblem(name, "0以上の整数で入力してください。");
    return value;
  };
  const items = Object.fromEntries(incomeFields.map((name) => [name, number(name)]));
  const dependants = Object.fromEntries(dependantFields.map((name) => [name, whole(name)]));
  const deductions = Object.fromEntries(
    deductionFields.flatMap((name) => {
      const amount = whole(`deduction-${name}`);
      return amount === 0 ? [] : [[name, amount]];
    }),
  );
  return { items: { ...items, deductions }, ...dependants } as unknown as Parameters<
    typeof keyRenewalIncome
  >[1]["income"];
}
