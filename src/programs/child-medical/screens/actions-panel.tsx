import type { CaseAction, CaseRow } from "#src/platform/cases/index.ts";
import {
  Button,
  ButtonLink,
  DateField,
  DisabledAction,
  Disclosure,
  Form,
  Panel,
  SelectField,
} from "#src/web/components/index.ts";
import { rejectionReasonTitles, revocationReasonTitles } from "../reasons.ts";
import { CommentField, casePath, StepButton, StepFields } from "./parts.tsx";
import { useSent } from "./sent.tsx";

/** Steps with a page of their own. */
const pages: Record<string, string> = {
  recordIdentity: "identity",
  enter: "entry",
  approve: "decision",
  revoke: "decision",
  remand: "decision",
  issue: "issue",
  reissue: "issue",
};
/** Steps that lead on, in the order of the work; the first that is on is the next one. */
const forward = [
  "recordIdentity",
  "enter",
  "submit",
  "confirm",
  "apply",
  "resume",
  "propose",
  "requestDecision",
  "approve",
  "revoke",
  "issue",
];
/** Made with the form in the panel of the documents. */
const elsewhere = new Set(["recordDocuments"]);

const reasonsOf: Record<string, Record<string, string>> = {
  proposeRejection: rejectionReasonTitles,
  proposeRevocation: revocationReasonTitles,
};

/** The step that is most likely next, as the button beside the title. */
export function NextAction(props: {
  found: CaseRow;
  actions: readonly CaseAction[];
  /** What was done already and is not the next thing, though it may be done again. */
  done: { identified: boolean; entered: boolean };
}) {
  const { found, actions, done } = props;
  const next = forward
    .filter(
      (type) =>
        !(type === "recordIdentity" && done.identified) && !(type === "enter" && done.entered),
    )
    .map((type) => actions.find((action) => action.type === type))
    .find((action) => action?.reasons.length === 0);
  return next ? <ActionButton found={found} action={next} look="primary" /> : null;
}

function ActionButton({
  found,
  action,
  look,
}: {
  found: CaseRow;
  action: CaseAction;
  look: "primary" | "secondary";
}) {
  if (action.reasons.length > 0)
    return <DisabledAction reasons={action.reasons}>{action.title}</DisabledAction>;
  const own = pages[action.type];
  if (own) {
    return (
      <ButtonLink href={`${casePath(found.id)}/${own}`} look={look}>
        {action.title}
      </ButtonLink>
    );
  }
  return <StepButton found={found} action={action} look={look} />;
}

/** Every step of the present state: on, or off with the reasons why. */
export function ActionsPanel({
  found,
  actions,
}: {
  found: CaseRow;
  actions: readonly CaseAction[];
}) {
  const shown = actions.filter((action) => !elsewhere.has(action.type));
  const simple = shown.filter((action) => !needsForm(action) || action.reasons.length > 0);
  const forms = shown.filter((action) => needsForm(action) && action.reasons.length === 0);
  if (shown.length === 0) return null;
  return (
    <Panel title="できる手続き">
      <ul class="action-list">
        {simple.map((action) => (
          <li key={action.type}>
            <ActionButton found={found} action={action} look="secondary" />
          </li>
        ))}
      </ul>
      {forms.map((action) => (
        <ActionDisclosure key={action.type} found={found} action={action} />
      ))}
    </Panel>
  );
}

const needsForm = (action: CaseAction) =>
  !(action.type in pages) &&
  (action.comment === "required" || action.type in reasonsOf || action.type === "hold");

/** A step for which the person says why, until when, or for which reason. */
function ActionDisclosure({ found, action }: { found: CaseRow; action: CaseAction }) {
  const { values, errors, sent } = useSent(action.type);
  const reasons = reasonsOf[action.type];
  return (
    <Disclosure title={`${action.title}…`} open={sent}>
      <Form
        action={`${casePath(found.id)}/step`}
        class="form stacked"
        values={values}
        errors={errors}
      >
        <StepFields found={found} event={action.type} />
        {reasons && (
          <SelectField
            name={`reason-${action.type}`}
            label="理由"
            required
            options={Object.entries(reasons).map(([value, label]) => ({ value, label }))}
          />
        )}
        {action.type === "hold" && <DateField name="until" label="補正期限" required />}
        <CommentField
          event={action.type}
          label={action.comment === "required" ? "コメント（内部の記録）" : "コメント"}
          required={action.comment === "required"}
        />
        <Button look="secondary">{action.title}</Button>
      </Form>
    </Disclosure>
  );
}
