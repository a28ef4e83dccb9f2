import { Problem } from "../problem.ts";
import { type MissedStep, stepInWords } from "./steps-since.ts";

/** The page was older than the case: tells who did what since. */
export class CaseConflict extends Problem {
  readonly presentRevision: number;
  readonly missed: readonly MissedStep[];

  constructor(presentRevision: number, missed: readonly MissedStep[]) {
    super({
      status: 409,
      message:
        "画面を開いた後に、ほかの職員がこの申請を進めました。内容を確かめてから、もう一度行ってください。",
      details: missed.map(stepInWords),
    });
    this.presentRevision = presentRevision;
    this.missed = missed;
  }
}

/** The step is not possible: why, and what is possible instead. */
export class CaseRefusal extends Problem {
  readonly because: "no-right" | "unknown-event" | "wrong-state" | "conditions" | "comment-missing";
  readonly reasons: readonly string[];
  /** Types of the events that this person may fire now. */
  readonly allowed: readonly string[];

  constructor(
    because: CaseRefusal["because"],
    reasons: readonly string[],
    allowed: readonly string[],
  ) {
    super({
      status: because === "no-right" ? 403 : because === "comment-missing" ? 422 : 409,
      message: reasons[0] ?? "この操作は行えません。",
      details: reasons.slice(1),
    });
    this.because = because;
    this.reasons = reasons;
    this.allowed = allowed;
  }
}
