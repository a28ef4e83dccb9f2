import type { ComponentChildren } from "preact";
import { Fragment } from "preact";
import type { Actor } from "#src/platform/access/index.ts";
import type { MenuItem } from "#src/platform/program.ts";
import { asset } from "./assets.ts";
import { Form } from "./components/index.ts";
import { showMoment } from "./dates.ts";
import { ConfirmDialog, LockDialog, PhraseDialog, ShortcutHelp } from "./dialogs.tsx";
import type { Crumb, Flash } from "./reply.ts";

/** An entry of the left menu with how much waits there. */
type ShownItem = MenuItem & { number?: number | undefined };

/** A group of the left menu: the shell's own or a 事務. */
export interface MenuGroup {
  title: string;
  /** Whether its entries can be folded away, and are shown now; what cannot be folded is always there. */
  fold?: "open" | "closed";
  items: readonly ShownItem[];
}

interface DocumentProps {
  title: string;
  csrfToken: string;
  class?: string;
  children: ComponentChildren;
}

const htmxSettings = JSON.stringify({
  includeIndicatorStyles: false,
  allowEval: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..|422", swap: true },
    { code: "...", swap: false, error: true },
  ],
});

/** The HTML document; styles, fonts and scripts come from this server alone. */
export function Document(props: DocumentProps) {
  return (
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="htmx-config" content={htmxSettings} />
        <title>{`${props.title} | まどぐち`}</title>
        <link rel="icon" href={asset("icon.svg")} />
        <link rel="stylesheet" href={asset("fonts.css")} />
        <link rel="stylesheet" href={asset("tokens.css")} />
        <link rel="stylesheet" href={asset("base.css")} />
        <link rel="stylesheet" href={asset("components.css")} />
        <link rel="stylesheet" href={asset("pages.css")} />
        <script src={asset("htmx.js")} defer />
        <script src={asset("screens.js")} defer />
        <script src={asset("session.js")} type="module" />
        <script src={asset("phrases.js")} type="module" />
      </head>
      <body class={props.class} hx-headers={JSON.stringify({ "X-CSRF-Token": props.csrfToken })}>
        {props.children}
      </body>
    </html>
  );
}

interface LayoutProps {
  title: string;
  actor: Actor;
  /** Title of the 事務, or of the shell's part. */
  programTitle: string;
  /** The 事務, where the page belongs to one. */
  program: string | undefined;
  menu: readonly MenuGroup[];
  path: string;
  breadcrumb: readonly Crumb[];
  /** The page of the handbook that belongs to this one. */
  help: string;
  /** What the last action did. */
  message: Flash | undefined;
  csrfToken: string;
  children: ComponentChildren;
}

/** Top bar, menu, breadcrumb, messages; around every page of somebody who is signed in. */
export function Layout(props: LayoutProps) {
  return (
    <Document title={props.title} csrfToken={props.csrfToken}>
      <a class="skip-link" href="#main">
        本文へ移る
      </a>
      <TopBar {...props} />
      <div class="frame">
        <Menu groups={props.menu} path={props.path} />
        <main id="main" class="main" tabIndex={-1} data-program={props.program}>
          <Breadcrumb crumbs={props.breadcrumb} />
          <Message message={props.message} />
          <SessionEndNotice />
          <LimitNotice until={props.actor.limitedUntil} />
          {props.children}
        </main>
      </div>
      <ShortcutHelp />
      <ConfirmDialog />
      <PhraseDialog />
      <LockDialog staffName={props.actor.staffName} />
    </Document>
  );
}

/** Without menu: sign-in, lock, errors of strangers. */
export function BareLayout(props: {
  title: string;
  csrfToken: string;
  children: ComponentChildren;
}) {
  return (
    <Document title={props.title} csrfToken={props.csrfToken} class="bare">
      <header class="bare-head">
        <Product />
      </header>
      <main id="main" class="bare-main">
        {props.children}
      </main>
      <ConfirmDialog />
    </Document>
  );
}

function Product() {
  return (
    <span class="product">
      <img src={asset("icon.svg")} alt="" width="24" height="24" />
      まどぐち
    </span>
  );
}

function TopBar({ actor, programTitle, help }: LayoutProps) {
  return (
    <header class="top-bar">
      <a class="product-link" href="/">
        <Product />
      </a>
      <span class="top-program">{programTitle}</span>
      <span class="top-office">{actor.officeName ?? "全市"}</span>
      <span class="top-person">
        <strong>{actor.staffName}</strong>
        <span class="top-duty">{actor.dutyTitles.join("・") || "職務なし"}</span>
      </span>
      <nav class="top-actions" aria-label="共通">
        <Form action="/lock" keys="search" class="inline-form">
          <button
            type="submit"
            class="top-button"
            title="席を離れるときに画面を隠します（Alt+L）"
            data-lock
          >
            離席ロック
          </button>
        </Form>
        <a class="top-button" href={help} target="help" data-help>
          ヘルプ
          <kbd>F1</kbd>
        </a>
        <a class="top-button" href="/account/password">
          パスワード
        </a>
        <Form action="/sign-out" keys="search" class="inline-form">
          <button type="submit" class="top-button">
            サインアウト
          </button>
        </Form>
      </nav>
    </header>
  );
}

/** The groups of the menu; one that is folded shows on its heading how much waits in it. */
function Menu({ groups, path }: { groups: readonly MenuGroup[]; path: string }) {
  const current = bestMatch(groups, path);
  return (
    <nav class="menu" aria-label="業務メニュー">
      {groups.map((group) =>
        group.fold ? (
          <details key={group.title} data-group={group.title} open={group.fold === "open"}>
            <summary>
              <h2 class="menu-title">{group.title}</h2>
              <Waiting number={sumOf(group.items)} />
            </summary>
            <Entries group={group} current={current} />
          </details>
        ) : (
          <Fragment key={group.title}>
            <h2 class="menu-title">{group.title}</h2>
            <Entries group={group} current={current} />
          </Fragment>
        ),
      )}
    </nav>
  );
}

/** The entries of a group; those of a part are folded away together, unless the present page is among them. */
const Entries = ({ group, current }: { group: MenuGroup; current: string | undefined }) => (
  <ul>
    {partsOf(group.items).map(({ part, items }) =>
      part === undefined || items.length === 1 ? (
        items.map((item) => <Entry key={item.path} item={item} current={current} />)
      ) : (
        <li key={part}>
          <details
            class="menu-part"
            data-group={`${group.title} ${part}`}
            open={items.some(({ path }) => path === current)}
          >
            <summary>
              <h3 class="menu-title">{part}</h3>
              <Waiting number={sumOf(items)} />
            </summary>
            <ul>
              {items.map((item) => (
                <Entry key={item.path} item={item} current={current} />
              ))}
            </ul>
          </details>
        </li>
      ),
    )}
  </ul>
);

const Entry = ({ item, current }: { item: ShownItem; current: string | undefined }) => (
  <li>
    <a href={item.path} aria-current={item.path === current ? "page" : undefined}>
      <span>{item.title}</span>
      <Waiting number={item.number} />
    </a>
  </li>
);

const sumOf = (items: readonly ShownItem[]) =>
  items.reduce((sum, item) => sum + (item.number ?? 0), 0);

/** Entries that follow each other under one part. */
function partsOf(items: readonly ShownItem[]): { part: string | undefined; items: ShownItem[] }[] {
  const parts: { part: string | undefined; items: ShownItem[] }[] = [];
  for (const item of items) {
    const last = parts.at(-1);
    if (last && last.part === item.part) last.items.push(item);
    else parts.push({ part: item.part, items: [item] });
  }
  return parts;
}

const Waiting = ({ number }: { number: number | undefined }) =>
  number !== undefined && number > 0 ? (
    <span class="count">
      {number}
      <span class="visually-hidden">件</span>
    </span>
  ) : null;

/** The menu entry that the present page lies under: the longest that its address begins with. */
export function bestMatch(groups: readonly MenuGroup[], path: string): string | undefined {
  return groups
    .flatMap(({ items }) =>
      items.flatMap((item) => [item.path, ...(item.also ?? [])].map((at) => ({ item, at }))),
    )
    .filter(({ at }) => path === at || (at !== "/" && path.startsWith(`${at}/`)))
    .sort((a, b) => b.at.length - a.at.length)[0]?.item.path;
}

function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  if (crumbs.length === 0) return null;
  return (
    <nav class="breadcrumb" aria-label="現在の位置">
      <ol>
        {[{ title: "ホーム", path: "/" }, ...crumbs].map((crumb, index) => (
          <li key={crumb.title}>
            {crumb.path !== undefined && index < crumbs.length ? (
              <a href={crumb.path}>{crumb.title}</a>
            ) : (
              <span aria-current={index === crumbs.length ? "page" : undefined}>{crumb.title}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Shown by the script a quarter of an hour before the session ends by the time since the sign-in. */
function SessionEndNotice() {
  return (
    <p id="session-end" class="flash flash-warning" role="status" hidden>
      サインインから長い時間がたつため、
      <span data-time />
      ごろに利用が終わります。書きかけの内容は下書きに残ります。切りのよいところでサインインし直してください。
    </p>
  );
}

/** On every page of somebody whose sign-in was set anew by others. */
function LimitNotice({ until }: { until: Date | null | undefined }) {
  if (!until) return null;
  return (
    <p class="flash flash-warning">
      サインインの再設定があったため、{showMoment(until)}
      までは照会・入力・承認ができません。再設定に心当たりがないときは、すぐに権限承認者へ連絡してください。
    </p>
  );
}

/** What the last action did; gone with the next page. */
function Message({ message }: { message: Flash | undefined }) {
  if (!message) return null;
  return (
    <p class={`flash flash-${message.tone}`} role="status">
      {message.text}
    </p>
  );
}
