import { stringify } from "csv-stringify/sync";
import {
  changeStaff,
  type FirstCredential,
  getStaff,
  officeList,
  registerStaff,
  resetCredential,
  type StaffEntry,
  staffList,
} from "#src/platform/access/index.ts";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  Columns,
  DateField,
  DefinitionList,
  FieldGroup,
  Form,
  PageTitle,
  Panel,
  RadioGroup,
  SelectField,
  Table,
  TextField,
} from "../../components/index.ts";
import { readDate, showDate, showDateShort } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { download, page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { ProgramScreens } from "../../screens.ts";
import type { Values } from "../../values.ts";
import { DutyWords, dutyWords, type ProgramTitles, programTitles } from "./duty-words.tsx";
import { FirstCredentialPage } from "./first-credential.tsx";

const guard = { right: "staff.manage", purpose: "administration" } as const;
const kinds = { employee: "職員", contractor: "委託先", system: "定時処理" } as const;
const listCrumb = { title: "職員", path: "/staff" } as const;

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
              list={await work(staffList)}
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
          changeStaff(unit, numberOf(params.staff), { officeCode: form.text("office") || null }),
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
        const status = form.choice("status", ["active", "disabled"]) ?? "disabled";
        await work((unit) => changeStaff(unit, numberOf(params.staff), { status }));
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
      path: "/staff/:staff/credential",
      audit: "credential.reset",
      async handle({ params, work }) {
        const { first, loginName } = await work(async (unit) => ({
          first: await resetCredential(unit, numberOf(params.staff)),
          loginName: (await getStaff(unit, numberOf(params.staff))).loginName,
        }));
        return credentialReply(first, loginName);
      },
    }),
  ];
}

function StaffListPage(props: {
  list: readonly StaffEntry[];
  titles: ProgramTitles;
  asOf: string;
}) {
  return (
    <>
      <PageTitle
        actions={
          <>
            <ButtonLink href="/staff/list.csv">CSV</ButtonLink>
            <ButtonLink href="/staff/new" look="primary">
              職員を登録
            </ButtonLink>
          </>
        }
      >
        職員の一覧
      </PageTitle>
      <p class="lead">
        {props.asOf}現在 {props.list.length}
        人。突合用に印刷するときは、ブラウザーの印刷（Ctrl+P）を使います。
      </p>
      <Table
        caption="職員"
        columns={[
          { title: "職員番号", cell: (entry) => entry.loginName, nowrap: true },
          { title: "氏名", cell: (entry) => entry.displayName, nowrap: true },
          { title: "区分", cell: (entry) => kinds[entry.kind], nowrap: true },
          { title: "所属", cell: (entry) => entry.officeName ?? "全市", nowrap: true },
          {
            title: "職務（事務・区・期限）",
            cell: (entry) => <DutyWords {...props} entry={entry} />,
          },
          {
            title: "利用期限",
            cell: (entry) => showDateShort(readDate(entry.validTo ?? "")),
            nowrap: true,
          },
          {
            title: "状態",
            cell: (entry) =>
              entry.status === "active" ? "利用中" : <Badge tone="warning">停止</Badge>,
            nowrap: true,
          },
        ]}
        rows={props.list}
        href={(entry) => `/staff/${entry.id}`}
        tone={(entry) => (entry.status === "active" ? undefined : "muted")}
      />
    </>
  );
}

function staffCsv(list: readonly StaffEntry[], titles: ProgramTitles): string {
  const rows = list.map((entry) => [
    entry.loginName,
    entry.displayName,
    kinds[entry.kind],
    entry.officeName ?? "全市",
    dutyWords(entry, titles).join(" / "),
    entry.validTo ?? "",
    entry.status === "active" ? "利用中" : "停止",
  ]);
  const header = ["職員番号", "氏名", "区分", "所属", "職務", "利用期限", "状態"];
  return stringify([header, ...rows], { bom: true, escape_formulas: true });
}

function newStaffErrors(form: Values): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!/^[\w.-]{3,20}$/.test(form.text("loginName").normalize("NFKC"))) {
    errors.loginName = "職員番号は3～20文字の英数字で入力してください。";
  }
  if (!form.text("displayName")) errors.displayName = "氏名を入力してください。";
  const validTo = form.text("validTo");
  if (validTo && !readDate(validTo)) errors.validTo = "日付として読めません。例: R9.3.31";
  if (form.text("kind") === "contractor" && !validTo) {
    errors.validTo = "委託先の従事者には利用期限が必要です。";
  }
  return errors;
}

async function newStaffPage({ work, form }: ScreenRequest, errors: Record<string, string>) {
  const offices = await work(officeList);
  const title = "職員の登録";
  return page({
    title,
    breadcrumb: [listCrumb, { title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Form
          action="/staff/new"
          values={form.names().length > 0 ? form : undefined}
          errors={errors}
        >
          <FieldGroup title="職員">
            <TextField name="loginName" label="職員番号" required width={12} autofocus />
            <TextField name="displayName" label="氏名" required width={20} />
            <RadioGroup
              name="kind"
              label="区分"
              required
              value="employee"
              options={[
                { value: "employee", label: "職員" },
                { value: "contractor", label: "委託先の従事者" },
              ]}
            />
            <SelectField name="office" label="所属" empty="全市" options={officeChoices(offices)} />
            <DateField
              name="validTo"
              label="利用期限"
              hint="委託先の従事者は必須です。例: R9.3.31"
            />
          </FieldGroup>
          <Actions>
            <Button shortcut="Ctrl+Enter">登録する</Button>
          </Actions>
        </Form>
      </>
    ),
  });
}

async function staffPage(
  { params, work, actor }: ScreenRequest<"/staff/:staff">,
  titles: ProgramTitles,
) {
  const id = numberOf(params.staff);
  const { entry, offices } = await work(async (unit) => {
    await getStaff(unit, id);
    const list = await staffList(unit);
    return { entry: list.find((other) => other.id === id), offices: await officeList(unit) };
  });
  if (!entry) return redirect("/staff");
  const isSelf = actor.staffId === id;
  const next = entry.status === "active" ? "disabled" : "active";
  return page({
    title: "職員",
    breadcrumb: [listCrumb, { title: entry.loginName }],
    content: (
      <>
        <PageTitle
          badge={
            <Badge tone={entry.status === "active" ? "success" : "warning"}>
              {entry.status === "active" ? "利用中" : "停止"}
            </Badge>
          }
          actions={<ButtonLink href={`/grants/new?staff=${id}`}>権限を申請</ButtonLink>}
        >
          {entry.displayName}
        </PageTitle>
        <Columns>
          <Panel title="登録内容">
            <DefinitionList
              items={[
                ["職員番号", entry.loginName],
                ["区分", kinds[entry.kind]],
                ["所属", entry.officeName ?? "全市"],
                ["利用期限", showDate(readDate(entry.validTo ?? ""))],
                ["職務", <DutyWords key="duties" entry={entry} titles={titles} />],
              ]}
            />
          </Panel>
          <Panel title="変更">
            {isSelf ? (
              <p>自分自身の登録は変更できません。ほかの管理者に依頼してください。</p>
            ) : (
              <>
                <Form
                  action={`/staff/${id}/move`}
                  confirm="所属を変更します。いまの権限と利用中の画面は直ちに終了します。"
                >
                  <SelectField
                    name="office"
                    label="異動先"
                    empty="全市"
                    value={entry.officeCode}
                    options={officeChoices(offices)}
                  />
                  <Button look="secondary">所属を変更する</Button>
                </Form>
                <div class="actions">
                  <Form
                    action={`/staff/${id}/credential`}
                    class="inline-form"
                    confirm="パスワードと認証アプリの登録を新しくします。いまの利用は終了します。"
                  >
                    <Button look="secondary">パスワードと確認コードを再発行</Button>
                  </Form>
                  <Form
                    action={`/staff/${id}/status`}
                    class="inline-form"
                    confirm={next === "disabled" ? "利用を停止します。" : "利用を再開します。"}
                  >
                    <input type="hidden" name="status" value={next} />
                    <Button look={next === "disabled" ? "danger" : "secondary"}>
                      {next === "disabled" ? "利用を停止する" : "利用を再開する"}
                    </Button>
                  </Form>
                </div>
              </>
            )}
          </Panel>
        </Columns>
      </>
    ),
  });
}

const officeChoices = (offices: readonly { code: string; name: string }[]) =>
  offices.map(({ code, name }) => ({ value: code, label: name }));

function credentialReply(first: FirstCredential, loginName: string) {
  const title = "最初のパスワードと確認コード";
  return page({
    title,
    breadcrumb: [listCrumb, { title }],
    content: <FirstCredentialPage first={first} loginName={loginName} />,
  });
}
