import { setTimeout as delay } from "node:timers/promises";

/** Longer than that, in milliseconds, the database is not waited for. */
const patience = 2_000;

/** What the database answers, or an error where it takes too long: who watches is told so and not kept waiting. */
export async function withinPatience<T>(asked: Promise<T>): Promise<T> {
  const answered = new AbortController();
  const late = delay(patience, undefined, { signal: answered.signal }).then(() => {
    throw new Error("the database did not answer in time");
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    late.catch(() => {});
    asked.catch(() => {});
    answered.abort();
  }
}
