import type { CaseAction } from "#src/platform/cases/index.ts";
import { limitBounds } from "#workflows/cases/deadlines.ts";
import {
  Button,
  ButtonLink,
  choicesOf,
  DateField,
  DisabledAction,
  Disclosure,
  Form,
  Panel,
  SelectField,
} from "../components/index.ts";
import { CommentField, StepFields } from "./parts.tsx";
import { casePath } from "./paths.ts";
import { reasonsOf } from "./reasons.ts";
import { useSent } from "./sent.tsx";
import { nameIn, type Shown } from "./shown.ts";

/** The step that is most likely next, as the button beside the title. */
export function NextAction(shown: Shown) {
  const { actions, identityChecks, entry, prepared } = shown.view;
  // What was done already may be done again, but is not the next thing.
  const done = new Set([identityChecks.length > 0 && "identify", entry && "enter"]);
  const order = Object.keys(prepared.definition.events);
  const [next] = actions
    .filter(({ rule, reasons }) => rule.forward && reasons.length === 0)
    .filter(({ rule }) => !done.has(rule.act))
    .toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
  return next ? <ActionButton {...shown} action={next} look="primary" /> : null;
}

type Props = Shown & { action: CaseAction };

function ActionButton(props: Props & { look: "primary" | "secondary" }) {
  const { view, action, look } = props;
  const { type, title, reasons, rule } = action;
  if (reasons.length > 0) return <DisabledAction reasons={reasons}>{title}</DisabledAction>;
  const path = casePath(view.found);
  if (rule.page) {
    return (
      <ButtonLink href={`${path}/${rule.page}`} look={look}>
        {title}
      </ButtonLink>
    );
  }
  return (
    <Form action={`${path}/step`} class="inline-form">
      <StepFields found={view.found} event={type} />
      <Button look={look}>{title}</Button>
    </Form>
  );
}

/** Every step of the present state: on, or off with the reasons why. */
export function ActionsPanel(shown: Shown) {
  const actions = shown.view.actions.filter(({ rule }) => !rule.panel);
  if (actions.length === 0) return null;
  const asks = (action: CaseAction) => action.reasons.length === 0 && needsForm(shown, action);
  return (
    <Panel title="できる手続き">
      <ul class="action-list">
        {actions
          .filter((action) => !asks(action))
          .map((action) => (
            <li key={action.type}>
              <ActionButton {...shown} action={action} look="secondary" />
            </li>
          ))}
      </ul>
      {actions.filter(asks).map((action) => (
        <ActionForm key={action.type} {...shown} action={action} />
      ))}
    </Panel>
  );
}

const needsForm = (shown: Shown, { rule, comment }: CaseAction): boolean =>
  !rule.page &&
  (comment === "required" ||
    rule.reasons !== undefined ||
    rule.until !== undefined ||
    asksForPerson(shown, rule));

/** Certificates of several persons are valid: which of them comes back or becomes invalid is chosen. */
const asksForPerson = ({ view }: Shown, rule: CaseAction["rule"]): boolean =>
  rule.act === "end-certificate" && holders(view).length > 1;

/** Entitlements with a valid certificate. */
const holders = ({ entitlements, certificates }: Shown["view"]) =>
  entitlements.filter(({ id }) =>
    certificates.some((one) => one.entitlementId === id && one.endedOn === null),
  );

/** A step for which the person says why, until when, for which reason or for whom. */
function ActionForm(props: Props) {
  const { screens, view, action } = props;
  const { type, title, rule, comment } = action;
  const { values, errors, sent } = useSent(type);
  const required = comment === "required";
  return (
    <Disclosure title={`${title}…`} open={sent}>
      <Form
        action={`${casePath(view.found)}/step`}
        class="form stacked"
        values={values}
        errors={errors}
      >
        <StepFields found={view.found} event={type} />
        {rule.reasons && (
          <SelectField
            name={`reason-${type}`}
            label="理由"
            required
            empty="選んでください"
            options={choicesOf(reasonsOf(screens.application, rule.reasons))}
          />
        )}
        {asksForPerson(props, rule) && (
          <SelectField
            name={`person-${type}`}
            label="対象の方"
            required
            empty="選んでください"
            options={holders(view).map(({ id, personNumber, recipientNumber }) => ({
              value: id,
              label: `${nameIn(view, personNumber)}（${recipientNumber}）`,
            }))}
          />
        )}
        {rule.until && (
          <DateField
            name={`until-${type}`}
            label={rule.until}
            required
            {...limitBounds(props.today, screens.application.deadlines)}
          />
        )}
        <CommentField
          event={type}
          label={required ? "コメント（内部の記録）" : "コメント"}
          required={required}
        />
        <Button look="secondary">{title}</Button>
      </Form>
    </Disclosure>
  );
}
