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
  /** Each field that is wrong and its sentence, this one first: forms name all of them at once. */
  readonly errors: Readonly<Record<string, string>>;

  constructor(field: string, message: string, others: Readonly<Record<string, string>> = {}) {
    super({ status: 422, message });
    this.field = field;
    this.errors = { [field]: message, ...others };
  }
}

/** Judges the fields of a form in their order and tells all that is wrong with them at once. */
export class EntryFaults {
  readonly #found = new Map<string, string>();

  /** The value; where there is none (nothing, an empty text), the field is at fault and `end` throws. */
  need<Value>(field: string, value: Value | undefined, message: string): Value {
    if ((value === undefined || value === "") && !this.#found.has(field))
      this.#found.set(field, message);
    return value as Value;
  }

  /** The value that a check gives; where it throws an `EntryProblem`, its fields are at fault and `end` throws. */
  async check<Value>(judge: () => Value | Promise<Value>): Promise<Value> {
    try {
      return await judge();
    } catch (error) {
      if (!(error instanceof EntryProblem)) throw error;
      for (const [field, message] of Object.entries(error.errors)) this.need(field, "", message);
      return undefined as Value;
    }
  }

  /** Nothing that was judged may be used before. @throws EntryProblem with all fields that are at fault */
  end(): void {
    const [first, ...others] = this.#found;
    if (first) throw new EntryProblem(...first, Object.fromEntries(others));
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
