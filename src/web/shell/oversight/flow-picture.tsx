import type { FlowDefinition } from "#workflows/flows/definition.ts";
import { pictureOf } from "#workflows/flows/picture.ts";
import { StepPicture } from "../../components/index.ts";

/** Where a matter stands in its machine: what is done, what is ahead, and what lies beside. */
export function FlowPicture<Context>(props: {
  definition: FlowDefinition<Context>;
  state: string;
}) {
  const { steps } = pictureOf(props.definition, props.state);
  const present = steps.find((step) => step.state === props.state)?.column ?? 0;
  const stepOf = (step: (typeof steps)[number]) => ({
    label: step.title,
    state:
      step.state === props.state
        ? ("current" as const)
        : step.line === "main" && step.column < present
          ? ("done" as const)
          : ("ahead" as const),
  });
  return (
    <StepPicture
      label="手続きの流れ"
      steps={steps.filter(({ line }) => line === "main").map(stepOf)}
      beside={steps.filter(({ line }) => line === "side").map(stepOf)}
    />
  );
}
