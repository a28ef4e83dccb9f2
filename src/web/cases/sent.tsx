import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { CaseRefusal } from "#src/platform/cases/index.ts";
import { EntryProblem, Problem } from "#src/platform/problem.ts";
import { type FieldErrors, Notification } from "../components/index.ts";
import type { Values } from "../values.ts";

/** What was sent and not taken: its page comes back with what was typed, and says why. */
export interface Sent {
  /** The event, or the form of a panel. */
  event: string;
  form: Values;
  errors: FieldErrors;
  /** What stands in the way where no field is wrong. */
  problem?: Problem;
}

/** The status of the page that comes back. */
export const statusOf = (sent: Sent | undefined): number =>
  sent?.problem?.status ?? (sent ? 422 : 200);

export const SentContext = createContext<Sent | undefined>(undefined);

/** What was typed into the form of an event, and what is wrong with it. */
export function useSent(event: string): {
  values?: Values;
  errors?: FieldErrors;
  problem?: Problem | undefined;
  sent: boolean;
} {
  const sent = useContext(SentContext);
  if (sent?.event !== event) return { sent: false };
  return { values: sent.form, errors: sent.errors, problem: sent.problem, sent: true };
}

/** Why something was not taken, in a banner; the comment that was typed is not lost with the form it stood in. */
export function SentNote() {
  const sent = useContext(SentContext);
  if (!sent?.problem) return null;
  const comment = sent.form.text(`comment-${sent.event}`);
  return (
    <ProblemNote problem={sent.problem}>
      {comment && <p>入力していたコメント: {comment}</p>}
    </ProblemNote>
  );
}

/** What somebody else did meanwhile, or what is missing. */
export function ProblemNote(props: { problem: Problem; children?: preact.ComponentChildren }) {
  const { message, details, see, status } = props.problem;
  return (
    <Notification tone={status === 409 ? "warning" : "error"} title={message}>
      {details.length > 0 && (
        <ul>
          {details.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {see && <a href={see.path}>{see.title}</a>}
      {props.children}
    </Notification>
  );
}

/**
 * The mistake as the page shows it: at its field, which may carry the event behind its name (`until-hold`), or above all
 * else.
 *
 * @throws the error itself where the page cannot help
 */
export function sentWith(event: string, form: Values, error: unknown): Sent {
  const problem = problemOf(error);
  const missing = problem instanceof CaseRefusal && problem.because === "comment-missing";
  const field = problem instanceof EntryProblem ? problem.field : missing ? "comment" : undefined;
  if (field === undefined) return { event, form, errors: {}, problem };
  const wrong = problem instanceof EntryProblem ? problem.errors : { [field]: problem.message };
  const errors = Object.fromEntries(
    Object.entries(wrong).map(([name, message]) => {
      const own = `${name}-${event}`;
      return [form.has(own) ? own : name, message];
    }),
  );
  return { event, form, errors };
}

/** What the person can mend: a mistake of the entry, or that somebody else was faster. @throws anything else */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem && (error.status === 409 || error.status === 422)) return error;
  throw error;
}

/**
 * Why a form was not taken, as its page says it: at each field that is wrong, or above all else.
 *
 * @throws the error itself where the page cannot help
 */
export function mistakesOf(error: unknown): { errors?: FieldErrors; problem?: Problem } {
  const problem = problemOf(error);
  return problem instanceof EntryProblem ? { errors: problem.errors } : { problem };
}
