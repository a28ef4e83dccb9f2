/** What is wrong at a place of a file: never with the data themselves, which may be personal. */
export interface Fault {
  /** Line or record of the file, from 1. */
  readonly record: number;
  /** The field's name in Japanese. */
  readonly field: string;
  readonly reason: string;
}

/** A file cannot be written as asked. */
export class FormatError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(`${fault.record}件目の${fault.field}: ${fault.reason}`);
    this.name = "FormatError";
    this.fault = fault;
  }
}
