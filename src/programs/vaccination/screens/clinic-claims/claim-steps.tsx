import { type Sent, sentWith } from "#src/web/cases/sent.tsx";
import { readDate } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { inlinePdf, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import {
  answers,
  correctionReasons,
  type Judged,
  judgingReasons,
  lateReasons,
  lineReasons,
} from "#workflows/vaccination/clinic-claims/findings.ts";
import {
  type ClinicClaimEvent,
  clinicClaimV1,
} from "#workflows/vaccination/clinic-claims/machine.ts";
import { proposeCorrection } from "../../clinic-claims/corrections.ts";
import {
  clinicPaperTitles,
  issueClinicPaper,
  previewClinicPaper,
  readClinicPaper,
} from "../../clinic-claims/papers.ts";
import {
  acceptLine,
  answerRow,
  judgeRows,
  type MoveReason,
  moveClinicClaim,
  moveReasonTitles,
} from "../../clinic-claims/steps.ts";
import { auditName } from "../mistakes/parts.tsx";
import { claimPage } from "./claim-page.tsx";
import { guard, keys } from "./parts.tsx";
import { clinicClaimPaths as paths } from "./paths.ts";

const steps = (Object.keys(clinicClaimV1.events) as ClinicClaimEvent[]).filter(
  (type) => type !== "pay" && type !== "unpay",
);
const rightOf = (type: ClinicClaimEvent) =>
  clinicClaimV1.events[type].right as
    | "case.enter"
    | "case.examine"
    | "case.propose"
    | "case.approve";
const paperKinds = keys(clinicPaperTitles);

/** A claim: what was claimed beside what slips and records come to, every slip, its steps and its papers. */
export const clinicClaimScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: `${paths.list}/papers/:paper` as const,
    audit: "clinic-claim.paper-looked-at",
    async handle({ params, work }) {
      const { row, pdf } = await work((unit) => readClinicPaper(unit, idOf(params.paper)));
      return inlinePdf(`${clinicPaperTitles[row.kind]}-${row.serial}.pdf`, pdf);
    },
  }),
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: `${paths.list}/:claim` as const,
    audit: "clinic-claim.looked-at",
    handle: (request) => claimPage(request),
  }),
  ...steps.map((type) =>
    defineRoute({
      ...guard,
      right: rightOf(type),
      purpose: rightOf(type) === "case.approve" ? ("approval" as const) : ("case" as const),
      method: "post",
      path: `${paths.list}/:claim/${auditName(type)}` as const,
      audit: `clinic-claim.${auditName(type)}-asked` as const,
      async handle(request) {
        const { form, work, params } = request;
        const id = idOf(params.claim);
        try {
          await work((unit) =>
            moveClinicClaim(unit, {
              id,
              seen: form.integer("revision") ?? 0,
              type,
              reason: form.choice("reason", keys(moveReasonTitles)) as MoveReason | undefined,
            }),
          );
        } catch (error) {
          return claimPage(request, sentWith(type, form, error));
        }
        return redirect(paths.claim(id), `「${clinicClaimV1.events[type].title}」を行いました。`);
      },
    }),
  ),
  defineRoute({
    ...guard,
    right: "case.examine",
    method: "post",
    path: `${paths.list}/:claim/judge` as const,
    audit: "clinic-claim.judge-asked",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.claim);
      const [how, reason = ""] = form.text("judged").split(" ");
      try {
        await work((unit) =>
          judgeRows(unit, {
            id,
            seen: form.integer("revision") ?? 0,
            rows: form.all("row").map(idOf),
            how: keys(judgingReasons).find((one) => one === how) as Judged | undefined,
            reason,
            dueOn: readDate(form.text("dueOn")),
          }),
        );
      } catch (error) {
        return claimPage(request, judgedAt(sentWith("judge", form, error)));
      }
      return redirect(paths.claim(id), `予診票${form.all("row").length}件の処理を決めました。`);
    },
  }),
  defineRoute({
    ...guard,
    right: "case.examine",
    method: "post",
    path: `${paths.list}/:claim/answer` as const,
    audit: "clinic-claim.answer-asked",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.claim);
      try {
        await work((unit) =>
          answerRow(unit, {
            id,
            seen: form.integer("revision") ?? 0,
            row: idOf(form.text("row")),
            answer: form.choice("answer", keys(answers)),
            answeredOn: readDate(form.text("answeredOn")),
          }),
        );
      } catch (error) {
        return claimPage(request, sentWith("answer", form, error));
      }
      return redirect(paths.claim(id), "回答を入力しました。予診票の処理を決めてください。");
    },
  }),
  defineRoute({
    ...guard,
    right: "case.examine",
    method: "post",
    path: `${paths.list}/:claim/accept` as const,
    audit: "clinic-claim.accept-asked",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.claim);
      const place = form.integer("place") ?? 0;
      try {
        await work((unit) =>
          acceptLine(unit, {
            id,
            seen: form.integer("revision") ?? 0,
            place,
            reason: form.choice("reason", place === 0 ? keys(lateReasons) : keys(lineReasons)),
          }),
        );
      } catch (error) {
        return claimPage(request, sentWith("accept", form, error));
      }
      return redirect(paths.claim(id), "理由を入力しました。");
    },
  }),
  defineRoute({
    ...guard,
    right: "case.propose",
    method: "post",
    path: `${paths.list}/:claim/correction` as const,
    audit: "clinic-correction.proposal-sent",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.claim);
      try {
        await work((unit) =>
          proposeCorrection(unit, {
            row: idOf(form.text("row")),
            after: form.integer("after"),
            reason: form.choice("why", keys(correctionReasons)),
          }),
        );
      } catch (error) {
        return claimPage(request, sentWith("correction", form, error));
      }
      return redirect(paths.claim(id), "過誤を起案しました。別の決裁者が決裁します。");
    },
  }),
  ...paperKinds.flatMap((kind) => [
    defineRoute({
      ...guard,
      right: "case.read",
      method: "get",
      path: `${paths.list}/:claim/preview-${kind}` as const,
      audit: `clinic-claim.${kind}-previewed` as const,
      async handle({ params, work }) {
        const pdf = await work((unit) => previewClinicPaper(unit, idOf(params.claim), kind));
        return inlinePdf(`${clinicPaperTitles[kind]}-見本.pdf`, pdf);
      },
    }),
    defineRoute({
      ...guard,
      right: "document.print",
      method: "post",
      path: `${paths.list}/:claim/issue-${kind}` as const,
      audit: `clinic-claim.${kind}-asked` as const,
      async handle(request) {
        const { params, work, form } = request;
        const id = idOf(params.claim);
        try {
          await work((unit) => issueClinicPaper(unit, id, kind));
        } catch (error) {
          return claimPage(request, sentWith(`issue-${kind}`, form, error));
        }
        return redirect(
          paths.claim(id),
          `${clinicPaperTitles[kind]}を発行しました。「書類」から印刷してください。`,
        );
      },
    }),
  ]),
];

/** What is wrong with how or why stands at the one field for both. */
function judgedAt(sent: Sent): Sent {
  const { how, reason, rows, ...others } = sent.errors as Record<string, string>;
  const message = how ?? reason;
  return {
    ...sent,
    errors: { ...others, ...(message && { judged: message }), ...(rows && { judged: rows }) },
  };
}
