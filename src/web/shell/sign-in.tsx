import {
  beginKeySignIn,
  checkCode,
  checkKey,
  type SignInRefusal,
  ticketStanding,
  usesDirectory,
} from "#src/platform/access/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import {
  Actions,
  Button,
  ButtonLink,
  type FieldErrors,
  Form,
  Notification,
  SecurityKeyForm,
  TextField,
} from "../components/index.ts";
import { type Flash, moveOn, page } from "../reply.ts";
import { defineRoute, type ShellReply } from "../route.ts";
import { firstFactor } from "../server/first-factor.ts";
import type { Values } from "../values.ts";
import { endInWords } from "./session-end.ts";

const refusals: Record<SignInRefusal, string> = {
  wrong:
    "職員番号、パスワード、確認コードのいずれかが違います。5回続けて間違えると、この端末ではしばらく使えなくなります。",
  locked:
    "続けて間違えたため、一時的に使えません。長くて15分ほど待ってから、もう一度行ってください。急ぐときは、いつも使っている別の端末からサインインできます。",
  over: "時間が過ぎたか、続けて間違えました。もう一度サインインしてください。",
  "unregistered-terminal": "この端末は登録されていません。",
  "code-used": "この確認コードは使用済みです。次のコードが表示されるまで待ってください。",
};

const ours = "http://ours.invalid";

/** Only pages of ours are gone back to, as a browser would read the path (which drops tabs and line feeds). */
export function backTo(path: string): `/${string}` {
  if (!path.startsWith("/") || !URL.canParse(path, ours)) return "/";
  const { origin, pathname, search } = new URL(path, ours);
  return origin === ours && !pathname.startsWith("//") ? `/${pathname.slice(1)}${search}` : "/";
}

export const signInPage = defineRoute({
  method: "get",
  path: "/sign-in",
  right: "public",
  audit: "nothing-personal",
  because: "nobody is signed in",
  handle: async ({ query, platform }) =>
    passwordPage(platform, query, {}, endInWords(query.text("why"))),
});

export const passwordGiven = defineRoute({
  method: "post",
  path: "/sign-in",
  right: "public",
  audit: "nothing-personal",
  because: "the database records the try itself",
  async handle({ platform, form, address }) {
    const loginName = form.text("loginName").normalize("NFKC");
    const password = form.text("password");
    if (!loginName || !password) {
      return passwordPage(platform, form, {
        ...(!loginName && { loginName: "職員番号を入力してください。" }),
        ...(!password && { password: "パスワードを入力してください。" }),
      });
    }
    const checked = await firstFactor(platform, { loginName, password, address });
    if (!checked.ok) return passwordPage(platform, form, { "": refusals[checked.why] });
    return codePage(platform, { ...checked, address, back: backTo(form.text("back")) }, {});
  },
});

export const codeGiven = defineRoute({
  method: "post",
  path: "/sign-in/code",
  right: "public",
  audit: "nothing-personal",
  because: "the database records the sign-in itself",
  async handle({ platform, form, address }): Promise<ShellReply> {
    const ticket = form.text("ticket");
    const back = backTo(form.text("back"));
    const done = await checkCode(platform, { ticket, code: form.text("code"), address });
    if (done.ok) return { ...moveOn(back), session: { token: done.token } };
    const standing = await ticketStanding(platform, { ticket, address });
    if (!standing) return passwordPage(platform, form, { "": refusals.over });
    return codePage(platform, { ...standing, ticket, address, back }, { code: refusals[done.why] });
  },
});

export const keyGiven = defineRoute({
  method: "post",
  path: "/sign-in/key",
  right: "public",
  audit: "nothing-personal",
  because: "the database records the sign-in itself",
  async handle({ platform, form, address }): Promise<ShellReply> {
    const ticket = form.text("ticket");
    const back = backTo(form.text("back"));
    const done = await checkKey(platform, { ticket, response: form.text("response"), address });
    if (done.ok) return { ...moveOn(back), session: { token: done.token } };
    const standing = await ticketStanding(platform, { ticket, address });
    if (!standing) return passwordPage(platform, form, { "": refusals.over });
    return codePage(
      platform,
      { ...standing, ticket, address, back },
      {
        "": "セキュリティキーを確かめられませんでした。登録したキーか、確認コードを使ってください。",
      },
    );
  },
});

export function passwordPage(
  platform: Platform,
  values: Values,
  errors: FieldErrors,
  ended?: Flash,
): ShellReply {
  const back = backTo(values.text("back"));
  return page({
    title: "サインイン",
    breadcrumb: [],
    bare: true,
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <h1>サインイン</h1>
        {ended && <Notification tone={ended.tone} title={ended.text} />}
        <Form action="/sign-in" values={values} errors={errors} keys="search" class="form stacked">
          <input type="hidden" name="back" value={back} />
          <TextField
            name="loginName"
            label="職員番号"
            required
            width={20}
            autocomplete="username"
            autofocus
          />
          <TextField
            name="password"
            label="パスワード"
            type="password"
            required
            width={20}
            autocomplete="current-password"
          />
          <Actions>
            <Button>次へ</Button>
          </Actions>
        </Form>
        {usesDirectory(platform) && (
          <p class="actions">
            <ButtonLink href={`/sign-in/directory?${new URLSearchParams({ back })}`}>
              市の認証基盤でサインイン
            </ButtonLink>
            {ended && <a href="/sign-in/directory/sign-out">認証基盤からもサインアウト</a>}
          </p>
        )}
        <p class="field-hint">
          業務に必要な範囲でのみ利用してください。すべての操作は職員番号とともに記録されます。
        </p>
      </>
    ),
  });
}

const clockTime = new Intl.DateTimeFormat("ja-JP", {
  timeZone: "Asia/Tokyo",
  dateStyle: "medium",
  timeStyle: "short",
});

interface Waiting {
  ticket: string;
  address: string;
  openElsewhereSince: Date | null;
  back: string;
}

export async function codePage(
  platform: Platform,
  waiting: Waiting,
  errors: FieldErrors,
): Promise<ShellReply> {
  const elsewhere = waiting.openElsewhereSince;
  const key = await beginKeySignIn(platform, waiting);
  const hidden = (
    <>
      <input type="hidden" name="ticket" value={waiting.ticket} />
      <input type="hidden" name="back" value={waiting.back} />
    </>
  );
  return page({
    title: "確認コード",
    breadcrumb: [],
    bare: true,
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <h1>{key ? "本人の確認" : "確認コードの入力"}</h1>
        {elsewhere && (
          <Notification tone="warning" title="この職員番号は別の端末で利用中です。">
            <p>
              最後の操作: {clockTime.format(elsewhere)}
              。続けると、先の端末の利用は終了し、記録に残ります。心当たりがないときは続けずに、システム管理者へ連絡してください。
            </p>
          </Notification>
        )}
        {key && (
          <SecurityKeyForm action="/sign-in/key" ask="get" options={key}>
            {hidden}
            <Actions>
              <Button>セキュリティキーでサインイン</Button>
            </Actions>
          </SecurityKeyForm>
        )}
        {key && <h2>キーがないときは、確認コード</h2>}
        <Form action="/sign-in/code" errors={errors} keys="search" class="form stacked">
          {hidden}
          <TextField
            name="code"
            label="確認コード（6桁）"
            required
            width={8}
            inputMode="numeric"
            autocomplete="one-time-code"
            hint="認証アプリに表示されている6桁の数字です。30秒ごとに変わります。"
            autofocus={!key}
          />
          <Actions>
            <Button look={key ? "secondary" : "primary"}>
              {elsewhere ? "先の端末を終了してサインイン" : "サインイン"}
            </Button>
            <a href="/sign-in">やり直す</a>
          </Actions>
        </Form>
      </>
    ),
  });
}
