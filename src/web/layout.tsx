import type { ComponentChildren } from "preact";
import { Fragment } from "preact";
import type { Actor } from "#src/platform/access/actor.ts";
import type { MenuItem } from "#src/platform/program.ts";
import { asset } from "./assets.ts";
import { Actions, Button, Form, TextField } from "./components/index.ts";
import type { Crumb, Flash } from "./reply.ts";

/** A group of the left menu: the shell's own or a 事務. */
export interface MenuGroup {
  title: string;
  items: readonly (MenuItem & { number?: number | undefined })[];
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
        <link rel="stylesheet" href={asset("tokens.css")} />
        <link rel="stylesheet" href={asset("base.css")} />
        <link rel="stylesheet" href={asset("components.css")} />
        <link rel="stylesheet" href={asset("pages.css")} />
        <script src={asset("htmx.js")} defer />
        <script src={asset("screens.js")} defer />
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
  menu: readonly MenuGroup[];
  path: string;
  breadcrumb: readonly Crumb[];
  flashes: readonly Flash[];
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
        <main id="main" class="main" tabIndex={-1}>
          <Breadcrumb crumbs={props.breadcrumb} />
          <Flashes flashes={props.flashes} path={props.path} />
          {props.children}
        </main>
      </div>
      <ShortcutHelp />
      <ConfirmDialog />
      <LockDialog staffName={props.actor.staffName} />
    </Document>
  );
}

/** Without menu: sign-in, lock, errors of strangers. */
export function BareLayout(props: {
  title: string;
  csrfToken: string;
  flashes: readonly Flash[];
  children: ComponentChildren;
}) {
  return (
    <Document title={props.title} csrfToken={props.csrfToken} class="bare">
      <header class="bare-head">
        <Product />
      </header>
      <main id="main" class="bare-main">
        {props.flashes.map((flash) => (
          <p key={flash.text} class={`flash flash-${flash.tone}`} role="status">
            {flash.text}
          </p>
        ))}
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

function TopBar({ actor, programTitle }: LayoutProps) {
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
        <a class="top-button" href="/help">
          ヘルプ
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

function Menu({ groups, path }: { groups: readonly MenuGroup[]; path: string }) {
  const current = bestMatch(groups, path);
  return (
    <nav class="menu" aria-label="業務メニュー">
      {groups.map((group) => (
        <Fragment key={group.title}>
          <h2 class="menu-title">{group.title}</h2>
          <ul>
            {group.items.map((item) => (
              <li key={item.path}>
                <a href={item.path} aria-current={item.path === current ? "page" : undefined}>
                  <span>{item.title}</span>
                  {item.number !== undefined && item.number > 0 && (
                    <span class="count">
                      {item.number}
                      <span class="visually-hidden">件</span>
                    </span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </Fragment>
      ))}
    </nav>
  );
}

/** The menu entry that the present page lies under: the longest that its address begins with. */
function bestMatch(groups: readonly MenuGroup[], path: string): string | undefined {
  return groups
    .flatMap((group) => group.items.map((item) => item.path))
    .filter((entry) => path === entry || (entry !== "/" && path.startsWith(`${entry}/`)))
    .sort((a, b) => b.length - a.length)[0];
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

function Flashes({ flashes, path }: { flashes: readonly Flash[]; path: string }) {
  if (flashes.length === 0) return null;
  return (
    <div class="flashes">
      {flashes.map((flash, index) => (
        <div key={index} class={`flash flash-${flash.tone}`} role="status">
          <span>{flash.text}</span>
          <Form action="/messages/read" keys="search" class="inline-form">
            <input type="hidden" name="message" value={index} />
            <input type="hidden" name="back" value={path} />
            <button type="submit" class="flash-close" aria-label="お知らせを閉じる">
              閉じる
            </button>
          </Form>
        </div>
      ))}
    </div>
  );
}

/** Every key that does something, shown on `?`. */
const shortcuts = [
  ["/", "検索欄へ移る"],
  ["?", "この一覧を開く・閉じる"],
  ["↑ ↓", "一覧の行を移る"],
  ["Enter", "一覧の行を開く／入力画面では次の項目へ"],
  ["Shift+Enter", "前の項目へ"],
  ["Ctrl+Enter", "入力した内容を送る"],
  ["Alt+H", "ホームへ"],
  ["Alt+P", "住民検索へ"],
  ["Alt+L", "離席ロック"],
  ["Esc", "開いた窓を閉じる"],
] as const;

function ShortcutHelp() {
  return (
    <dialog id="shortcuts" class="dialog" aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">キーボード操作</h2>
      <ShortcutList />
      <form method="dialog">
        <button type="submit" class="button button-secondary">
          閉じる
        </button>
      </form>
    </dialog>
  );
}

/** The keys and what they do, as a list. */
export function ShortcutList() {
  return (
    <dl class="shortcut-list">
      {shortcuts.map(([keys, what]) => (
        <div key={keys}>
          <dt>
            {keys.split(" ").map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Covers the page while the screen is locked, so that what was being entered is still there afterwards. */
function LockDialog({ staffName }: { staffName: string }) {
  return (
    <dialog id="lock" class="dialog" aria-labelledby="lock-title">
      <h2 id="lock-title">画面をロックしています</h2>
      <p class="lead">{staffName} さん、続けるにはパスワードを入力してください。</p>
      <Form action="/unlock" keys="search" class="form stacked">
        <TextField
          name="password"
          label="パスワード"
          type="password"
          width={20}
          autocomplete="current-password"
          idPrefix="lock"
        />
        <p class="field-error" id="lock-error" role="alert" />
        <Actions>
          <Button>ロックを解除する</Button>
        </Actions>
      </Form>
    </dialog>
  );
}

/** Filled by the script with the question of `data-confirm`. */
function ConfirmDialog() {
  return (
    <dialog id="confirm" class="dialog" aria-labelledby="confirm-question">
      <p id="confirm-question" />
      <form method="dialog" class="actions">
        <button type="submit" value="yes" class="button button-primary">
          実行する
        </button>
        <button type="submit" value="" class="button button-secondary">
          やめる
        </button>
      </form>
    </dialog>
  );
}
