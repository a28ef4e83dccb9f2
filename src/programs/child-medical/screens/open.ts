import { Problem } from "#src/platform/problem.ts";
import { readDate } from "#src/web/dates.ts";
import { redirect } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import { openApplication } from "../services.ts";
import { casePath } from "./parts.tsx";

/** Opens an application from the page of a child. */
export const openRoute = defineRoute({
  method: "post",
  path: "/child-medical/cases",
  right: "case.enter",
  program: "child-medical",
  audit: "case.opened",
  purpose: "counter",
  async handle({ form, work }) {
    const receivedOn = readDate(form.text("receivedOn"));
    if (!receivedOn)
      throw new Problem({ status: 422, message: "受付日を入力してください。例: R8.11.20" });
    const personNumber = form.text("person");
    const found = await work((unit) =>
      openApplication(unit, { personNumber, receivedOn, idempotencyKey: form.text("key") }),
    );
    return redirect(casePath(found.id), `申請 ${found.number} を受け付けました。`);
  },
});
