import { SessionMemory } from "#src/platform/access/index.ts";
import type { ReasonCode, SaidReason } from "#src/platform/reasons.ts";
import { FormMemory } from "../../form-memory.ts";

/** The last search of a session. */
export const lastSearch = new FormMemory("people");
/** For whom the 4情報 were opened, and why; what was said in own words lies in the vault. */
export const openedFor = new SessionMemory<{ code: ReasonCode; said?: SaidReason }>("opened-for");
