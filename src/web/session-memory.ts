import type { Actor } from "#src/platform/access/index.ts";

const keptFor = 15 * 60_000;

/**
 * Keeps something of a session in memory for a quarter of an hour, such as the last search, so that 戻る finds the same list
 * without anything personal in the address. Gone with the process; what it is asked for must do without.
 */
export class SessionMemory<T> {
  readonly #kept = new Map<string, { until: number; value: T }>();

  get({ sessionId }: Pick<Actor, "sessionId">, about = ""): T | undefined {
    const found = this.#kept.get(`${sessionId}|${about}`);
    return found && found.until > Date.now() ? found.value : undefined;
  }

  set({ sessionId }: Pick<Actor, "sessionId">, value: T, about = ""): void {
    const now = Date.now();
    for (const [key, { until }] of this.#kept) if (until < now) this.#kept.delete(key);
    this.#kept.set(`${sessionId}|${about}`, { until: now + keptFor, value });
  }
}
