/** What stands in the way of a request, said so that the person at the counter knows what to do. */
export interface ProblemDetails {
  /**
   * 403 not allowed, 404 not there, 409 the world has moved on, 422 the entry cannot be taken, 503 the administrator has yet
   * to register what is needed.
   */
  status: 403 | 404 | 409 | 422 | 503;
  /** One Japanese sentence; never holds personal data. */
  message: string;
  /** What changed, what is missing: one line each. */
  details?: readonly string[];
  /** The page of ours on which one goes on. */
  see?: { title: string; path: `/${string}` };
  /** The right that is lacking, where it is one; for the log. */
  lacks?: string;
}

/** Thrown where a request cannot be done; `web/server/error-pages.tsx` answers it. Its text is shown, so it holds no personal data. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: ProblemDetails["status"];
  readonly details: readonly string[];
  readonly see: ProblemDetails["see"];
  readonly lacks: string | undefined;

  constructor({ status, message, details = [], see, lacks }: ProblemDetails) {
    super(message);
    this.status = status;
    this.details = details;
    this.see = see;
    this.lacks = lacks;
  }
}

/** A mistake in one field of a form; its sentence stands at the field. */
export class EntryProblem extends Problem {
  readonly field: string;

  constructor(field: string, message: string) {
    super({ status: 422, message });
    this.field = field;
  }
}

/** The thing asked for is not there, or not visible to this person: both look the same. */
export function notFound(message = "お探しのものは見つかりません。"): Problem {
  return new Problem({ status: 404, message });
}

/** Somebody else was faster; `details` say who changed what. */
export function conflict(message: string, details: readonly string[] = []): Problem {
  return new Problem({ status: 409, message, details });
}
