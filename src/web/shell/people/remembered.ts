import { SessionMemory } from "../../session-memory.ts";
import type { Values } from "../../values.ts";

/** The last search of a session. */
export const lastSearch = new SessionMemory<Values>();
/** For whom the 4情報 were opened, and why. */
export const openedFor = new SessionMemory<string>();
