import type { FlowAction } from "#src/platform/flow.ts";
import { Button, DisabledAction } from "./buttons.tsx";
import { Form } from "./form.tsx";

/**
 * What one person may decide of what another proposed, in a row of a table: its buttons, or why they are off. A refusal is in
 * red. What stands in `asks` is asked before the button of that event does anything.
 */
export function RowDecision(props: {
  action: string;
  actions: readonly FlowAction[];
  asks: Readonly<Record<string, string>>;
}) {
  const { action, actions, asks } = props;
  // All are off for the same reasons: one's own proposal, or one for oneself.
  const reasons = [...new Set(actions.flatMap((one) => one.reasons))];
  if (reasons.length > 0)
    return (
      <DisabledAction reasons={reasons}>
        {actions.map(({ title }) => title).join("・")}
      </DisabledAction>
    );
  return (
    <Form action={action} keys="search" class="inline-buttons">
      {actions.map(({ type, title }) =>
        type === "refuse" ? (
          <Button
            key={type}
            name="event"
            value={type}
            look="danger"
            confirm={asks[type] ?? `「${title}」を行います。よろしいですか。`}
          >
            {title}
          </Button>
        ) : (
          <Button key={type} name="event" value={type} confirm={asks[type]}>
            {title}
          </Button>
        ),
      )}
    </Form>
  );
}
