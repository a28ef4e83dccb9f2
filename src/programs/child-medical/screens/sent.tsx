import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { CaseRefusal } from "#src/platform/cases/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { type FieldErrors, Notification } from "#src/web/components/index.ts";
import type { Values } from "#src/web/values.ts";
import { EntryProblem } from "../entry-problem.ts";

/** A step that was sent and not taken: its page comes back with what was typed, and says why. */
export interface Sent {
  event: string;
  form: Values;
  errors: FieldErrors;
  /** What stands in the way where no field is wrong. */
  problem?: Problem;
}

export const SentContext = createContext<Sent | undefined>(undefined);

/** What was typed into the form of an event, and what is wrong with it. */
export function useSent(event: string): { values?: Values; errors?: FieldErrors; sent: boolean } {
  const sent = useContext(SentContext);
  return sent?.event === event
    ? { values: sent.form, errors: sent.errors, sent: true }
    : { sent: false };
}

/** Why a step was not taken: what somebody else did meanwhile, or what is missing. */
export function SentNote() {
  const problem = useContext(SentContext)?.problem;
  if (!problem) return null;
  return (
    <Notification tone={problem.status === 409 ? "warning" : "error"} title={problem.message}>
      <ul>
        {problem.details.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {problem.see && <a href={problem.see.path}>{problem.see.title}</a>}
    </Notification>
  );
}

/** The mistake of a step as the page shows it; anything else goes on to the shell. */
export function sentWith(event: string, form: Values, error: unknown): Sent {
  if (!(error instanceof Problem) || (error.status !== 409 && error.status !== 422)) throw error;
  const commentMissing = error instanceof CaseRefusal && error.because === "comment-missing";
  const field =
    error instanceof EntryProblem ? error.field : commentMissing ? `comment-${event}` : undefined;
  return field
    ? { event, form, errors: { [field]: error.message } }
    : { event, form, errors: {}, problem: error };
}
