import { randomUUID } from "node:crypto";
import type { CaseRow, Passage } from "#src/platform/cases/index.ts";
import type { PhraseUse } from "#src/platform/phrases/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Tone } from "#workflows/flows/definition.ts";
import type { Picture, PictureStep } from "#workflows/flows/picture.ts";
import { Badge, ReasonField, StepPicture, TextArea } from "../components/index.ts";
import { showDate } from "../dates.ts";

/** The state of a case in a word and a colour. */
export const StateBadge = ({ tone, title }: { tone: Tone; title: string }) => (
  <Badge tone={tone}>{title}</Badge>
);

const day = new Intl.DateTimeFormat("ja-JP", {
  timeZone: "Asia/Tokyo",
  month: "numeric",
  day: "numeric",
});
const positions = { present: "current", passed: "done", ahead: "ahead" } as const;

/** The flow as the machine has it, with where the case stands and when it came by. */
export function FlowPicture({ picture, reached }: { picture: Picture } & Pick<Passage, "reached">) {
  const shown = (step: PictureStep) => {
    const at = step.position === "ahead" ? undefined : reached.get(step.state);
    return {
      label: step.title,
      state: positions[step.position],
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
export function StepFields(props: { found: Pick<CaseRow, "revision">; event?: string }) {
  return (
    <>
      <input type="hidden" name="revision" value={props.found.revision} />
      <input type="hidden" name="key" value={randomUUID()} />
      {props.event && <input type="hidden" name="event" value={props.event} />}
    </>
  );
}

/** The field in which a person says why; a page has several forms, so the event is part of its name. */
export function CommentField(props: {
  event: string;
  label?: string;
  required?: boolean;
  phrases?: PhraseUse | undefined;
}) {
  const { event, label = "コメント", required = false } = props;
  const field = {
    name: `comment-${event}`,
    label,
    rows: 2,
    phrases: props.phrases ?? ("note" as const),
  };
  return required ? <ReasonField {...field} required /> : <TextArea {...field} />;
}

/** `令和8年11月20日 〜 令和27年3月31日`. */
export const showPeriod = (from: string, to: string): string =>
  `${showDate(from as IsoDate)} 〜 ${showDate(to as IsoDate)}`;

/** The same where there is little room: a date stays in one piece. */
export const Period = ({ from, to }: { from: string; to: string }) => (
  <>
    <span class="nowrap">{showDate(from as IsoDate)}</span>
    {" 〜 "}
    <span class="nowrap">{showDate(to as IsoDate)}</span>
  </>
);
