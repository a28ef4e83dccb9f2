import { expect, test } from "vitest";
import { forms, inspectPiece } from "#forms/index.ts";

/** In no font, and found wherever it turns up. */
const mark = "\u{10fffd}";
const ours = /^(documents|office|issuer)$/;
const personal = /^(name|kana|address|building|guardian|attention)$/;

/** The data with the mark before every name and address. */
function marked(data: unknown, key = ""): unknown {
  if (typeof data === "string") return personal.test(key) ? mark + data : data;
  if (Array.isArray(data) && !ours.test(key)) return data.map((one) => marked(one, key));
  if (typeof data !== "object" || data === null || data instanceof Uint8Array || ours.test(key))
    return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, marked(value, name)]),
  );
}

test("止まった欄の名には、氏名や住所の文字が入らない", () => {
  for (const form of forms)
    for (const [title, sample] of Object.entries(form.samples)) {
      const problems = inspectPiece(form, marked(sample));
      for (const { field } of problems)
        expect(field, `${form.id} v${form.version} ${title}`).not.toContain(mark);
    }
});
