import type { Work } from "../work.ts";

/** What is recorded besides who, when, where, why and in which case. Never personal data. */
export interface AuditEntry {
  kind:
    | "look"
    | "search"
    | "select"
    | "change"
    | "event"
    | "print"
    | "export"
    | "verify"
    | "refusal";
  /** Such as `case.opened`, `document.printed`. */
  action: string;
  /** 統合宛名番号 of those concerned: one record each. */
  persons?: string[] | undefined;
  /** Names of the items seen or changed. */
  items?: string[] | undefined;
  /** Counts, codes, numbers of things. */
  detail?: Record<string, unknown> | undefined;
}

/** Writes audit records in the transaction of the work: they exist if and only if the work does. */
export async function recordAudit(work: Work, entry: AuditEntry): Promise<void> {
  await work.sql`select audit.write(${entry.kind}, ${entry.action}, ${entry.persons ?? null}::text[],
    ${entry.items ?? null}::text[], ${entry.detail ? JSON.stringify(entry.detail) : null}::text::jsonb)`;
}
