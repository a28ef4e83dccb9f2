import {
  type Difference,
  differenceTitles,
  enclosingSteps,
  handEnclosing,
  noteEnclosing,
  readRun,
  runIdOf,
} from "#src/platform/mailings/index.ts";
import { download, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import { sentWith } from "../cases/sent.tsx";
import { runReply } from "./run-page.tsx";
import type { Mailings } from "./set.ts";
import { dateOf } from "./step-fields.ts";

const results = ["printed", "delivered", "posted"] as const;

/** Handing over the 指示書, and what the contractors tell. */
export const enclosingRoutes = (of: Mailings): AnyRoute[] => {
  const common = {
    method: "post",
    right: "mailing.download",
    program: of.program,
    purpose: "mailing",
  } as const;
  return [
    defineRoute({
      ...common,
      path: `${of.paths.runs}/:run/enclosing-sheet` as const,
      audit: "enclosing.handing",
      async handle(request) {
        try {
          const { name, bytes } = await request.work((unit) =>
            handEnclosing(unit, runIdOf(request.params.run)),
          );
          return download(name, "application/octet-stream", bytes);
        } catch (error) {
          return runReply(of, request, sentWith("enclosing", request.form, error));
        }
      },
    }),
    defineRoute({
      ...common,
      path: `${of.paths.runs}/:run/enclosing` as const,
      audit: "enclosing.sent",
      async handle(request) {
        const { params, form, work } = request;
        try {
          const step = await work(async (unit) => {
            // Of a run that is not to be seen nothing is read that was sent.
            const { run } = await readRun(unit, runIdOf(params.run));
            const told = {
              step: form.pressed(results, "step"),
              day: dateOf(form, "day", "年月日"),
              good: form.integer("good"),
              bad: form.integer("bad"),
              number: form.text("number"),
              difference: form.choice("difference", Object.keys(differenceTitles) as Difference[]),
            };
            await noteEnclosing(unit, run.id, told);
            return told.step;
          });
          return redirect(of.paths.run(params.run), `${enclosingSteps[step]}を記録しました。`);
        } catch (error) {
          return runReply(of, request, sentWith("enclosing", form, error));
        }
      },
    }),
  ];
};
