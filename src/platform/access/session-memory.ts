import { createHmac } from "node:crypto";
import type { Sql } from "postgres";
import type { Platform } from "../platform.ts";
import { seal, unseal } from "../vault/seal.ts";
import type { Work } from "../work.ts";
import type { Actor } from "./actor.ts";

type OfSession = { actor: Pick<Actor, "sessionToken"> };

/** Whose memory it is, and over what it is reached: a unit of work, or the platform where none is under way. */
export type RememberingPlace = OfSession & (Pick<Work, "sql"> | { platform: Platform });

/** More than that, sealed, is not kept. */
const mostBytes = 65_536;

/**
 * Keeps something of a session for a quarter of an hour, such as the last search, so that 戻る finds the same list
 * without anything personal in the address, whichever process serves the page. It lies in the database, sealed with a key
 * made from the token that the browser alone holds. What it is asked for must do without.
 */
export class SessionMemory<T> {
  readonly #name: string;

  /** @param name tells it from the other memories of a session; unique in the program */
  constructor(name: string) {
    this.#name = name;
  }

  async get(place: RememberingPlace, about = ""): Promise<T | undefined> {
    const { sessionToken } = place.actor;
    const { what, key } = this.#places(sessionToken, about);
    const [row] = await sqlOf(place)<{ sealed: Buffer | null }[]>`
      select access.remembered(${sessionToken}, ${what}) as sealed`;
    if (!row?.sealed) return undefined;
    try {
      return JSON.parse(unseal(key, this.#name, row.sealed).toString()) as T;
    } catch {
      // Somebody else wrote it.
      return undefined;
    }
  }

  async set(place: RememberingPlace, value: T, about = ""): Promise<void> {
    const { what, key } = this.#places(place.actor.sessionToken, about);
    const sealed = seal(key, this.#name, JSON.stringify(value));
    await this.#write(place, what, sealed.length <= mostBytes ? sealed : null);
  }

  async forget(place: RememberingPlace, about = ""): Promise<void> {
    await this.#write(place, this.#places(place.actor.sessionToken, about).what, null);
  }

  async #write(place: RememberingPlace, what: Buffer, sealed: Buffer | null): Promise<void> {
    await sqlOf(place)`select access.remember(${place.actor.sessionToken}, ${what}, ${sealed})`;
  }

  /** The database learns of whom something is kept as little as what. */
  #places(token: string, about: string): { what: Buffer; key: Buffer } {
    const keyed = (use: string) =>
      createHmac("sha256", token).update(`madoguchi memory ${use}`).digest();
    return {
      what: keyed(`place ${this.#name} ${about}`),
      key: keyed(`key ${this.#name} ${about}`),
    };
  }
}

const sqlOf = (place: RememberingPlace): Work["sql"] | Sql =>
  "sql" in place ? place.sql : place.platform.database.sql;
