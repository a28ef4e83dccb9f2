import { sentWith } from "#src/web/cases/sent.tsx";
import { download, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import { continueFile } from "../../punched-files/lots.ts";
import { moveFile } from "../../punched-files/move.ts";
import { drawRows } from "../../punched-files/rekeying.ts";
import { faultsFile, returnRows } from "../../punched-files/rows.ts";
import { paths } from "../paths.ts";
import { filePage } from "./file-page.tsx";
import { guard } from "./parts.tsx";

const shared = { ...guard, method: "post" } as const;
const done = {
  approve: "取込を始めました。",
  close: "ファイルを完了しました。行の内容は消去されました。",
  cancel: "ファイルを取り消しました。",
} as const;
const steps = Object.keys(done) as (keyof typeof done)[];

/** What is done with a file from its page. */
export const fileActionScreens: readonly AnyRoute[] = [
  defineRoute({
    ...shared,
    path: "/vaccination/punched-files/:fileId/steps",
    right: "case.read",
    audit: "punched-file.step-sent",
    async handle(request) {
      const { params, form, work } = request;
      const type = form.pressed(steps);
      const seen = form.integer("revision") ?? 0;
      try {
        await work(async (unit) => {
          const why = type === "cancel" ? { why: "取り消されました。" } : {};
          await moveFile(unit, { id: params.fileId, seen, type, ...why });
          if (type === "approve") await continueFile(unit, params.fileId);
        });
      } catch (error) {
        return filePage(request, sentWith("step", form, error));
      }
      return redirect(paths.punchedFile(params.fileId), done[type]);
    },
  }),
  defineRoute({
    ...shared,
    path: "/vaccination/punched-files/:fileId/continuation",
    right: "case.read",
    audit: "punched-file.continuation-asked",
    async handle({ params: { fileId }, work }) {
      await work((unit) => continueFile(unit, fileId));
      return redirect(paths.punchedFile(fileId), "続きから再開しました。");
    },
  }),
  defineRoute({
    ...shared,
    path: "/vaccination/punched-files/:fileId/returns",
    right: "case.enter",
    audit: "punched-file.return-asked",
    async handle(request) {
      const { params, form, work } = request;
      try {
        await work((unit) =>
          returnRows(unit, { fileId: params.fileId, seen: form.integer("revision") ?? 0 }),
        );
      } catch (error) {
        return filePage(request, sentWith("return", form, error));
      }
      return redirect(
        `${paths.punchedFile(params.fileId)}?list=returned`,
        "エラーの行を委託先へ戻しました。エラーのファイルを取り出して、委託先に渡してください。",
      );
    },
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: "/vaccination/punched-files/:fileId/faults",
    right: "case.enter",
    audit: "punched-file.faults-taken-out",
    async handle({ params, work }) {
      const { name, bytes } = await work((unit) => faultsFile(unit, params.fileId));
      return download(name, "application/octet-stream", bytes);
    },
  }),
  defineRoute({
    ...shared,
    path: "/vaccination/punched-files/:fileId/draws",
    right: "case.enter",
    audit: "punched-file.draw-asked",
    async handle(request) {
      const { params, form, work } = request;
      try {
        await work((unit) => drawRows(unit, params.fileId, form.integer("many")));
      } catch (error) {
        return filePage(request, sentWith("draw", form, error));
      }
      return redirect(paths.punchedRekeying(params.fileId), "行を抜き取りました。");
    },
  }),
];
