import { SessionMemory } from "../../session-memory.ts";
import type { Values } from "../../values.ts";

/** What an auditor last looked for: kept in memory and not in the address, since a 宛名番号 may be asked for. */
export const lastFilter = new SessionMemory<Values>();
