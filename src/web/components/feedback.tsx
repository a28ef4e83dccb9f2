import type { ComponentChildren } from "preact";

export type Tone = "success" | "info" | "warning" | "error";
const toneWords: Record<Tone, string> = {
  success: "完了",
  info: "お知らせ",
  warning: "注意",
  error: "エラー",
};

/** A banner that says its kind by word and colour. */
export function Notification(props: { tone: Tone; title?: string; children?: ComponentChildren }) {
  return (
    <div
      class={`notification notification-${props.tone}`}
      role={props.tone === "error" ? "alert" : "status"}
    >
      <strong class="notification-word">{toneWords[props.tone]}</strong>
      <div class="notification-body">
        {props.title && <p class="notification-title">{props.title}</p>}
        {props.children}
      </div>
    </div>
  );
}

/** A state in a word: 審査中, 認定, 保留. */
export function Badge(props: {
  tone?: Tone | "neutral" | "protected";
  children: ComponentChildren;
}) {
  return <span class={`badge badge-${props.tone ?? "neutral"}`}>{props.children}</span>;
}

/** Stands at the top of every page that shows a person under 支援措置. */
export function ProtectedBanner({ children }: { children?: ComponentChildren }) {
  return (
    <div class="protected-banner" role="note">
      <Badge tone="protected">支援措置</Badge>
      <span>
        {children ??
          "住所等の秘匿が必要な方です。来庁者・電話での照会に住所を答えないでください。送付・交付の前に責任者へ確認してください。"}
      </span>
    </div>
  );
}

/** How far a batch has come: a bar with its figures in words. */
export function Progress(props: { done: number; total: number; label: string; unit?: string }) {
  const unit = props.unit ?? "件";
  const percent = props.total === 0 ? 0 : Math.floor((props.done / props.total) * 100);
  return (
    <div class="progress">
      <progress value={props.done} max={Math.max(props.total, 1)} aria-label={props.label} />
      <span class="progress-figures">
        {props.done.toLocaleString("ja-JP")} / {props.total.toLocaleString("ja-JP")} {unit}（
        {percent}%）
      </span>
    </div>
  );
}

/**
 * A part of the page that follows server-sent events of `source` (a route that replies `eventStream`);
 * `children` is what it shows until the first event.
 */
export function LiveRegion(props: { source: string; children: ComponentChildren }) {
  return (
    <div data-events={props.source} aria-live="polite">
      {props.children}
    </div>
  );
}
