import type { CaseAction } from "#src/platform/cases/index.ts";
import { type PaperVersion, paperMark } from "#src/platform/printing/index.ts";
import { Button, Columns, DisabledAction } from "../components/index.ts";
import { DraftedForm } from "./drafted-form.tsx";
import { CommentField, StepFields } from "./parts.tsx";
import { casePath } from "./paths.ts";
import { phrasesFor, questionOf } from "./question.ts";
import type { Shown } from "./shown.ts";

interface Looked {
  /** With what its letter is printed, where it sends one. */
  paper?: PaperVersion | undefined;
  /** Why what was proposed can't be approved as it stands. */
  moved: readonly string[];
}

/** The forms of what can be decided now: side by side, each with its comment. */
export function DecisionForms(props: Shown & Looked) {
  const actions = props.view.actions.filter(({ rule }) => rule.page === "decision");
  return (
    <Columns>
      {actions.map((action) => (
        <DecisionForm key={action.type} {...props} action={action} />
      ))}
    </Columns>
  );
}

function DecisionForm(props: Shown & Looked & { action: CaseAction }) {
  const { view, paper, moved, action } = props;
  const approves = action.rule.act === "approve";
  const button = approves ? "この内容で決裁する" : action.title;
  const reasons = approves ? [...action.reasons, ...moved] : action.reasons;
  if (reasons.length > 0) return <DisabledAction reasons={reasons}>{button}</DisabledAction>;
  const required = action.comment === "required";
  return (
    <DraftedForm event={action.type} action={`${casePath(view.found)}/step`} class="form stacked">
      <StepFields found={view.found} event={action.type} />
      {approves && paper && <input type="hidden" name="paper" value={paperMark(paper)} />}
      <CommentField
        event={action.type}
        label={required ? "差戻しの理由" : "コメント"}
        required={required}
        phrases={phrasesFor(action)}
      />
      <Button look={approves ? "primary" : "secondary"} confirm={questionOf(props, action)}>
        {button}
      </Button>
    </DraftedForm>
  );
}
