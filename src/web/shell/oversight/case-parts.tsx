import type { ComponentChildren } from "preact";
import type { FlowAction } from "#src/platform/flow.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { FlowDefinition } from "#workflows/flows/definition.ts";
import {
  Actions,
  Button,
  DateField,
  DisabledAction,
  Disclosure,
  type FieldErrors,
  Form,
  Notification,
  Panel,
  ReasonField,
  TimeLine,
} from "../../components/index.ts";
import { showDate, showDateShort, showMoment } from "../../dates.ts";
import type { Values } from "../../values.ts";

/** By when something is due, and that it is late; `children` say how the days are counted. */
export function DueNote(props: {
  /** 速報, 決定 … */
  what: string;
  due: IsoDate;
  today: IsoDate;
  children: ComponentChildren;
}) {
  const { what, due, today, children } = props;
  const late = due < today;
  return (
    <Notification
      tone={late ? "error" : "warning"}
      title={
        late
          ? `${what}の期限を過ぎています（${showDate(due)}）。`
          : `${what}の期限は${showDate(due)}です。`
      }
    >
      {children}
    </Notification>
  );
}

/** A step of a matter that has a day and words of its own: the form of it, or why it is not to be done. */
export function DatedStep(props: {
  action: FlowAction;
  path: string;
  today: IsoDate;
  values: Values | undefined;
  errors: FieldErrors;
  /** What is to be written. */
  label: string;
  /** It cannot be taken back: asked once more, in red. */
  final: boolean;
  /** Fields before the day. */
  children?: ComponentChildren;
}) {
  const { action, path, today, values, errors, label, final, children } = props;
  const { type, title, reasons } = action;
  if (reasons.length > 0) return <DisabledAction reasons={reasons}>{title}</DisabledAction>;
  return (
    <Disclosure title={title} open={Object.keys(errors).length > 0}>
      <Form action={path} values={values} errors={errors} class="form stacked">
        {children}
        <DateField name={`doneOn-${type}`} label="行った日" required value={showDateShort(today)} />
        <ReasonField name={`said-${type}`} label={label} required rows={3} />
        <Actions>
          {final ? (
            <Button
              name="event"
              value={type}
              look="danger"
              confirm={`「${title}」を記録します。よろしいですか。`}
            >
              {title}
            </Button>
          ) : (
            <Button name="event" value={type}>
              {title}
            </Button>
          )}
        </Actions>
      </Form>
    </Disclosure>
  );
}

/** What was done, the latest first: when, by whom, on which day, and what was said of it. */
export const DatedSteps = (props: {
  events: FlowDefinition<never>["events"];
  steps: readonly {
    event: string;
    at: Date;
    staffName: string;
    doneOn: IsoDate;
    said?: string | undefined;
  }[];
}) => (
  <Panel title="経過">
    <TimeLine
      label="経過"
      entries={props.steps.toReversed().map(({ event, at, staffName, doneOn, said }) => ({
        at: showMoment(at),
        who: staffName,
        what: `${props.events[event]?.title}（${showDateShort(doneOn)}）`,
        ...(said !== undefined && { detail: said }),
      }))}
    />
  </Panel>
);
