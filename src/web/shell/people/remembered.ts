import type { ReasonCode, SaidReason } from "#src/platform/reasons.ts";
import { SessionMemory } from "../../session-memory.ts";
import type { Values } from "../../values.ts";

/** The last search of a session. */
export const lastSearch = new SessionMemory<Values>();
/** For whom the 4情報 were opened, and why; what was said in own words lies in the vault. */
export const openedFor = new SessionMemory<{ code: ReasonCode; said?: SaidReason }>();
