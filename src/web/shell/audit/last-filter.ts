import { FormMemory } from "../../form-memory.ts";

/** What an auditor last looked for: kept for the session and not in the address, since a 宛名番号 may be asked for. */
export const lastFilter = new FormMemory("audit");
