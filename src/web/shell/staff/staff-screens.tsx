import {
  changeStaff,
  limitedStaff,
  registerStaff,
  removeKey,
  staffList,
} from "#src/platform/access/index.ts";
import { readDate, showDate } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { download, page, redirect } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import type { ProgramScreens } from "../../screens.ts";
import { programTitles } from "./duty-words.tsx";
import { credentialReply } from "./first-credential.tsx";
import { resetScreens } from "./reset-screens.tsx";
import { StaffListPage, staffCsv } from "./staff-list.tsx";
import { newStaffErrors, newStaffPage } from "./staff-new.tsx";
import { staffPage } from "./staff-page.tsx";

const guard = { right: "staff.manage", purpose: "administration" } as const;

/** Staff: list, registration, transfer, new passwords, end of use. */
export function staffScreens(programs: readonly ProgramScreens[]) {
  const titles = programTitles(programs);
  return [
    defineRoute({
      ...guard,
      method: "get",
      path: "/staff",
      audit: "staff.listed",
      handle: async ({ work, platform }) =>
        page({
          title: "職員の一覧",
          breadcrumb: [{ title: "職員" }],
          content: (
            <StaffListPage
              {...(await work(async (unit) => ({
                list: await staffList(unit),
                limited: await limitedStaff(unit),
              })))}
              titles={titles}
              asOf={showDate(platform.clock.today())}
            />
          ),
        }),
    }),
    defineRoute({
      ...guard,
      method: "get",
      path: "/staff/list.csv",
      audit: "staff.exported",
      handle: async ({ work }) =>
        download("staff.csv", "text/csv; charset=utf-8", staffCsv(await work(staffList), titles)),
    }),
    defineRoute({
      ...guard,
      method: "get",
      path: "/staff/new",
      audit: "staff.registration-opened",
      handle: (request) => newStaffPage(request, {}),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: "/staff/new",
      audit: "staff.registered",
      async handle(request) {
        const { form, work } = request;
        const errors = newStaffErrors(form);
        if (Object.keys(errors).length > 0) return newStaffPage(request, errors);
        const first = await work((unit) =>
          registerStaff(unit, {
            loginName: form.text("loginName").normalize("NFKC"),
            displayName: form.text("displayName"),
            kind: form.choice("kind", ["employee", "contractor"]) ?? "employee",
            officeCode: form.text("office") || null,
            validTo: readDate(form.text("validTo")) ?? null,
          }),
        );
        return credentialReply(first, form.text("loginName"));
      },
    }),
    defineRoute({
      ...guard,
      method: "get",
      path: "/staff/:staff",
      audit: "staff.opened",
      handle: (request) => staffPage(request, titles),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: "/staff/:staff/move",
      audit: "staff.moved",
      async handle({ params, form, work }) {
        await work((unit) =>
          changeStaff(unit, numberOf(params.staff), {
            had: { officeCode: form.text("had") || null },
            wanted: { officeCode: form.text("office") || null },
          }),
        );
        return redirect(
          `/staff/${params.staff}`,
          "所属を変更しました。権限と利用中の画面は直ちに終了しました。",
        );
      },
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: "/staff/:staff/status",
      audit: "staff.status-changed",
      async handle({ params, form, work }) {
        const status = form.pressed(["active", "disabled"], "status");
        await work((unit) =>
          changeStaff(unit, numberOf(params.staff), {
            had: { status: status === "active" ? "disabled" : "active" },
            wanted: { status },
          }),
        );
        return redirect(
          `/staff/${params.staff}`,
          status === "disabled"
            ? "利用を停止しました。"
            : "利用を再開しました。権限は改めて申請してください。",
        );
      },
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: "/staff/:staff/keys/:key/removal",
      audit: "nothing-personal",
      because: "the database records the removal itself",
      async handle({ params, work }) {
        await work((unit) => removeKey(unit, numberOf(params.key)));
        return redirect(`/staff/${params.staff}`, "セキュリティキーの登録を外しました。");
      },
    }),
    ...resetScreens,
  ];
}
