import type { ComponentChildren } from "preact";

type Look = "primary" | "secondary" | "quiet" | "danger";

/** What can't be undone asks first. */
type Weight =
  | { look?: Exclude<Look, "danger">; confirm?: string | undefined }
  | { look: "danger"; confirm: string };

type ButtonProps = Weight & {
  type?: "submit" | "button";
  /** Sent with the form, so that one form can have several buttons. */
  name?: string;
  value?: string;
  /** Sends the form to another address than its own. */
  formAction?: string;
  form?: string;
  /** The name of the frame that shows the answer; the page with the form stays as it is. */
  formTarget?: string;
  /** The key shown on the button and in `?`, such as `Ctrl+Enter`. */
  shortcut?: string;
  /** The cursor stands on it: where the next thing is most often just to confirm. */
  autofocus?: boolean;
  children: ComponentChildren;
};

/** A button of a form; `confirm` is asked before it is sent. */
export function Button({ look = "primary", type = "submit", confirm, ...props }: ButtonProps) {
  return (
    <button
      class={`button button-${look}`}
      type={type}
      name={props.name}
      value={props.value}
      formAction={props.formAction}
      form={props.form}
      formTarget={props.formTarget}
      data-confirm={confirm}
      data-autofocus={props.autofocus ? "" : undefined}
    >
      {props.children}
      {props.shortcut && <kbd>{props.shortcut}</kbd>}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink(props: {
  href: string;
  look?: Look;
  newTab?: boolean;
  download?: boolean;
  /** Has the focus when the page opens, so that Enter goes on. */
  autofocus?: boolean;
  children: ComponentChildren;
}) {
  return (
    <a
      class={`button button-${props.look ?? "secondary"}`}
      href={props.href}
      target={props.newTab ? "_blank" : undefined}
      rel={props.newTab ? "noopener" : undefined}
      download={props.download}
      data-autofocus={props.autofocus ? "" : undefined}
    >
      {props.children}
    </a>
  );
}

/** An action that is off, with all reasons shown beside it (not only in a tooltip). */
export function DisabledAction(props: { reasons: readonly string[]; children: ComponentChildren }) {
  return (
    <span class="disabled-action">
      <button class="button button-secondary" type="button" aria-disabled="true">
        {props.children}
      </button>
      <span class="off-reason">{props.reasons.join("／")}</span>
    </span>
  );
}
