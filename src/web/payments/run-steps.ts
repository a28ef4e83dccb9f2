import {
  handOverFile,
  holdLine,
  movePaymentRun,
  readAnswers,
  takeRunFile,
  writeRunFile,
} from "#src/platform/payments/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { PaymentRunEvent } from "#workflows/payments/run.ts";
import { sentWith } from "../cases/sent.tsx";
import { idOf } from "../params.ts";
import { download, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { runReply } from "./run-page.tsx";
import type { Payments } from "./set.ts";

const done: Readonly<Record<PaymentRunEvent, string>> = {
  submit: "承認を求めました。",
  return: "差し戻しました。",
  approve: "承認しました。振込データを作れます。",
  cancel: "取り消しました。支払は、次の回で集め直せます。",
  write: "振込データを作りました。",
  "hand-over": "引渡しを授受簿に記載しました。",
  close: "支払の回を終えました。",
  "ask-withdrawal": "取下げの承認を求めました。",
  withdraw: "取り下げました。振込データは消去されました。",
  "refuse-withdrawal": "取下げを認めませんでした。",
};
const asApprover: readonly PaymentRunEvent[] = [
  "approve",
  "return",
  "withdraw",
  "refuse-withdrawal",
];

/** Every step of a run, taking out its file, and reading the answers. */
export const runStepScreens = (of: Payments): AnyRoute[] => [
  ...(Object.keys(done) as PaymentRunEvent[]).map((type) => stepRoute(of, type)),
  defineRoute({
    ...of.reading,
    right: "payment.prepare",
    method: "post",
    path: `${of.paths.runs}/runs/:run/hold` as const,
    audit: "payment-run.hold-asked",
    handle: (request) =>
      sending(of, request, "hold", async ({ id, seen, unit, form }) => {
        await holdLine(unit, id, seen, idOf(form.text("payable")));
        return "支払を回から外しました。次の回で集め直せます。";
      }),
  }),
  defineRoute({
    ...of.reading,
    right: "payment.download",
    method: "post",
    path: `${of.paths.runs}/runs/:run/file` as const,
    audit: "payment-file.asked",
    async handle({ params, work }) {
      const { name, bytes } = await work((unit) => takeRunFile(unit, idOf(params.run)));
      return download(name, "application/octet-stream", bytes);
    },
  }),
  defineRoute({
    ...of.reading,
    right: "payment.prepare",
    method: "post",
    takesFiles: "16mb",
    path: `${of.paths.runs}/runs/:run/answers` as const,
    audit: "payment-run.answers-sent",
    async handle(request) {
      const file = request.form.file("file");
      const bytes = file && new Uint8Array(await file.arrayBuffer());
      return sending(of, request, "answers", async ({ id, seen, unit, form }) => {
        if (!bytes) throw new EntryProblem("file", "結果一覧のファイルを選んでください。");
        const read = await readAnswers(unit, id, seen, bytes, {
          restPaid: form.has("restPaid"),
          ...(form.has("layout") && { layout: form.text("layout") }),
        });
        return `結果を取り込みました。振込済${read.paid}件、不能${read.failed}件、取り込めなかった行${read.faults}件です。`;
      });
    },
  }),
];

type RunRequest = ScreenRequest<`${string}:run`>;

const stepRoute = (of: Payments, type: PaymentRunEvent) =>
  defineRoute({
    ...of.reading,
    method: "post",
    path: `${of.paths.runs}/runs/:run/steps/${type}` as const,
    purpose: asApprover.includes(type) ? "approval" : "payment",
    audit: `payment-run.${type}-asked`,
    handle: (request) =>
      sending(of, request, type, async ({ id, seen, unit, form }) => {
        if (type === "write") await writeRunFile(unit, id, seen);
        else if (type === "hand-over")
          await handOverFile(unit, id, seen, {
            receiver: needed(form.text("receiver"), "receiver", "渡した先を入力してください。"),
            receivedBy: needed(
              form.text("receivedBy"),
              "receivedBy",
              "受け取った人を入力してください。",
            ),
            manner: form.choice("manner", ["transfer", "medium"]) ?? "transfer",
          });
        else await movePaymentRun(unit, { id, seen, type, comment: form.text(`comment-${type}`) });
        return done[type];
      }),
  });

function needed(text: string, field: string, message: string): string {
  if (text === "") throw new EntryProblem(field, message);
  return text;
}

/** Does it in one unit of work; what the person can mend comes back on the page of the run. */
async function sending(
  of: Payments,
  request: RunRequest,
  event: string,
  run: (step: {
    id: string;
    seen: number;
    unit: Parameters<Parameters<RunRequest["work"]>[0]>[0];
    form: RunRequest["form"];
  }) => Promise<string>,
) {
  const { params, form, work } = request;
  const id = idOf(params.run);
  try {
    const said = await work((unit) => run({ id, seen: form.integer("revision") ?? 0, unit, form }));
    return redirect(of.paths.run(id), said);
  } catch (error) {
    return runReply(of, request, sentWith(event, form, error));
  }
}
