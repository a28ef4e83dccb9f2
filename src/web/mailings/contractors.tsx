import { type BundleMarkName, bundleMarks } from "#forms/index.ts";
import {
  type Contractor,
  endContractor,
  isPublicKey,
  isUnderContract,
  listContractors,
  registerContractor,
} from "#src/platform/mailings/index.ts";
import {
  Actions,
  Badge,
  Button,
  DateField,
  FieldGroup,
  Form,
  PageTitle,
  Panel,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { numberOf } from "#src/web/params.ts";
import { page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { MailingPaths, Mailings } from "./set.ts";

/** 委託先: who prints for us, until when, with which key. */
export function contractorScreens(of: Mailings): AnyRoute[] {
  const { program, paths } = of;
  const common = { right: "contractor.manage", program, purpose: "administration" } as const;
  return [
    defineRoute({
      ...common,
      method: "get",
      path: paths.contractors,
      audit: "contractor.listed",
      handle: (request) => contractorsPage(of, request),
    }),
    defineRoute({
      ...common,
      method: "post",
      path: paths.contractors,
      audit: "contractor.entered",
      async handle(request) {
        const { form, work } = request;
        const { errors, entered } = readContractor(form);
        if (!entered) return contractorsPage(of, request, { values: form, errors });
        await work((unit) => registerContractor(unit, entered));
        return redirect(paths.contractors, "委託先を登録しました。");
      },
    }),
    defineRoute({
      ...common,
      method: "post",
      path: `${paths.contractors}/:contractor/end` as const,
      audit: "contractor.end-asked",
      async handle({ params, work }) {
        await work((unit) => endContractor(unit, numberOf(params.contractor)));
        return redirect(paths.contractors, "委託を終わりにしました。");
      },
    }),
  ];
}

const markNames = Object.keys(bundleMarks) as BundleMarkName[];

function readContractor(form: Values) {
  const errors: Record<string, string> = {};
  const name = form.text("name");
  if (!name) errors.name = "名称を入力してください。";
  const from = readDate(form.text("from"));
  if (!from) errors.from = "契約の始まりを入力してください。例: R8.4.1";
  const to = readDate(form.text("to"));
  if (!to) errors.to = "契約の終わりを入力してください。例: R9.3.31";
  if (from && to && to < from) errors.to = "契約の終わりは始まりより後にしてください。";
  const publicKey = form.text("publicKey");
  if (!isPublicKey(publicKey))
    errors.publicKey = "委託先から受け取った公開鍵（age1…）を、そのまま貼り付けてください。";
  if (Object.keys(errors).length > 0 || !from || !to) return { errors };
  const bundleMark = form.choice("bundleMark", markNames) ?? "words";
  return { errors, entered: { name, contractFrom: from, contractTo: to, publicKey, bundleMark } };
}

async function contractorsPage(
  { title, paths }: Mailings,
  { work, platform }: ScreenRequest,
  { values, errors = {} }: { values?: Values; errors?: Record<string, string> } = {},
) {
  const list = await work(listContractors);
  const today = platform.clock.today();
  return page({
    title: `${title} 委託先`,
    breadcrumb: [{ title: "委託先" }],
    status: values ? 422 : 200,
    content: (
      <>
        <PageTitle>委託先</PageTitle>
        <Panel title="登録済み">
          <ContractorTable paths={paths} list={list} today={today} />
        </Panel>
        <Panel title="新しく登録する">
          <Form action={paths.contractors} values={values} errors={errors}>
            <FieldGroup title="契約">
              <TextField name="name" label="名称" required />
              <DateField name="from" label="契約の始まり" required />
              <DateField name="to" label="契約の終わり" required />
            </FieldGroup>
            <FieldGroup title="まとめて封入するとき">
              <SelectField
                name="bundleMark"
                label="用紙の印"
                value="words"
                options={Object.entries(bundleMarks).map(([value, { title }]) => ({
                  value,
                  label: title,
                }))}
                hint="同じ封筒の用紙に、封筒の番号と何枚目かを印字します。委託先の封入機が読める印を選びます。"
              />
            </FieldGroup>
            <FieldGroup title="鍵">
              <TextField
                name="publicKey"
                label="公開鍵"
                required
                width={40}
                hint="委託先が暗号化の道具 age で作った、age1 で始まる文字列。秘密鍵は受け取りません。鍵が変わったら、新しく登録して前のものを終わりにします。"
              />
            </FieldGroup>
            <Actions>
              <Button shortcut="Ctrl+Enter">登録する</Button>
            </Actions>
          </Form>
        </Panel>
      </>
    ),
  });
}

function ContractorTable(props: {
  paths: MailingPaths;
  list: readonly Contractor[];
  today: IsoDate;
}) {
  const { paths, list, today } = props;
  return (
    <Table
      caption="委託先"
      columns={[
        { title: "名称", cell: ({ name }) => name },
        {
          title: "契約期間",
          cell: (one) =>
            `${showDateShort(one.contractFrom as IsoDate)} ～ ${showDateShort(one.contractTo as IsoDate)}`,
          nowrap: true,
        },
        {
          title: "用紙の印",
          cell: ({ bundleMark }) => bundleMarks[bundleMark as BundleMarkName]?.title ?? bundleMark,
          nowrap: true,
        },
        { title: "公開鍵", cell: ({ publicKey }) => <code>{publicKey.slice(0, 16)}…</code> },
        {
          title: "状態",
          cell: (one) =>
            isUnderContract(one, today) ? (
              <Badge tone="success">契約中</Badge>
            ) : (
              <Badge>{one.endedAt ? "終了" : "期間外"}</Badge>
            ),
          nowrap: true,
        },
        {
          title: "操作",
          cell: (one) =>
            one.endedAt ? null : (
              <Form action={`${paths.contractors}/${one.id}/end`} class="inline-form">
                <Button
                  look="quiet"
                  confirm={`${one.name} への委託を終わりにします。よろしいですか。`}
                >
                  終わりにする
                </Button>
              </Form>
            ),
        },
      ]}
      rows={list}
      tone={(one) => (isUnderContract(one, today) ? undefined : "muted")}
      empty="委託先はまだ登録されていません。"
    />
  );
}
