import { type ComponentChildren, h } from "preact";
import { renderToString } from "preact-render-to-string";
import { ShownContext, type ShownField } from "./context.ts";

/** The fields of a form in their order, with what each one shows before anybody types. */
export function shownFields(fields: ComponentChildren): ShownField[] {
  const found: ShownField[] = [];
  const tell = (field: ShownField) => void found.push(field);
  renderToString(h(ShownContext.Provider, { value: tell }, fields));
  return found;
}
