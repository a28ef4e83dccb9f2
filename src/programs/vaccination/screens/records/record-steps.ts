import { EntryProblem } from "#src/platform/problem.ts";
import { sentWith } from "#src/web/cases/sent.tsx";
import { readDate } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { figures } from "#workflows/text/widths.ts";
import { routeTitles } from "#workflows/vaccination/records/channels.ts";
import type { RecordRevisionEvent } from "#workflows/vaccination/records/revision-machine.ts";
import {
  decideRevision,
  proposeRevision,
  type RevisionReason,
  revisionReasons,
} from "../../records/revisions.ts";
import { paths } from "../paths.ts";
import { recordPage } from "./record-page.tsx";

const guard = { program: "vaccination", purpose: "case" } as const;
const routes = Object.keys(routeTitles) as (keyof typeof routeTitles)[];
const reasons = Object.keys(revisionReasons) as RevisionReason[];

/** A record is corrected or cancelled, and that is decided where it needs another person. */
export const recordStepScreens: readonly AnyRoute[] = [
  ...(["correct", "cancel"] as const).map((kind) =>
    defineRoute({
      ...guard,
      right: "case.enter",
      method: "post",
      path: `/vaccination/records/:shot/${kind}` as const,
      audit: `vaccination-record.${kind}-requested`,
      async handle(request) {
        const { form, work, params } = request;
        const shotId = idOf(params.shot);
        try {
          const { state } = await work(async (unit) => {
            const reason = form.choice("reason", reasons);
            if (!reason) throw new EntryProblem("reason", "理由を選んでください。");
            return proposeRevision(unit, {
              shotId,
              seen: form.integer("revision") ?? 0,
              kind,
              values: kind === "correct" ? readValues(form) : undefined,
              reason,
            });
          });
          return redirect(
            paths.record(shotId),
            state === "waiting"
              ? "この記録には証明や支払があるため、別の職員の決裁を待ちます。"
              : kind === "correct"
                ? "訂正しました。"
                : "取り消しました。",
          );
        } catch (error) {
          return recordPage(request, sentWith(kind, form, error));
        }
      },
    }),
  ),
  ...(["approve", "refuse", "withdraw"] as const).map((type) =>
    defineRoute({
      ...guard,
      right: type === "withdraw" ? "case.enter" : "case.approve",
      method: "post",
      path: `/vaccination/records/:shot/revision/${type}` as const,
      audit: `vaccination-record.${type}-asked`,
      async handle(request) {
        const { form, work, params } = request;
        try {
          await work((unit) =>
            decideRevision(unit, {
              id: idOf(form.text("id")),
              seen: form.integer("revision") ?? 0,
              type,
              refusal: form.text("refusal") || undefined,
            }),
          );
        } catch (error) {
          return recordPage(request, sentWith(type, form, error));
        }
        return redirect(paths.record(idOf(params.shot)), `「${decided[type]}」を行いました。`);
      },
    }),
  ),
];

const decided: Record<RecordRevisionEvent, string> = {
  approve: "訂正を決裁する",
  refuse: "訂正を認めない",
  withdraw: "訂正を取り下げる",
};

function readValues(form: Values) {
  const givenOn = readDate(form.text("givenOn"));
  if (!givenOn) throw new EntryProblem("givenOn", "接種日を入力してください。例: R8.11.20");
  const interview = form.text("interviewOn");
  const interviewOn = interview === "" ? null : readDate(interview);
  if (interviewOn === undefined)
    throw new EntryProblem("interviewOn", "予診票の日付を入力してください。例: R8.11.20");
  const said = (name: string) => form.text(name).normalize("NFKC") || null;
  return {
    vaccine: form.text("vaccine"),
    dose: form.integer("dose") ?? 0,
    givenOn,
    product: said("product"),
    lot: said("lot"),
    volume: said("volume"),
    route: form.choice("route", routes) ?? null,
    clinicCode: figures(form.text("clinicCode")) || null,
    clinicName: said("clinicName"),
    interviewOn,
  };
}
