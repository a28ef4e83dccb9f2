import { movePmhRun, readPmhAnswers, takePmhFile } from "#src/platform/pmh/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { PmhRunEvent } from "#workflows/pmh/run.ts";
import { sentWith } from "../cases/sent.tsx";
import { idOf } from "../params.ts";
import { download, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { runReply } from "./run-page.tsx";
import type { PmhSet } from "./set.ts";

const done = {
  submit: "承認を求めました。",
  return: "差し戻しました。",
  approve: "承認しました。",
  cancel: "取り消しました。変更は、次の回で集め直せます。",
  stop: "送信を止めました。",
  resume: "送信を再開しました。",
  end: "残りを送らずに終えました。",
} as const satisfies Partial<Record<PmhRunEvent, string>>;

/** Every step of a run, taking out its file, and reading the answers to it. */
export const stepScreens = (of: PmhSet): AnyRoute[] => [
  ...(Object.keys(done) as (keyof typeof done)[]).map((type) =>
    defineRoute({
      ...of.reading,
      method: "post",
      path: `${of.paths.runs}/runs/:run/steps/${type}` as const,
      purpose: type === "approve" || type === "return" ? "approval" : "feed",
      audit: `pmh-run.${type}-asked`,
      async handle(request) {
        const id = idOf(request.params.run);
        const seen = request.form.integer("revision") ?? 0;
        try {
          await request.work((unit) => movePmhRun(unit, { id, seen, type }));
          return redirect(of.paths.run(id), done[type]);
        } catch (error) {
          return runReply(of, request, sentWith(type, request.form, error));
        }
      },
    }),
  ),
  defineRoute({
    ...of.reading,
    right: "pmh.send",
    method: "post",
    path: `${of.paths.runs}/runs/:run/file` as const,
    audit: "pmh-file.asked",
    async handle({ params, work }) {
      const { name, bytes } = await work((unit) => takePmhFile(unit, idOf(params.run)));
      return download(name, "application/json", bytes);
    },
  }),
  defineRoute({
    ...of.reading,
    right: "pmh.prepare",
    method: "post",
    takesFiles: "16mb",
    path: `${of.paths.runs}/runs/:run/answers` as const,
    audit: "pmh-run.answers-sent",
    async handle(request) {
      const id = idOf(request.params.run);
      const file = request.form.file("file");
      const bytes = file && new Uint8Array(await file.arrayBuffer());
      try {
        const read = await request.work((unit) => {
          if (!bytes) throw new EntryProblem("file", "回答のファイルを選んでください。");
          return readPmhAnswers(unit, id, bytes);
        });
        return redirect(
          of.paths.run(id),
          `回答を取り込みました。記録した行${read.settled}件、この回の行でないか記録済みのもの${read.others}件です。`,
        );
      } catch (error) {
        return runReply(of, request, sentWith("answers", request.form, error));
      }
    },
  }),
];
