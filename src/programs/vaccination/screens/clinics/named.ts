import { download } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import { readClinicCode } from "#workflows/vaccination/clinics/code.ts";
import { claimantsOf } from "../../clinic-claims/payees.ts";
import { clinicPaths } from "./paths.ts";

/** Whose code it is, told while it is typed; nothing is kept. */
export const clinicNamed = defineRoute({
  method: "post",
  path: clinicPaths.named,
  right: "case.read",
  program: "vaccination",
  purpose: "inquiry",
  askedByPage: true,
  audit: "nothing-personal",
  because: "names of clinics and associations are public",
  async handle({ form, work }) {
    const code = readClinicCode(form.text("value")).toUpperCase();
    const found = await work(async (unit) => (await claimantsOf(unit, [code])).get(code));
    return download("echo.json", "application/json", JSON.stringify(told(code, found?.name)));
  },
});

function told(code: string, name: string | undefined): { text: string; wrong?: boolean } {
  if (name !== undefined) return { text: name };
  const whole = code.startsWith("D") ? 5 : 10;
  return code.length < whole
    ? { text: `あと${whole - code.length}桁` }
    : { text: "医療機関台帳にありません", wrong: true };
}
