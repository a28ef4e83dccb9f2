import {
  approveAndWrite,
  cancelImport,
  continueImport,
  decideDoubtful,
  reviewAnew,
} from "#src/platform/feeds/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { redirect } from "../reply.ts";
import { defineRoute } from "../route.ts";
import { importPage } from "./import-page.tsx";

const shared = { method: "post", purpose: "feed", program: "feeds" } as const;

/** What is done with a file from its page. */
export const feedActions = [
  defineRoute({
    ...shared,
    path: "/feeds/:importId/approval",
    right: "feed.commit",
    audit: "feed.approval-sent",
    async handle(request) {
      const { params, form, work } = request;
      const { importId } = params;
      const revision = form.integer("revision") ?? 0;
      const gapReason = form.text("gap-reason");
      try {
        await work((unit) => approveAndWrite(unit, { importId, revision, gapReason }));
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        const errors = error.errors;
        return importPage(request, undefined, { form, errors });
      }
      return redirect(`/feeds/${importId}`, "反映を始めました。");
    },
  }),
  defineRoute({
    ...shared,
    path: "/feeds/:importId/review",
    right: "feed.read",
    audit: "feed.review-asked",
    async handle({ params: { importId }, work }) {
      await work((unit) => reviewAnew(unit, importId));
      return redirect(`/feeds/${importId}`, "もう一度確認しています。");
    },
  }),
  defineRoute({
    ...shared,
    path: "/feeds/:importId/continuation",
    right: "feed.read",
    audit: "feed.continuation-asked",
    async handle({ params: { importId }, work }) {
      await work((unit) => continueImport(unit, importId));
      return redirect(`/feeds/${importId}`, "続きから再開しました。");
    },
  }),
  defineRoute({
    ...shared,
    path: "/feeds/:importId/cancellation",
    right: "feed.import",
    audit: "feed.cancellation-sent",
    async handle({ params: { importId }, work }) {
      await work((unit) => cancelImport(unit, importId));
      return redirect(`/feeds/${importId}`, "ファイルを取り消しました。");
    },
  }),
  defineRoute({
    ...shared,
    path: "/feeds/:importId/rows/:row/decision",
    right: "feed.import",
    audit: "feed.row-decision-sent",
    async handle({ params: { importId, row }, form, work }) {
      const accepted = form.text("decision") === "accept";
      await work((unit) => decideDoubtful(unit, { importId, row: Number(row), accepted }));
      return redirect(
        `/feeds/${importId}/lists/doubtful`,
        `${row}行目を${accepted ? "反映する" : "反映しない"}に変えました。`,
      );
    },
  }),
];
