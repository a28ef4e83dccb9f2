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
import { issueReasonTitles, rejectionReasonTitles, revocationReasonTitles } from "../reasons.ts";
import { CommentField, casePath, StepButton, StepFields } from "./parts.tsx";

/** Steps with a page of their own. */
const pages: Record<string, string> = { recordIdentity: "identity", enter: "entry" };
/** Steps made on the page that shows what they will do. */
const decisions = new Set(["approve", "revoke", "remand"]);
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
  reissue: Object.fromEntries(
    Object.entries(issueReasonTitles).filter(([code]) => code !== "first"),
  ),
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
  const own = decisions.has(action.type) ? "decision" : pages[action.type];
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
        <Disclosure key={action.type} title={`${action.title}…`}>
          <ActionForm found={found} action={action} />
        </Disclosure>
      ))}
    </Panel>
  );
}

const needsForm = (action: CaseAction) =>
  !decisions.has(action.type) &&
  (action.comment === "required" || action.type in reasonsOf || action.type === "hold");

/** A step for which the person says why, until when, or for which reason. */
function ActionForm({ found, action }: { found: CaseRow; action: CaseAction }) {
  const reasons = reasonsOf[action.type];
  return (
    <Form action={`${casePath(found.id)}/step`} class="form stacked">
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
  );
}
