import {
  beginDirectory,
  DirectoryUnreachable,
  directoryAnswered,
  directorySignOut,
  finishDirectory,
  usesDirectory,
} from "#src/platform/access/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { Actions, Button, Form } from "../components/index.ts";
import { moveOn, page } from "../reply.ts";
import { defineRoute, type PublicRequest, type ShellReply } from "../route.ts";
import { Values } from "../values.ts";
import { backTo, codePage, passwordPage } from "./sign-in.tsx";

const says = {
  unreachable:
    "市の認証基盤につながりません。下の職員番号とパスワードでサインインできます。つながらない状態が続くときは、システム管理者へ連絡してください。",
  over: "時間が過ぎました。もう一度サインインしてください。",
  refused:
    "市の認証基盤でのサインインは行われませんでした。もう一度行うか、職員番号とパスワードを使ってください。",
  unknown:
    "市の認証基盤の職員は、この仕組みに登録されていないか、利用を停止されています。業務で必要な場合は、システム管理者へ連絡してください。",
} as const;

const declared = {
  right: "public",
  audit: "nothing-personal",
  because: "the database records the sign-in itself",
} as const;

/** Sign-in over the city's own directory, where one is set up; otherwise these addresses lead nowhere. */
export const directoryScreens = [
  defineRoute({
    ...declared,
    method: "get",
    path: "/sign-in/directory",
    handle: (request) =>
      withDirectory(request, async ({ platform, query, address }) => {
        const back = backTo(query.text("back"));
        const { to, begun } = await beginDirectory(platform, { back, address });
        return { kind: "redirect", to: to.href, begun };
      }),
  }),
  defineRoute({
    ...declared,
    method: "get",
    path: "/sign-in/directory/return",
    handle: (request) =>
      withDirectory(request, async ({ platform, query, address, begun }) => {
        const parameters = new URLSearchParams(
          query.names().map((name) => [name, query.text(name)]),
        );
        const answer = await directoryAnswered(platform, { parameters, address, begun });
        if (!answer.ok) return passwordPage(platform, new Values(), { "": says[answer.why] });
        const back = backTo(answer.back);
        if (answer.whole) return finishPage(answer.ticket, back);
        return codePage(platform, { ...answer, back, address, openElsewhereSince: null }, {});
      }),
  }),
  defineRoute({
    ...declared,
    method: "post",
    path: "/sign-in/directory/finish",
    handle: (request) =>
      withDirectory(request, async ({ platform, form, address }) => {
        const done = await finishDirectory(platform, { ticket: form.text("ticket"), address });
        if (!done.ok) return passwordPage(platform, form, { "": says.over });
        return { ...moveOn(backTo(form.text("back"))), session: { token: done.token } };
      }),
  }),
  defineRoute({
    ...declared,
    method: "get",
    path: "/sign-in/directory/sign-out",
    handle: (request) =>
      withDirectory(request, async ({ platform }) => {
        const to = await directorySignOut(platform);
        return to ? { kind: "redirect", to: to.href } : moveOn("/sign-in");
      }),
  }),
];

async function withDirectory(
  request: PublicRequest,
  handle: (request: PublicRequest) => Promise<ShellReply>,
): Promise<ShellReply> {
  if (!usesDirectory(request.platform)) throw notFound("お探しの画面はありません。");
  try {
    return await handle(request);
  } catch (error) {
    if (!(error instanceof DirectoryUnreachable)) throw error;
    return passwordPage(request.platform, new Values(), { "": says.unreachable });
  }
}

/** The way from the directory back is another site's: the session begins with a press of a button of ours. */
function finishPage(ticket: string, back: string): ShellReply {
  const title = "サインイン";
  return page({
    title,
    breadcrumb: [],
    bare: true,
    content: (
      <>
        <h1>{title}</h1>
        <p class="lead">市の認証基盤で本人を確認しました。</p>
        <Form action="/sign-in/directory/finish" keys="search" class="form stacked">
          <input type="hidden" name="ticket" value={ticket} />
          <input type="hidden" name="back" value={back} />
          <Actions>
            <Button>サインインする</Button>
          </Actions>
        </Form>
      </>
    ),
  });
}
