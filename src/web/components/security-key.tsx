import type { ComponentChildren } from "preact";
import { asset } from "../assets.ts";
import { Form } from "./form.tsx";

/** A form whose button first asks the person's security key; what it answers is sent as `response`. */
export function SecurityKeyForm(props: {
  action: string;
  /** `create` registers a key, `get` asks one that is registered. */
  ask: "create" | "get";
  /** What the key is asked, as the library made it. */
  options: object;
  children: ComponentChildren;
}) {
  return (
    <div data-security-key={props.ask} data-options={JSON.stringify(props.options)}>
      <script src={asset("webauthn.js")} defer />
      <script src={asset("security-key.js")} type="module" />
      <Form action={props.action} keys="search" class="form stacked">
        <input type="hidden" name="response" value="" />
        {props.children}
        <p class="field-error" role="alert" data-problem />
      </Form>
    </div>
  );
}
