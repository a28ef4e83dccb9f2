import {
  changePassword,
  livingSession,
  lockSession,
  sessionState,
  signOut,
  type UnlockRefusal,
  unlockSession,
  usesKeys,
} from "#src/platform/access/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { SessionEnded } from "#src/platform/work.ts";
import {
  Actions,
  Button,
  ButtonLink,
  type FieldErrors,
  Form,
  PageTitle,
  Panel,
  TextField,
} from "../components/index.ts";
import { download, fragment, moveOn, page, redirect } from "../reply.ts";
import { defineRoute, type ShellReply } from "../route.ts";
import { LockedPage } from "./lock-page.tsx";
import { signInAddress } from "./session-end.ts";
import { backTo } from "./sign-in.tsx";

export const lock = defineRoute({
  method: "post",
  path: "/lock",
  right: "public",
  audit: "nothing-personal",
  because: "the database records the lock itself",
  async handle({ platform, form, partial, sessionToken }) {
    if (!sessionToken) throw new SessionEnded("no session");
    await lockSession(platform, sessionToken);
    if (partial) return fragment("");
    return lockedReply(await livingSession(platform, sessionToken), backTo(form.text("back")));
  },
});

const stillLocked: Record<UnlockRefusal, { field: "password" | "code"; message: string }> = {
  wrong: {
    field: "password",
    message: "パスワードが違います。5回続けて間違えると、しばらく解除できなくなります。",
  },
  locked: {
    field: "password",
    message: "続けて間違えたため、一時的に解除できません。長くて15分ほど待ってください。",
  },
  "code-needed": {
    field: "code",
    message: "操作がない時間が長かったため、確認コードも入力してください。",
  },
  "code-wrong": { field: "code", message: "確認コードが違います。" },
  "code-used": {
    field: "code",
    message: "この確認コードは使用済みです。次のコードが表示されるまで待ってください。",
  },
};

/** A page that stays open under the lock asks in its name and is answered with a sentence; the lock page goes back to its page. */
export const unlock = defineRoute({
  method: "post",
  path: "/unlock",
  right: "public",
  audit: "nothing-personal",
  because: "the database records the unlocking itself",
  async handle({ platform, form, partial, sessionToken, address }) {
    if (!sessionToken) throw new SessionEnded("no session");
    const back = backTo(form.text("back"));
    const [password, code] = [form.text("password"), form.text("code")];
    const done = await unlockSession(platform, sessionToken, { password, code, address });
    if (done.ok) return partial ? fragment("") : moveOn(back);
    const { field, message } = stillLocked[done.why];
    if (partial) return fragment(message, 422);
    const state = await livingSession(platform, sessionToken);
    return lockedReply(state, back, { [field]: message });
  },
});

/** From the lock page: somebody else needs the terminal. */
export const leaveLocked = defineRoute({
  method: "post",
  path: "/locked/sign-out",
  right: "public",
  audit: "nothing-personal",
  because: "the database records the end of the session itself",
  async handle({ platform, sessionToken }): Promise<ShellReply> {
    if (sessionToken) await signOut(platform, sessionToken, "signed out while locked");
    return { ...moveOn("/sign-in"), session: "ended" };
  },
});

/**
 * How the session stands, asked by every page that is open: the database judges, no page does. `open` with the seconds
 * that it may still stand idle, `locked`, or `ended` with the address of the sign-in page. Prolongs nothing.
 */
export const sessionStanding = defineRoute({
  method: "get",
  path: "/session",
  right: "public",
  askedByPage: true,
  audit: "nothing-personal",
  because: "tells how the session stands, and nothing of what is in it",
  handle: async ({ platform, query, sessionToken }) =>
    standingReply(platform, sessionToken, backTo(query.text("back"))),
});

/** Told by a page in which somebody types or points for long without sending anything: the person is at work. */
export const present = defineRoute({
  method: "post",
  path: "/account/present",
  right: "signed-in",
  purpose: "inquiry",
  audit: "nothing-personal",
  because: "only the session is found",
  handle: async ({ platform, actor }) => standingReply(platform, actor.sessionToken, "/"),
});

async function standingReply(
  platform: Platform,
  token: string | undefined,
  back: string,
): Promise<ShellReply> {
  const found = token === undefined ? undefined : await sessionState(platform, token);
  const standing =
    !found || found.state === "ended"
      ? { state: "ended", to: signInAddress(found?.why, back) }
      : {
          state: found.state,
          seconds: Math.min(found.secondsLeft, found.lifeLeft),
          life: found.lifeLeft,
          code: found.needsCode,
        };
  return download("session.json", "application/json", JSON.stringify(standing));
}

export const leave = defineRoute({
  method: "post",
  path: "/sign-out",
  right: "signed-in",
  purpose: "inquiry",
  audit: "nothing-personal",
  because: "the database records the end of the session itself",
  async handle({ platform, actor }): Promise<ShellReply> {
    await signOut(platform, actor.sessionToken, "signed out");
    return { ...moveOn(signInAddress("signed out")), session: "ended" };
  },
});

export const passwordForm = defineRoute({
  method: "get",
  path: "/account/password",
  right: "signed-in",
  purpose: "inquiry",
  audit: "nothing-personal",
  because: "a form with nothing in it yet",
  handle: async ({ platform }) => passwordPage(platform, {}),
});

export const passwordChange = defineRoute({
  method: "post",
  path: "/account/password",
  right: "signed-in",
  purpose: "administration",
  audit: "nothing-personal",
  because: "the database records the change itself",
  async handle({ platform, actor, form }) {
    const [present, next] = [form.text("present"), form.text("next")];
    if (next !== form.text("again")) {
      return passwordPage(platform, { again: "新しいパスワードと一致しません。" });
    }
    const fault = await changePassword(platform, actor.sessionToken, { present, next });
    if (fault) return passwordPage(platform, { [fault.field]: fault.message });
    return redirect("/", "パスワードを変更しました。次は180日以内に変更してください。");
  },
});

function lockedReply(
  { staffName, needsCode }: { staffName: string; needsCode: boolean },
  back: string,
  errors: FieldErrors = {},
): ShellReply {
  return page({
    title: "ロック中",
    breadcrumb: [],
    bare: true,
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: <LockedPage staffName={staffName} needsCode={needsCode} back={back} errors={errors} />,
  });
}

function passwordPage(platform: Platform, errors: FieldErrors): ShellReply {
  return page({
    title: "パスワードの変更",
    breadcrumb: [{ title: "パスワードの変更" }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle
          actions={
            usesKeys(platform) && <ButtonLink href="/account/keys">セキュリティキー</ButtonLink>
          }
        >
          パスワードの変更
        </PageTitle>
        <Panel title="新しいパスワード">
          <Form action="/account/password" errors={errors}>
            <TextField
              name="present"
              label="今のパスワード"
              type="password"
              required
              width={20}
              autocomplete="current-password"
              autofocus
            />
            <TextField
              name="next"
              label="新しいパスワード"
              type="password"
              required
              width={20}
              autocomplete="new-password"
              hint="12文字以上。英大文字・英小文字・数字・記号のうち3種類以上。よく使われる言葉や名前、キーの並び、前に使ったものは使えません。"
            />
            <TextField
              name="again"
              label="新しいパスワード（確認）"
              type="password"
              required
              width={20}
              autocomplete="new-password"
            />
            <Actions>
              <Button shortcut="Ctrl+Enter">変更する</Button>
            </Actions>
          </Form>
        </Panel>
      </>
    ),
  });
}
