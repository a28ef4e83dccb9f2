import { EntryProblem, Problem } from "#src/platform/problem.ts";
import {
  approveAndPost,
  continueFile,
  decideReceipts,
  getFile,
  judgeAgain,
  moveFile,
  openDecisionsOf,
  settleDecisions,
} from "#src/platform/receipts/index.ts";
import { decisionTitles, type ReceiptAction } from "#workflows/receipts/decisions.ts";
import { redirect } from "../reply.ts";
import { defineRoute } from "../route.ts";
import { filePage } from "./file-page.tsx";

const shared = { method: "post", purpose: "feed" } as const;
const done = {
  approve: "反映を始めました。",
  cancel: "ファイルを取り消しました。",
  askWithdrawal: "取戻しを申し出ました。別の職員の承認を待っています。",
  withdraw: "反映した給付を取り戻しました。",
  keep: "取戻しを却下しました。",
} as const;
const steps = Object.keys(done) as (keyof typeof done)[];

/** What is done with a file and its receipts from its page. */
export const fileActionScreens = [
  defineRoute({
    ...shared,
    path: "/receipts/files/:fileId/steps",
    right: "receipt.read",
    program: "receipts",
    audit: "receipt-file.step-sent",
    async handle({ params: { fileId }, form, work }) {
      const event = form.pressed(steps);
      const revision = form.integer("revision") ?? 0;
      await work(async (unit) => {
        if (event === "approve") return approveAndPost(unit, { fileId, revision });
        const file = await getFile(unit, fileId);
        const why = event === "cancel" ? "取り消されました。" : null;
        return moveFile(unit, { ...file, revision }, event, why);
      });
      return redirect(`/receipts/files/${fileId}`, done[event]);
    },
  }),
  defineRoute({
    ...shared,
    path: "/receipts/files/:fileId/continuation",
    right: "feed.read",
    program: "receipts",
    audit: "receipt-file.continuation-asked",
    async handle({ params: { fileId }, work }) {
      await work((unit) => continueFile(unit, fileId));
      return redirect(`/receipts/files/${fileId}`, "続きから再開しました。");
    },
  }),
  defineRoute({
    ...shared,
    path: "/receipts/files/:fileId/decisions",
    right: "case.examine",
    audit: "receipt.decision-sent",
    async handle(request) {
      const { params, form, work } = request;
      const { fileId } = params;
      const rows = rowsOf(form.all("row"));
      try {
        if (form.pressed(["decide", "judge"]) === "judge") {
          await work((unit) => judgeAgain(unit, { fileId, rows }));
          return redirect(`/receipts/files/${fileId}`, `${rows.length}件をもう一度点検しました。`);
        }
        const [action = "", reason = ""] = form.text("choice").split("/");
        if (!Object.hasOwn(decisionTitles, action))
          throw new EntryProblem("choice", "扱いと理由を選んでください。");
        const decision = { fileId, rows, action: action as ReceiptAction, reason };
        await work((unit) => decideReceipts(unit, decision));
        return redirect(
          `/receipts/files/${fileId}`,
          `${rows.length}件を「${decisionTitles[decision.action]}」に決めました。`,
        );
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        return filePage(request, { form, errors: { choice: error.message } });
      }
    },
  }),
  defineRoute({
    ...shared,
    path: "/receipts/files/:fileId/settlements",
    right: "case.approve",
    audit: "receipt.settlement-sent",
    async handle({ params: { fileId }, form, work }) {
      const approve = form.pressed(["approve", "refuse"]) === "approve";
      const rows = rowsOf(form.all("row"));
      if (rows.length === 0)
        throw new Problem({ status: 422, message: "レセプトを選んでください。" });
      await work(async (unit) =>
        settleDecisions(unit, { ids: await openDecisionsOf(unit, fileId, rows), approve }),
      );
      return redirect(
        `/receipts/files/${fileId}`,
        `${rows.length}件を${approve ? "承認しました" : "差し戻しました"}。`,
      );
    },
  }),
];

const rowsOf = (values: readonly string[]): number[] =>
  values.filter((value) => /^\d{1,9}$/.test(value)).map(Number);
