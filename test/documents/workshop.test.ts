import { describe, expect, test } from "vitest";
import { formOf, forms, templateName } from "#forms/index.ts";
import { pictureAt, workshop } from "./workshop-pages.ts";

describe("帳票の工房", () => {
  test("すべての帳票と版を、すべての見本で見せる。止まるものはない", async () => {
    const page = await workshop(undefined, false);
    const shown = forms.flatMap((form) => [
      `<small>${templateName(form)}・`,
      ...Object.keys(form.samples).map((sample) => `>${sample}</a> 1枚目`),
    ]);
    expect(shown.filter((part) => !page.includes(part))).toEqual([]);
  });
  test("1つの帳票だけを、市が決められる文言と一緒に見せる", async () => {
    const page = await workshop(formOf("letters/approval v1"), true);
    expect(page.match(/<section>/g)).toHaveLength(1);
    expect(page).toContain("<dt>intro</dt>");
    expect(page).toContain("marked=1");
  });
  test("ページの画像を渡し、ないページは渡さない", async () => {
    const place = { form: formOf("letters/approval v1"), index: 0, marked: false };
    expect((await pictureAt(place, 0))?.subarray(1, 4).toString()).toBe("PNG");
    expect(await pictureAt(place, 1)).toBeUndefined();
  });
});
