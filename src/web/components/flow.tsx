import type { ComponentChildren } from "preact";

/** A state of a case in the picture of its flow. */
export interface FlowStep {
  label: string;
  state: "done" | "current" | "ahead" | "skipped";
  /** A word below it: the date it was reached, who has it. */
  note?: string;
}

/** The flow of a case: the main way, with where it stands, and the side states (保留, 却下 …) it may turn to. */
export function StepPicture(props: {
  label: string;
  steps: readonly FlowStep[];
  /** States beside the main way; the one in which the case stands is `current`. */
  beside?: readonly FlowStep[];
}) {
  return (
    <section class="step-picture" aria-label={props.label}>
      <ol class="steps">{props.steps.map(stepItem)}</ol>
      {props.beside && props.beside.length > 0 && (
        <ul class="steps steps-beside">{props.beside.map(stepItem)}</ul>
      )}
    </section>
  );
}

function stepItem(step: FlowStep) {
  return (
    <li
      key={step.label}
      class={`step step-${step.state}`}
      aria-current={step.state === "current" ? "step" : undefined}
    >
      <span class="step-label">{step.label}</span>
      {step.state === "done" && <span class="visually-hidden">（済）</span>}
      {step.note && <span class="step-note">{step.note}</span>}
    </li>
  );
}

/** Something that happened: when, who, what, and what changed. */
export interface TimeLineEntry {
  at: string;
  who?: string;
  what: ComponentChildren;
  detail?: ComponentChildren;
  tone?: "success" | "warning" | "error";
}

/** History, the newest first as handed over. */
export function TimeLine({ entries, label }: { entries: readonly TimeLineEntry[]; label: string }) {
  return (
    <ol class="time-line" aria-label={label}>
      {entries.map((entry, index) => (
        <li key={index} class={entry.tone ? `time-line-${entry.tone}` : undefined}>
          <span class="time-line-at">{entry.at}</span>
          <span class="time-line-who">{entry.who}</span>
          <div class="time-line-what">
            {entry.what}
            {entry.detail && <div class="time-line-detail">{entry.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
