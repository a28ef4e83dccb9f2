import type { CaseAction } from "#src/platform/cases/index.ts";
import { limitBounds } from "#workflows/cases/deadlines.ts";
import {
  Button,
  ButtonLink,
  choicesOf,
  DateField,
  DisabledAction,
  Form,
  Panel,
  SelectField,
} from "../components/index.ts";
import { CertificateField } from "./certificate-field.tsx";
import { DraftedDisclosure } from "./drafted-form.tsx";
import { nextAction } from "./next-action.ts";
import { CommentField, StepFields } from "./parts.tsx";
import { casePath } from "./paths.ts";
import { phrasesFor, questionOf } from "./question.ts";
import { reasonsOf } from "./reasons.ts";
import type { Shown } from "./shown.ts";

/** The step that is most likely next, as the button beside the title. */
export function NextAction(shown: Shown) {
  const next = nextAction(shown.view);
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
      <Button look={look} confirm={questionOf(props, action)}>
        {title}
      </Button>
    </Form>
  );
}

/** Every step of the present state: on, or off with the reasons why. */
export function ActionsPanel(shown: Shown) {
  const { actions } = shown.view;
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
    asksForCertificate(shown, rule));

/** Several certificates are valid: which of them comes back or becomes invalid is chosen. */
const asksForCertificate = ({ view }: Shown, rule: CaseAction["rule"]): boolean =>
  rule.act === "end-certificate" && validCertificates(view).length > 1;

/** The valid certificates, each with whose it is. */
const validCertificates = ({ entitlements, certificates }: Shown["view"]) =>
  entitlements.flatMap((entitled) =>
    certificates
      .filter((one) => one.entitlementId === entitled.id && one.endedOn === null)
      .map(({ kind }) => ({ entitled, sort: kind })),
  );

/** A step for which the person says why, until when, for which reason or for whom. */
function ActionForm(props: Props) {
  const { screens, view, action } = props;
  const { type, title, rule, comment } = action;
  const required = comment === "required";
  return (
    <DraftedDisclosure
      title={`${title}…`}
      event={type}
      action={`${casePath(view.found)}/step`}
      class="form stacked"
    >
      <StepFields found={view.found} event={type} />
      {rule.reasons && (
        <SelectField
          name={`reason-${type}`}
          label="理由"
          required
          empty="選んでください"
          options={choicesOf(reasonsOf(screens.application, rule.reasons, props.other))}
        />
      )}
      {asksForCertificate(props, rule) && (
        <CertificateField
          {...props}
          name={`person-${type}`}
          label="対象の証"
          choices={validCertificates(view)}
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
        phrases={phrasesFor(action)}
      />
      <Button look="secondary" confirm={questionOf(props, action)}>
        {title}
      </Button>
    </DraftedDisclosure>
  );
}
