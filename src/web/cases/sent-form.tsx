import type { ComponentChildren } from "preact";
import { Disclosure, Form } from "../components/index.ts";
import { useSent } from "./sent.tsx";

interface SentFormProps {
  /** Under which `sentWith` gives it back. */
  event: string;
  action: string;
  /** Of what the form changes, as the page shows it. */
  revision?: number | undefined;
  focusFirst?: boolean;
  class?: "form" | "form stacked";
  children: ComponentChildren;
}

/** A form that comes back filled in, with its mistakes, where what was sent of it was not taken. */
export function SentForm({ event, revision, children, ...props }: SentFormProps) {
  const { values, errors } = useSent(event);
  return (
    <Form class="form stacked" {...props} values={values} errors={errors}>
      {revision !== undefined && <input type="hidden" name="revision" value={revision} />}
      {children}
    </Form>
  );
}

/** The same folded below its title; it stands open where it comes back. */
export function FoldedForm({ title, ...form }: SentFormProps & { title: string }) {
  const { sent } = useSent(form.event);
  return (
    <Disclosure title={title} open={sent}>
      <SentForm {...form} />
    </Disclosure>
  );
}
