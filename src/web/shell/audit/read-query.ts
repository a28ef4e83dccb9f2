import type { AuditQuery } from "#src/platform/audit/index.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { figures } from "#workflows/text/widths.ts";
import { readDate } from "../../dates.ts";
import type { Values } from "../../values.ts";

/** Reads the auditor's form; errors by field. */
export function readAuditQuery(form: Values): {
  query: AuditQuery;
  errors: Record<string, string>;
} {
  const errors: Record<string, string> = {};
  const day = (name: string) => {
    const text = form.text(name);
    const read = readDate(text);
    if (text && !read) errors[name] = "日付として読めません。例: R8.11.20";
    return read;
  };
  const personNumber = figures(form.text("person"));
  if (personNumber && !isPersonNumber(personNumber)) {
    errors.person = "統合宛名番号の検査数字が合いません。";
  }
  return {
    query: {
      staffId: form.integer("staff"),
      personNumber: personNumber || undefined,
      from: day("from"),
      to: day("to"),
      kind: form.text("kind") || undefined,
      action: form.text("action") || undefined,
      program: form.text("program") || undefined,
      reason: form.text("why") || undefined,
    },
    errors,
  };
}
