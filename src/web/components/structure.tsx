import type { ComponentChildren } from "preact";

/** The heading of a page: what it is about, its state, and the next actions. */
export function PageTitle(props: {
  children: ComponentChildren;
  /** A state in a word, as `Badge`. */
  badge?: ComponentChildren;
  actions?: ComponentChildren;
}) {
  return (
    <div class="page-title">
      <h1>{props.children}</h1>
      {props.badge}
      {props.actions && <div class="page-title-actions">{props.actions}</div>}
    </div>
  );
}

/** A box with a heading. */
export function Panel(props: {
  title: string;
  actions?: ComponentChildren;
  id?: string;
  children: ComponentChildren;
}) {
  return (
    <section class="panel" id={props.id} aria-label={props.title}>
      <div class="panel-head">
        <h2>{props.title}</h2>
        {props.actions && <div class="panel-actions">{props.actions}</div>}
      </div>
      <div class="panel-body">{props.children}</div>
    </section>
  );
}

/** Boxes side by side: the first takes the larger part when `wide` is `first`. */
export function Columns(props: { wide?: "first" | "last" | "none"; children: ComponentChildren }) {
  return <div class={`columns columns-${props.wide ?? "none"}`}>{props.children}</div>;
}

/** A tab is a page of its own (an address that can be gone back to). */
export function Tabs(props: {
  label: string;
  tabs: readonly { title: string; href: string; current: boolean; count?: number }[];
}) {
  return (
    <nav class="tabs" aria-label={props.label}>
      {props.tabs.map((tab) => (
        <a key={tab.href} href={tab.href} aria-current={tab.current ? "page" : undefined}>
          {tab.title}
          {tab.count !== undefined && (
            <span class="count">{tab.count.toLocaleString("ja-JP")}</span>
          )}
        </a>
      ))}
    </nav>
  );
}

/** More, shown when asked for. */
export function Disclosure(props: { title: string; open?: boolean; children: ComponentChildren }) {
  return (
    <details class="disclosure" open={props.open}>
      <summary>{props.title}</summary>
      <div>{props.children}</div>
    </details>
  );
}

/** A PDF in the page, as it will be printed; `src` is a route that replies `inlinePdf`. */
export function PrintPreview(props: {
  src: string;
  title: string;
  height?: "half" | "full";
  /** The frame's name, for links and buttons that show another paper in it. */
  frame?: string;
}) {
  return (
    <figure class={`print-preview print-preview-${props.height ?? "full"}`}>
      <iframe src={props.src} title={props.title} name={props.frame} />
      <figcaption>
        <a href={props.src} target="_blank" rel="noopener">
          {props.title}を別の画面で開く（印刷）
        </a>
      </figcaption>
    </figure>
  );
}
