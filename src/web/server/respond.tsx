import { pipeline } from "node:stream";
import type { Request, Response } from "express";
import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Actor } from "#src/platform/access/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { PageContext } from "../components/context.ts";
import { BareLayout, Layout } from "../layout.tsx";
import type { Flash, Reply } from "../reply.ts";
import type { ShellReply } from "../route.ts";
import type { ScreenSet } from "../screens.ts";
import { helpPath } from "../shell/help/chapters.ts";
import { readMessage, writeMessage } from "./cookies.ts";
import { sendEvents } from "./events.ts";
import { menuOf } from "./menu.ts";
import { allowViewer } from "./security.ts";

/** What is known of the request when its reply is sent. */
export interface ReplyContext {
  platform: Platform;
  sets: readonly ScreenSet[];
  request: Request;
  response: Response;
  csrfToken: string;
  actor?: Actor | undefined;
  /** Title of the 事務 shown in the top bar. */
  programTitle?: string | undefined;
  /** The 事務, where the route belongs to one. */
  program?: string | undefined;
  /** The page of the handbook that belongs to what is shown. */
  handbook?: string | undefined;
}

type Redirect = Extract<ShellReply, { kind: "redirect" }>;

/** Sends what a handler answered. */
export async function sendReply(context: ReplyContext, reply: ShellReply): Promise<void> {
  const { request, response } = context;
  switch (reply.kind) {
    case "page":
      response
        .status(reply.status ?? 200)
        .type("html")
        .send(`<!doctype html>${await renderPage(context, reply)}`);
      return;
    case "fragment":
      response
        .status(reply.status ?? 200)
        .type("html")
        .send(render(context, reply.content));
      return;
    case "redirect":
      keepMessage(request, response, reply);
      if (request.get("HX-Request")) response.set("HX-Redirect", reply.to).sendStatus(204);
      else response.redirect(303, reply.to);
      return;
    case "file":
      if (reply.inline) allowViewer(response);
      response.type(reply.type).set("Content-Disposition", disposition(reply.name, reply.inline));
      if (typeof reply.body === "string") response.send(reply.body);
      else if (reply.body instanceof Uint8Array) response.send(Buffer.from(reply.body));
      else pipeline(reply.body, response, cutOff);
      return;
    case "eventStream":
      await sendEvents(context, reply.events, (content) => render(context, content));
  }
}

/** A file that breaks off is seen as such by the browser; the stream is closed on both ends. */
function cutOff(error: NodeJS.ErrnoException | null): void {
  if (error && error.code !== "ERR_STREAM_PREMATURE_CLOSE")
    console.error(`download ${error.code ?? error.name}`);
}

/** The message goes to the page that follows; whatever an earlier action said is over. */
function keepMessage(request: Request, response: Response, { to, flash }: Redirect): void {
  if (flash) writeMessage(request, response, { ...flash, to: pageOf(to) });
  else if (request.method === "POST" && readMessage(request))
    writeMessage(request, response, undefined);
}

const pageOf = (address: string) => address.split("#")[0] ?? address;

/**
 * What the last action said, on the page that it led to and nowhere else. It is over with the next action, and never
 * shown to somebody who is not signed in or whose screen is locked.
 */
function takeMessage(context: ReplyContext, bare: boolean): Flash | undefined {
  const { request, response } = context;
  const message = readMessage(request);
  if (!message) return undefined;
  const its = !bare && request.method === "GET" && message.to === request.originalUrl;
  if (its || bare || request.method === "POST") writeMessage(request, response, undefined);
  return its ? message : undefined;
}

async function renderPage(
  context: ReplyContext,
  reply: Extract<Reply, { kind: "page" }>,
): Promise<string> {
  const { actor, request, csrfToken } = context;
  const shared = { title: reply.title, csrfToken };
  const bare = !actor || (reply.bare ?? false);
  const message = takeMessage(context, bare);
  if (bare) {
    return render(context, <BareLayout {...shared}>{reply.content}</BareLayout>);
  }
  return render(
    context,
    <Layout
      {...shared}
      actor={actor}
      help={helpPath(context.handbook)}
      program={context.program}
      message={message}
      programTitle={context.programTitle ?? "共通"}
      menu={await menuOf(context.platform, context.sets, actor, request.path)}
      path={request.path}
      breadcrumb={reply.breadcrumb}
    >
      {reply.content}
    </Layout>,
  );
}

function render(context: ReplyContext, content: ComponentChildren): string {
  return renderToString(
    <PageContext.Provider value={{ csrfToken: context.csrfToken }}>{content}</PageContext.Provider>,
  );
}

function disposition(name: string, inline: boolean): string {
  const plain = name.replaceAll(/[^\w.-]/g, "_");
  return `${inline ? "inline" : "attachment"}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}
