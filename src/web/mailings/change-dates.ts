import { changeDates, runIdOf } from "#src/platform/mailings/index.ts";
import { redirect } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import { sentWith } from "../cases/sent.tsx";
import { runReply } from "./run-page.tsx";
import type { Mailings } from "./set.ts";
import { dateOf } from "./step-fields.ts";

/** Moves 印刷期限 and 発送予定日 of a run, with the reason. */
export const changeRunDates = (of: Mailings) =>
  defineRoute({
    method: "post",
    path: `${of.paths.runs}/:run/dates` as const,
    right: "mailing.prepare",
    program: of.program,
    purpose: "mailing",
    audit: "mailing.dates-asked",
    async handle(request) {
      const { params, form, work } = request;
      try {
        await work((unit) =>
          changeDates(unit, {
            runId: runIdOf(params.run),
            expectedRevision: form.integer("revision") ?? 0,
            printBy: dateOf(form, "printBy", "印刷期限"),
            sendOn: dateOf(form, "sendOn", "発送予定日"),
            reason: form.text("reason"),
          }),
        );
      } catch (error) {
        return runReply(of, request, sentWith("dates", form, error));
      }
      return redirect(of.paths.run(params.run), "期限を変えました。");
    },
  });
