import {
  beginKey,
  keysOf,
  registerKey,
  removeKey,
  type SecurityKey,
  usesKeys,
} from "#src/platform/access/index.ts";
import {
  Actions,
  Button,
  type FieldErrors,
  Form,
  PageTitle,
  Panel,
  SecurityKeyForm,
  Table,
  TextField,
} from "../../components/index.ts";
import { showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";

const own = { right: "signed-in", purpose: "administration" } as const;
const title = "セキュリティキー";

/** One's own security keys: registered under a fresh second factor, taken back at any time. */
export const keyScreens = [
  defineRoute({
    ...own,
    method: "get",
    path: "/account/keys",
    audit: "nothing-personal",
    because: "only the person's own keys are found",
    handle: (request) => keysPage(request, {}),
  }),
  defineRoute({
    ...own,
    method: "post",
    path: "/account/keys",
    audit: "security-key.begun",
    async handle(request) {
      const { form, work } = request;
      const name = form.text("name");
      if (!name) return keysPage(request, { name: "キーの呼び名を入力してください。" });
      if ([...name].length > 30) return keysPage(request, { name: "30字までで入力してください。" });
      const begun = await work((unit) =>
        beginKey(unit, { password: form.text("password"), code: form.text("code") }),
      );
      if ("field" in begun) return keysPage(request, { [begun.field]: begun.message });
      return page({
        title,
        breadcrumb: [{ title, path: "/account/keys" }, { title: "登録" }],
        content: (
          <>
            <PageTitle>セキュリティキーの登録</PageTitle>
            <p class="lead">
              キーを差し込み、「キーを登録する」を押して、暗証番号か指紋の確認をしてください。3分以内に行います。
            </p>
            <SecurityKeyForm action="/account/keys/answer" ask="create" options={begun}>
              <input type="hidden" name="name" value={name} />
              <Actions>
                <Button>キーを登録する</Button>
              </Actions>
            </SecurityKeyForm>
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...own,
    method: "post",
    path: "/account/keys/answer",
    audit: "nothing-personal",
    because: "the database records the registration itself",
    async handle({ form, work }) {
      await work((unit) =>
        registerKey(unit, { name: form.text("name"), response: form.text("response") }),
      );
      return redirect(
        "/account/keys",
        "セキュリティキーを登録しました。次のサインインから使えます。",
      );
    },
  }),
  defineRoute({
    ...own,
    method: "post",
    path: "/account/keys/:key/removal",
    audit: "nothing-personal",
    because: "the database records the removal itself",
    async handle({ params, work }) {
      await work((unit) => removeKey(unit, numberOf(params.key)));
      return redirect("/account/keys", "セキュリティキーの登録を外しました。");
    },
  }),
];

async function keysPage({ work, actor, platform, form }: ScreenRequest, errors: FieldErrors) {
  const keys = await work((unit) => keysOf(unit, actor.staffId));
  return page({
    title,
    breadcrumb: [{ title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <KeyTable keys={keys} removal={(id) => `/account/keys/${id}/removal`} />
        {usesKeys(platform) ? (
          <Panel title="キーを登録する">
            <Form
              action="/account/keys"
              values={form.names().length > 0 ? form : undefined}
              errors={errors}
            >
              <TextField
                name="name"
                label="呼び名"
                required
                width={20}
                hint="見分けるための名。例: 青いキー"
              />
              <TextField
                name="password"
                label="今のパスワード"
                type="password"
                required
                width={20}
                autocomplete="current-password"
              />
              <TextField
                name="code"
                label="確認コード（6桁）"
                required
                width={8}
                inputMode="numeric"
                autocomplete="one-time-code"
                hint="サインインに使ったコードは使えません。次のコードを待って入力してください。"
              />
              <Actions>
                <Button>次へ</Button>
              </Actions>
            </Form>
          </Panel>
        ) : (
          <p>この市では、セキュリティキーは使えません。</p>
        )}
      </>
    ),
  });
}

/** Keys of somebody, each with a button that takes it back. */
export function KeyTable(props: { keys: readonly SecurityKey[]; removal: (id: number) => string }) {
  return (
    <Table
      caption="登録したキー"
      columns={[
        { title: "呼び名", cell: (key: SecurityKey) => key.name },
        { title: "登録", cell: (key) => showMoment(key.registeredAt), nowrap: true },
        {
          title: "最後に使ったとき",
          cell: (key) => (key.usedAt ? showMoment(key.usedAt) : "まだ使っていません"),
          nowrap: true,
        },
        {
          title: "登録を外す",
          cell: (key) => (
            <Form action={props.removal(key.id)} keys="search" class="inline-form">
              <Button
                look="danger"
                confirm={`「${key.name}」の登録を外します。このキーではサインインできなくなります。`}
              >
                外す
              </Button>
            </Form>
          ),
        },
      ]}
      rows={props.keys}
      empty="登録したキーはありません。"
    />
  );
}
