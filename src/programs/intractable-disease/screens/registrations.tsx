import { getCase } from "#src/platform/cases/index.ts";
import { EntryFaults, Problem } from "#src/platform/problem.ts";
import { sentWith } from "#src/web/cases/sent.tsx";
import { readDate } from "#src/web/dates.ts";
import { download, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { figures } from "#workflows/text/widths.ts";
import { intractable } from "../index.ts";
import { printNotice, tellRegistration } from "../registration-notice.ts";
import { registrationPaper } from "../registration-paper.ts";
import {
  decideRegistration,
  proposeMild,
  proposeOfCase,
  type RegistrationRefusal,
  registrationRefusals,
} from "../registrations.ts";
import { casePage, listPage } from "./registration-pages.tsx";
import { registrationPaths } from "./registration-paths.ts";

const of = { program: intractable.program, purpose: "case" } as const;
const { list } = registrationPaths;

/** What its kinds of audit records say. */
export const registrationAuditWords = {
  "registration.listed": "登録者証の一覧を開いた",
  "registration.case-opened": "申請の登録者証の画面を開いた",
  "registration.propose-sent": "登録者証を起案する操作をした",
  "registration.decide-sent": "登録者証を決裁する操作をした",
  "registration.print-asked": "登録者証を印刷する操作をした",
  "registration.notice-asked": "登録者証の通知書を印刷する操作をした",
  "sealed.registration-paper": "登録者証の通知書を保存した",
  "registration.told": "登録者証の通知書を作った",
  "registration.proposed": "登録者証を起案した",
  "registration.decided": "登録者証を決裁した",
  "registration.sent-back": "登録者証の起案を差し戻した",
};

/** 登録者証: proposed of an application or of a mild patient, and decided by another. */
export const registrationScreens: readonly AnyRoute[] = [
  defineRoute({
    ...of,
    right: "case.read",
    method: "get",
    path: list,
    audit: "registration.listed",
    handle: (request) => listPage(request),
  }),
  defineRoute({
    ...of,
    right: "case.propose",
    method: "post",
    path: list,
    audit: "registration.propose-sent",
    async handle(request) {
      const { form, work } = request;
      try {
        const given = mildOf(form);
        await work((unit) => proposeMild(unit, given));
        return redirect(list, "登録者証を起案しました。別の職員が決裁してください。");
      } catch (error) {
        return listPage(request, sentWith("mild", form, error));
      }
    },
  }),
  defineRoute({
    ...of,
    right: "case.approve",
    method: "post",
    path: `${list}/decide`,
    audit: "registration.decide-sent",
    async handle(request) {
      const { form, work } = request;
      try {
        const stands = form.pressed(["decide", "send-back"] as const, "do") === "decide";
        const id = form.text("id");
        await work((unit) => decideRegistration(unit, id, stands));
        return redirect(
          list,
          stands ? await told(request, id) : "登録者証の起案を差し戻しました。",
        );
      } catch (error) {
        return listPage(request, sentWith("decide", form, error));
      }
    },
  }),
  defineRoute({
    ...of,
    right: "certificate.issue",
    method: "post",
    path: `${list}/paper`,
    audit: "registration.print-asked",
    async handle({ form, work, platform }) {
      const { pdf } = await work((unit) => registrationPaper(unit, form.text("id")));
      return download(`registration-${platform.clock.today()}.pdf`, "application/pdf", pdf);
    },
  }),
  defineRoute({
    ...of,
    right: "certificate.issue",
    method: "post",
    path: `${list}/notice`,
    audit: "registration.notice-asked",
    async handle({ form, work, platform }) {
      const { pdf } = await work((unit) => printNotice(unit, form.text("id")));
      const name = `registration-notice-${platform.clock.today()}.pdf`;
      return download(name, "application/pdf", pdf);
    },
  }),
  defineRoute({
    ...of,
    right: "case.read",
    method: "get",
    path: "/intractable-disease/registrations/of/:caseId",
    audit: "registration.case-opened",
    handle: (request) => casePage(request, request.params.caseId),
  }),
  defineRoute({
    ...of,
    right: "case.propose",
    method: "post",
    path: "/intractable-disease/registrations/of/:caseId",
    audit: "registration.propose-sent",
    async handle(request) {
      const {
        form,
        work,
        params: { caseId },
      } = request;
      try {
        await work(
          async (unit) =>
            proposeOfCase(unit, await getCase(unit, caseId), {
              paper: form.has("paper"),
              from: readDate(form.text("from")),
            }),
          { caseId },
        );
        return redirect(
          registrationPaths.ofCase(caseId),
          "登録者証を起案しました。別の職員が「登録者証」の一覧で決裁してください。",
        );
      } catch (error) {
        return casePage(request, caseId, sentWith("propose", form, error));
      }
    },
  }),
];

/** The notice of what was just decided; the decision stands where it can't be made yet. */
async function told({ work }: Pick<ScreenRequest, "work">, id: string): Promise<string> {
  try {
    await work((unit) => tellRegistration(unit, id));
    return "登録者証を決裁し、通知書を作りました。「通知書を印刷する」で印刷して送ってください。";
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return `登録者証を決裁しました。通知書はまだ作れません。${error.message}`;
  }
}

/** @throws EntryProblem with all fields that are wrong */
function mildOf(form: Values) {
  const faults = new EntryFaults();
  const personNumber = figures(form.text("personNumber"));
  const given = {
    personNumber: faults.need(
      "personNumber",
      /^\d{10}$/.test(personNumber) ? personNumber : undefined,
      "統合宛名番号を10桁で入力してください。",
    ),
    disease: faults.need("disease", form.integer("disease"), "告示番号を入力してください。"),
    doctor: faults.need(
      "doctor",
      form.text("doctor").toUpperCase(),
      "指定医番号を入力してください。",
    ),
    diagnosedOn: faults.need(
      "diagnosedOn",
      readDate(form.text("diagnosedOn")),
      "診断日を入力してください。例: R8.11.10",
    ),
    paper: form.has("paper"),
    from: readDate(form.text("from")),
    outcome: faults.need(
      "outcome",
      form.choice("outcome", ["granted", "refused"] as const),
      "発行か却下を選んでください。",
    ),
    refusal: form.choice("refusal", Object.keys(registrationRefusals) as RegistrationRefusal[]),
  };
  faults.end();
  return given;
}
