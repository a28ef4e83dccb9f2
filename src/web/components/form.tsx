import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import type { Values } from "../values.ts";
import {
  AskContext,
  type FieldErrors,
  FormContext,
  fieldId,
  GroupContext,
  PageContext,
  useMistake,
} from "./context.ts";

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
  /** Where a draft of what is typed is kept, a few seconds after typing and as the page is left. */
  draft?: string;
  /** What the form shows was typed and is saved nowhere; so it is where it has errors. */
  unsaved?: boolean;
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
        data-draft={props.draft}
        data-typed={(props.unsaved ?? Object.keys(errors).length > 0) ? "" : undefined}
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
        {props.draft && <p class="draft-state field-hint" />}
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
  const outer = useContext(GroupContext);
  return (
    <GroupContext.Provider value={[...outer, title]}>
      <fieldset class="field-group">
        <legend>{title}</legend>
        <div class="field-group-body">{children}</div>
      </fieldset>
    </GroupContext.Provider>
  );
}

/**
 * Fields that count only while a box, list or choice of the form says so. The script closes them otherwise; without it they
 * stay open, and the handler refuses what was typed in vain (`typedInVain`), so that nothing is dropped in silence.
 */
export function AskedBy(props: {
  /** Name of the box, list or choice. */
  name: string;
  /** Its values with which the fields count; a box that is ticked, if not given. */
  values?: readonly string[];
  children: ComponentChildren;
}) {
  const { name, values = ["yes"], children } = props;
  const outer = useContext(AskContext);
  return (
    <AskContext.Provider value={[...outer, { name, values }]}>
      <fieldset class="asked" data-asked-by={name} data-asked-values={values.join(" ")}>
        {children}
      </fieldset>
    </AskContext.Provider>
  );
}

/** A mistake that lies in several fields together, told above them. */
export function GroupMistake({ name }: { name: string }) {
  const { error, id } = useMistake({ name });
  if (!error) return null;
  return (
    <p class="field-error" id={id} tabIndex={-1}>
      {error}
    </p>
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
