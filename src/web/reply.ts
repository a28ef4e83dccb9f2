import type { ComponentChildren } from "preact";

/** A step of the breadcrumb; the last one has no path. */
export interface Crumb {
  title: string;
  path?: string;
}

/** What an action did, said on the page that it leads to. Holds no personal data. */
export interface Flash {
  tone: "success" | "info" | "warning" | "error";
  text: string;
}

/** What a handler answers. Build it with the functions below. */
export type Reply =
  | {
      kind: "page";
      /** Says the object (「こども医療費助成 申請 R8-001234 審査中」); never personal data. */
      title: string;
      /** From the program down; ホーム is put before it. */
      breadcrumb: readonly Crumb[];
      content: ComponentChildren;
      status?: number;
      /** Without menu and top bar: sign-in, lock, errors of strangers. */
      bare?: boolean;
    }
  | { kind: "fragment"; content: ComponentChildren; status?: number }
  | { kind: "redirect"; to: string; flash?: Flash }
  | {
      kind: "file";
      name: string;
      type: string;
      body: Uint8Array | string | NodeJS.ReadableStream;
      inline: boolean;
    }
  | { kind: "eventStream"; events: (closed: AbortSignal) => AsyncIterable<ComponentChildren> };

type Of<Kind extends Reply["kind"]> = Omit<Extract<Reply, { kind: Kind }>, "kind">;

/** A whole page in the layout. A form with errors comes back with `status: 422`. */
export function page(reply: Of<"page">): Reply {
  return { kind: "page", ...reply };
}

/** A part of a page, for htmx. */
export function fragment(content: ComponentChildren, status = 200): Reply {
  return { kind: "fragment", content, status };
}

/** On to another page of ours (303) where nothing was done that could be told: a search, a filter, a sign-in. */
export function moveOn(to: `/${string}`): Reply {
  return { kind: "redirect", to };
}

/** After an action: to another page of ours (303), which says what was done. */
export function redirect(to: `/${string}`, flash: string | Flash): Reply {
  return {
    kind: "redirect",
    to,
    flash: typeof flash === "string" ? { tone: "success", text: flash } : flash,
  };
}

/** A file to keep (`attachment`). The name holds no personal data. */
export function download(
  name: string,
  type: string,
  body: Extract<Reply, { kind: "file" }>["body"],
): Reply {
  return { kind: "file", name, type, body, inline: false };
}

/** A file that the browser shows: a scan. The name holds no personal data. */
export function inlineFile(name: string, type: string, body: Uint8Array): Reply {
  return { kind: "file", name, type, body, inline: true };
}

/** A PDF shown in the page (see `PrintPreview`). */
export function inlinePdf(name: string, body: Uint8Array): Reply {
  return inlineFile(name, "application/pdf", body);
}

/**
 * Server-sent events for `LiveRegion`: each thing yielded replaces what the region shows; when the
 * generator ends, the page is loaded again. Stop when `closed` is aborted.
 */
export function eventStream(
  events: (closed: AbortSignal) => AsyncIterable<ComponentChildren>,
): Reply {
  return { kind: "eventStream", events };
}

/**
 * The same for something that moves on by itself: read again and shown until it stands still. It is read once before anything
 * is answered, so that what is not there, or not theirs, is a 404 as on any page.
 */
export async function followed<Seen>(
  read: () => Promise<Seen>,
  { show, moves }: { show(seen: Seen): ComponentChildren; moves(seen: Seen): boolean },
): Promise<Reply> {
  let seen = await read();
  return eventStream(async function* (closed) {
    for (; !closed.aborted; seen = await read()) {
      yield show(seen);
      if (!moves(seen)) return;
      await new Promise((resolve) => setTimeout(resolve, betweenReads));
    }
  });
}

const betweenReads = 700;
