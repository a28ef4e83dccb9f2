import { z } from "zod";

/** What the hub says of one row. */
export interface HubAnswer {
  historyKey: string;
  isDeleted: boolean;
  accepted: boolean;
  /** Its error code, cut to what a code may hold; its message is never read, for it may name a person. */
  code: string | null;
}

/**
 * An answer, as this program expects it. Published are the fields of a request only, not those of an answer: an object with
 * `results`, a row each, by 履歴キー. A city whose hub answers otherwise replaces this layout.
 */
const layout = z.object({
  results: z
    .array(
      z.object({
        historyKey: z.string().max(30),
        isDeleted: z.boolean().default(false),
        result: z.enum(["OK", "NG"]),
        errorCode: z.string().optional(),
      }),
    )
    .max(100_000),
});

const asCode = (text: string | undefined): string | null =>
  text?.replaceAll(/[^A-Za-z0-9_.-]/g, "").slice(0, 30) || null;

/** The answers in the bytes of a body or file; `undefined` where they are no such answer. Never throws. */
export function readHubAnswers(bytes: Uint8Array): HubAnswer[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
  const read = layout.safeParse(parsed);
  if (!read.success) return undefined;
  return read.data.results.map(({ historyKey, isDeleted, result, errorCode }) => ({
    historyKey,
    isDeleted,
    accepted: result === "OK",
    code: result === "OK" ? null : asCode(errorCode),
  }));
}
