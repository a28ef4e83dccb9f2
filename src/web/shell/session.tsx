import {
  changePassword,
  lockSession,
  sessionState,
  signOut,
  unlockSession,
} from "#src/platform/access/index.ts";
import { SessionEnded } from "#src/platform/work.ts";
import {
  Actions,
  Button,
  type FieldErrors,
  Form,
  PageTitle,
  Panel,
  TextField,
} from "../components/index.ts";
import { fragment, page, redirect } from "../reply.ts";
import { defineRoute, type ShellReply } from "../route.ts";
import { LockedPage } from "./lock-page.tsx";
import { backTo } from "./sign-in.tsx";

export const lock = defineRoute({
  method: "post",
  path: "/lock",
  right: "public",
  audit: "nothing-personal",
  because: "the database records the lock itself",
  async handle({ platform, form, sessionToken }) {
    if (!sessionToken) throw new SessionEnded("no session");
    await lockSession(platform, sessionToken);
    return lockedReply(await nameOf(platform, sessionToken), backTo(form.text("back")));
  },
});

export const unlock = defineRoute({
  method: "post",
  path: "/unlock",
  right: "public",
  audit: "nothing-personal",
  because: "the database records the unlocking itself",
  async handle({ platform, form, sessionToken, address }) {
    if (!sessionToken) throw new SessionEnded("no session");
    const back = backTo(form.text("back"));
    const password = form.text("password");
    const done = await unlockSession(platform, sessionToken, { password, address });
    if (done.ok) return redirect(back);
    const message =
      done.why === "locked"
        ? "続けて間違えたため、一時的に解除できません。15分ほど待ってください。"
        : "パスワードが違います。";
    return lockedReply(await nameOf(platform, sessionToken), back, { password: message });
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
    return { ...redirect("/sign-in"), session: "ended" };
  },
});

/** Told by a page in which somebody types for long; finding the session is all it does. */
export const present = defineRoute({
  method: "post",
  path: "/account/present",
  right: "signed-in",
  purpose: "inquiry",
  audit: "nothing-personal",
  because: "only the session is found",
  handle: async () => fragment(""),
});

export const leave = defineRoute({
  method: "post",
  path: "/sign-out",
  right: "signed-in",
  purpose: "inquiry",
  audit: "nothing-personal",
  because: "the database records the end of the session itself",
  async handle({ platform, actor }): Promise<ShellReply> {
    await signOut(platform, actor.sessionToken, "signed out");
    return {
      ...redirect("/sign-in", { tone: "info", text: "サインアウトしました。" }),
      session: "ended",
    };
  },
});

export const passwordForm = defineRoute({
  method: "get",
  path: "/account/password",
  right: "signed-in",
  purpose: "inquiry",
  audit: "nothing-personal",
  because: "a form with nothing in it yet",
  handle: async () => passwordPage({}),
});

export const passwordChange = defineRoute({
  method: "post",
  path: "/account/password",
  right: "signed-in",
  purpose: "administration",
  audit: "nothing-personal",
  because: "the database records the change itself",
  async handle({ platform, actor, form, address }) {
    const [present, next] = [form.text("present"), form.text("next")];
    if (next !== form.text("again")) {
      return passwordPage({ again: "新しいパスワードと一致しません。" });
    }
    const wrong = await changePassword(platform, actor.sessionToken, { present, next, address });
    if (wrong) return passwordPage({ [wrong.startsWith("今の") ? "present" : "next"]: wrong });
    return redirect("/", "パスワードを変更しました。次は180日以内に変更してください。");
  },
});

async function nameOf(platform: Parameters<typeof sessionState>[0], token: string) {
  const state = await sessionState(platform, token);
  if (!state) throw new SessionEnded("session ended");
  return state.staffName;
}

function lockedReply(staffName: string, back: string, errors: FieldErrors = {}): ShellReply {
  return page({
    title: "ロック中",
    breadcrumb: [],
    bare: true,
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: <LockedPage staffName={staffName} back={back} errors={errors} />,
  });
}

function passwordPage(errors: FieldErrors): ShellReply {
  return page({
    title: "パスワードの変更",
    breadcrumb: [{ title: "パスワードの変更" }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>パスワードの変更</PageTitle>
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
              hint="12文字以上。英大文字・英小文字・数字・記号のうち3種類以上。直近に使ったものは使えません。"
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
