import { randomUUID } from "node:crypto";
import type { CaseAction, CaseRow, HistoryLine } from "#src/platform/cases/index.ts";
import {
  Badge,
  Button,
  DisabledAction,
  Form,
  StepPicture,
  TextArea,
  type Tone,
} from "#src/web/components/index.ts";
import { showDate } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Picture, PictureStep } from "#workflows/flows/picture.ts";

/** Address of the page of a case. */
export const casePath = (caseId: string): `/${string}` => `/child-medical/cases/${caseId}`;

const tones: Record<string, Tone | "neutral"> = {
  held: "warning",
  rejected: "error",
  withdrawn: "neutral",
  revoked: "error",
  certified: "success",
  issued: "success",
  applied: "success",
};

/** The state of a case in a word and a colour. */
export function StateBadge({ state, title }: { state: string; title: string }) {
  return <Badge tone={tones[state] ?? "info"}>{title}</Badge>;
}

/** The flow as the machine has it, with where the case stands and when it came by. */
export function FlowPicture({
  picture,
  history,
}: {
  picture: Picture;
  history: readonly HistoryLine[];
}) {
  const reached = new Map(history.map((line) => [line.toState, line.at]));
  const day = new Intl.DateTimeFormat("ja-JP", {
    timeZone: "Asia/Tokyo",
    month: "numeric",
    day: "numeric",
  });
  const shown = (step: PictureStep) => {
    const at = step.position === "ahead" ? undefined : reached.get(step.state);
    return {
      label: step.title,
      state: ({ present: "current", passed: "done", ahead: "ahead" } as const)[step.position],
      ...(at ? { note: day.format(at) } : {}),
    };
  };
  return (
    <StepPicture
      label="手続きの流れ"
      steps={picture.steps.filter((step) => step.line === "main").map(shown)}
      beside={picture.steps.filter((step) => step.line === "side").map(shown)}
    />
  );
}

/** Which case, as it stands on this page, and the key that makes the step happen once. */
export function StepFields({ found, event }: { found: Pick<CaseRow, "revision">; event?: string }) {
  return (
    <>
      <input type="hidden" name="revision" value={found.revision} />
      <input type="hidden" name="key" value={randomUUID()} />
      {event && <input type="hidden" name="event" value={event} />}
    </>
  );
}

/** A step that needs nothing but a press, or is off with its reasons. */
export function StepButton(props: {
  found: CaseRow;
  action: CaseAction;
  look?: "primary" | "secondary" | "danger";
  confirm?: string;
}) {
  const { found, action } = props;
  if (action.reasons.length > 0)
    return <DisabledAction reasons={action.reasons}>{action.title}</DisabledAction>;
  return (
    <Form action={`${casePath(found.id)}/step`} confirm={props.confirm} class="inline-form">
      <StepFields found={found} event={action.type} />
      <Button look={props.look ?? "primary"}>{action.title}</Button>
    </Form>
  );
}

/** The field in which a person says why; a page has several forms, so the event is part of its name. */
export function CommentField(props: { event: string; label?: string; required?: boolean }) {
  const { event, label = "コメント", required = false } = props;
  return <TextArea name={`comment-${event}`} label={label} required={required} rows={2} />;
}

/** `令和8年11月20日 〜 令和27年3月31日`. */
export function showPeriod(from: string, to: string): string {
  return `${showDate(from as IsoDate)} 〜 ${showDate(to as IsoDate)}`;
}
