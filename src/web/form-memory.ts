import { type RememberingPlace, SessionMemory } from "#src/platform/access/index.ts";
import { Values } from "./values.ts";

/** Keeps the fields of a form that asks for a list, since what is asked for may not stand in an address. */
export class FormMemory {
  readonly #memory: SessionMemory<[name: string, value: string][]>;

  constructor(name: string) {
    this.#memory = new SessionMemory(name);
  }

  async get(place: RememberingPlace): Promise<Values | undefined> {
    const kept = await this.#memory.get(place);
    return kept && new Values(kept);
  }

  set(place: RememberingPlace, form: Values): Promise<void> {
    const names = form.names().filter((name) => name !== "_csrf");
    return this.#memory.set(
      place,
      names.flatMap((name) => form.all(name).map((value): [string, string] => [name, value])),
    );
  }
}
