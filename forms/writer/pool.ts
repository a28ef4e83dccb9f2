import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { FontSupply } from "../fonts/fonts.ts";
import { type Form, templateName, type Wording } from "../language/form.ts";
import type { Envelope } from "./envelopes.ts";
import type { BulkResult } from "./write.ts";

export interface FilesOptions {
  readonly workers?: number;
  /** What the city supplies beside the built-in fonts. */
  readonly supply?: FontSupply;
  /** The city's own words for the form's standing texts. */
  readonly wording?: Wording;
}

/** What a worker is told: the form by name, since functions can't be sent, and the pieces of one file. */
export interface FileOrder extends Omit<FilesOptions, "workers"> {
  readonly template: string;
  readonly pieces: readonly unknown[];
  readonly envelopes?: readonly Envelope[] | undefined;
}

/** The pieces of a file, and where they go together, in which envelopes. */
export type Batch<Data> =
  | readonly Data[]
  | { readonly pieces: readonly Data[]; readonly envelopes?: readonly Envelope[] | undefined };

/**
 * Writes many files on all cores, one file a worker at a time, and gives them in the order of the batches. No more than
 * two batches a worker are taken ahead, so that memory stays flat however many there are. The form must be registered.
 */
export async function* writeFiles<Data>(
  form: Form<Data>,
  batches: Iterable<Batch<Data>> | AsyncIterable<Batch<Data>>,
  { workers = availableParallelism(), ...options }: FilesOptions = {},
): AsyncGenerator<BulkResult> {
  const crew = Array.from(
    { length: workers },
    () => new Worker(new URL("./worker.ts", import.meta.url)),
  );
  const idle = [...crew];
  const waiting: ((worker: Worker) => void)[] = [];
  const ahead: Promise<BulkResult>[] = [];
  const order = async (batch: Batch<Data>): Promise<BulkResult> => {
    const worker = idle.pop() ?? (await new Promise<Worker>((resolve) => waiting.push(resolve)));
    try {
      return await fileFrom(worker, {
        template: templateName(form),
        ...("pieces" in batch ? batch : { pieces: batch }),
        ...options,
      });
    } finally {
      const next = waiting.shift();
      if (next) next(worker);
      else idle.push(worker);
    }
  };
  try {
    for await (const batch of batches) {
      const file = order(batch);
      file.catch(() => undefined);
      ahead.push(file);
      if (ahead.length >= 2 * workers) yield await (ahead.shift() as Promise<BulkResult>);
    }
    for (const file of ahead) yield await file;
  } finally {
    await Promise.all(crew.map((worker) => worker.terminate()));
  }
}

function fileFrom(worker: Worker, order: FileOrder): Promise<BulkResult> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      worker.off("message", onMessage).off("error", onError);
      done();
    };
    const onMessage = (result: BulkResult) => settle(() => resolve(result));
    const onError = (error: Error) => settle(() => reject(error));
    worker.on("message", onMessage).on("error", onError);
    worker.postMessage(order);
  });
}
