import { holds } from "#src/platform/access/actor.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Button,
  Columns,
  choicesOf,
  FieldRow,
  KanaField,
  PageTitle,
  Panel,
  PostalCodeField,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { clinicAccountsOf } from "../../clinics/accounts.ts";
import { type ClinicBody, getBody, keepBody, listBodies } from "../../clinics/bodies.ts";
import { changesOf } from "../../clinics/register.ts";
import { bodyKinds } from "../../clinics/words.ts";
import { AccountsPanel } from "./accounts-panel.tsx";
import { ChangesTable } from "./changes.tsx";
import { bodyOfPath, guard } from "./parts.tsx";
import { clinicPaths } from "./paths.ts";

const title = "取りまとめ団体";

/** 取りまとめ団体: associations and agents that may be paid for their clinics. */
export const clinicBodyScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: clinicPaths.bodies,
    right: "case.read",
    audit: "nothing-personal",
    because: "associations are no people",
    handle: (request) => bodiesPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: clinicPaths.bodies,
    right: "case.examine",
    audit: "clinic.body-asked",
    async handle(request) {
      let code: string;
      try {
        code = await request.work((unit) => keepBody(unit, undefined, typedBody(request.form)));
      } catch (error) {
        return bodiesPage(request, sentWith("body", request.form, error));
      }
      return redirect(clinicPaths.body(code), "取りまとめ団体を登録しました。");
    },
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: `${clinicPaths.bodies}/:code` as const,
    right: "case.read",
    audit: "nothing-personal",
    because: "an association is no person",
    handle: (request) => bodyPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${clinicPaths.bodies}/:code` as const,
    right: "case.examine",
    audit: "clinic.body-correct-asked",
    async handle(request) {
      const code = bodyOfPath(request.params.code);
      const { form } = request;
      try {
        await request.work(async (unit) => {
          await getBody(unit, code);
          await keepBody(unit, { code, revision: form.integer("revision") ?? 0 }, typedBody(form));
        });
      } catch (error) {
        return bodyPage(request, sentWith("body", form, error));
      }
      return redirect(clinicPaths.body(code), "取りまとめ団体を変更しました。");
    },
  }),
];

const typedBody = (form: Values) => ({
  name: form.text("name"),
  kana: form.text("kana"),
  kind: form.text("kind"),
  postalCode: form.text("postalCode"),
  address: form.text("address"),
  phone: form.text("phone"),
});

const BodyFields = ({ known }: { known?: ClinicBody }) => (
  <>
    <TextField name="name" label="名称" required printed width={30} value={known?.name} />
    <KanaField name="kana" label="名称のカナ" required width={30} value={known?.kana} />
    <SelectField
      name="kind"
      label="区分"
      required
      empty="選んでください"
      options={choicesOf(bodyKinds)}
      value={known?.kind ?? ""}
    />
    <PostalCodeField
      name="postalCode"
      label="郵便番号"
      required
      address="address"
      value={known?.postalCode}
    />
    <TextField name="address" label="住所" required printed width={40} value={known?.address} />
    <FieldRow>
      <TextField name="phone" label="電話番号" type="tel" width={12} value={known?.phone} />
    </FieldRow>
  </>
);

async function bodiesPage({ work, actor }: ScreenRequest, sent?: Sent): Promise<Reply> {
  const bodies = await work(listBodies);
  return page({
    title: `予防接種 ${title}`,
    breadcrumb: [{ title: "医療機関台帳", path: clinicPaths.list }, { title }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>{title}</PageTitle>
        <SentNote />
        <Columns wide="first">
          <Panel title={`団体 ${bodies.length.toLocaleString("ja-JP")}件`}>
            <Table
              caption={title}
              columns={[
                { title: "番号", cell: ({ code }) => code, nowrap: true },
                { title: "名称", cell: ({ name }) => name },
                { title: "区分", cell: ({ kind }) => bodyKinds[kind], nowrap: true },
                { title: "電話", cell: ({ phone }) => phone || "―", nowrap: true },
              ]}
              rows={bodies}
              href={({ code }) => clinicPaths.body(code)}
              empty="取りまとめ団体は登録されていません。"
            />
          </Panel>
          {holds(actor, "case.examine", { program: "vaccination" }) && (
            <Panel title="登録する">
              <SentForm event="body" action={clinicPaths.bodies}>
                <BodyFields />
                <Actions>
                  <Button>登録する</Button>
                </Actions>
              </SentForm>
            </Panel>
          )}
        </Columns>
      </SentContext.Provider>
    ),
  });
}

/** The page of an association: what the register says, its account, its history. */
export async function bodyPage(
  { work, params, actor }: ScreenRequest<`${string}:code`>,
  sent?: Sent,
): Promise<Reply> {
  const code = bodyOfPath(params.code);
  const { found, accounts, changes } = await work(async (unit) => ({
    found: await getBody(unit, code),
    accounts: await clinicAccountsOf(unit, code),
    changes: await changesOf(unit, code, 1),
  }));
  return page({
    title: `${title} ${code}`,
    breadcrumb: [
      { title: "医療機関台帳", path: clinicPaths.list },
      { title, path: clinicPaths.bodies },
      { title: code },
    ],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>{found.name}</PageTitle>
        <SentNote />
        <Columns wide="first">
          <div>
            {holds(actor, "payment.read", { program: "vaccination" }) && (
              <AccountsPanel payee={code} rows={accounts} actor={actor} />
            )}
            <Panel title="変更の履歴">
              <ChangesTable rows={changes.rows} />
            </Panel>
          </div>
          <Panel title="基本の内容">
            {holds(actor, "case.examine", { program: "vaccination" }) ? (
              <SentForm event="body" action={clinicPaths.body(code)} revision={found.revision}>
                <BodyFields known={found} />
                <Actions>
                  <Button>変更する</Button>
                </Actions>
              </SentForm>
            ) : (
              <p>
                {bodyKinds[found.kind]}　{found.address}　{found.phone}
              </p>
            )}
          </Panel>
        </Columns>
      </SentContext.Provider>
    ),
  });
}
