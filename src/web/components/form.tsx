import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import type { Values } from "../values.ts";
import { type FieldErrors, FormContext, fieldId, PageContext } from "./context.ts";

interface FormProps {
  action: string;
  /** What was sent, so that the form comes back filled in. */
  values?: Values | undefined;
  errors?: FieldErrors | undefined;
  /** `entry`: Enter goes to the next field, Ctrl+Enter submits. `search`: Enter submits. */
  keys?: "entry" | "search";
  /** The cursor stands in the first field that is still to be filled in. */
  focusFirst?: boolean;
  /** Set where a file is sent. */
  files?: boolean;
  /** Keeps what is typed in this tab until it is sent (`sessionStorage`), for volume entry. */
  keep?: string;
  class?: string;
  id?: string;
  /** Answered by a part that takes the place of this element (a CSS selector, `closest …`), the page stays. */
  replaces?: string;
  /** Sent by itself as soon as it stands in the page; its button does the same where no script runs. */
  atOnce?: boolean;
  children: ComponentChildren;
}

/** A form with the session's CSRF token; always POST, so that nothing personal is in the address. */
export function Form({ keys = "entry", errors = {}, values, ...props }: FormProps) {
  const { csrfToken } = useContext(PageContext);
  return (
    <FormContext.Provider value={{ values, errors }}>
      <form
        method="post"
        action={props.action}
        id={props.id}
        class={props.class ?? "form"}
        encType={props.files ? "multipart/form-data" : undefined}
        data-keys={keys}
        data-focus-first={props.focusFirst ? "" : undefined}
        data-keep={props.keep}
        hx-post={props.replaces && props.action}
        hx-target={props.replaces}
        hx-swap={props.replaces && "outerHTML"}
        hx-trigger={props.atOnce ? "load, submit" : undefined}
        noValidate
        autocomplete="off"
      >
        <input type="hidden" name="_csrf" value={csrfToken} />
        <ErrorSummary errors={errors} />
        {props.children}
      </form>
    </FormContext.Provider>
  );
}

/** What is wrong with the form, each line a link to its field. Nothing when nothing is wrong. */
function ErrorSummary({ errors }: { errors: FieldErrors }) {
  const list = Object.entries(errors);
  if (list.length === 0) return null;
  return (
    <div class="error-summary" role="alert" tabIndex={-1} data-focus>
      <p class="error-summary-title">入力内容を確認してください（{list.length}件）</p>
      <ul>
        {list.map(([name, message]) => (
          <li key={name}>{name === "" ? message : <a href={`#${fieldId(name)}`}>{message}</a>}</li>
        ))}
      </ul>
    </div>
  );
}

/** Fields that belong together, as a box of the paper form. */
export function FieldGroup({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <fieldset class="field-group">
      <legend>{title}</legend>
      <div class="field-group-body">{children}</div>
    </fieldset>
  );
}

/** Puts fields side by side in one row. */
export function FieldRow({ children }: { children: ComponentChildren }) {
  return <div class="field-row">{children}</div>;
}

/** The row of buttons at the foot of a form. */
export function Actions({ children }: { children: ComponentChildren }) {
  return <div class="actions">{children}</div>;
}
