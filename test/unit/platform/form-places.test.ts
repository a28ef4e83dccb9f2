import { expect, test } from "vitest";
import { forms } from "#forms/index.ts";
import { placesFromWords, placesInWords } from "#src/web/shell/form-settings/words.ts";

test("文に差し込むものの名は、どの帳票でも日本語で、書き戻すと元の名に戻る", () => {
  for (const { id, wording } of forms)
    for (const text of Object.values(wording ?? {})) {
      const shown = placesInWords(text);
      expect(shown.match(/\{\w+\}/g), id).toBeNull();
      expect(placesFromWords(shown), id).toBe(text);
    }
});
