import { Problem } from "#src/platform/problem.ts";

/** A mistake in one field of a form; its sentence stands at the field. */
export class EntryProblem extends Problem {
  readonly field: string;

  constructor(field: string, message: string) {
    super({ status: 422, message });
    this.field = field;
  }
}
