import type { Actor } from "#src/platform/access/index.ts";
import { addPhrase, type PhraseUse } from "#src/platform/phrases/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";

const sentences: readonly [PhraseUse, string][] = [
  ["remand", "健康保険の資格を証するものの写しを確かめてください。"],
  ["remand", "保護者と対象児童の続柄を、住民記録で確かめてください。"],
  ["remand", "資格取得日と申請の理由が合いません。確かめてください。"],
  ["hold", "健康保険の手続き中のため、資格を証するものを待ちます。"],
  ["hold", "必要書類がそろわないため、補正を求めます。"],
  ["refusal", "申請者の申し出により取り下げます。"],
  ["refusal", "転出が確認されたため、要件を満たしません。"],
  ["note", "電話で連絡しました。折り返しを待ちます。"],
  ["note", "書類の写しを窓口でお預かりしました。"],
];

/** 定型文 of the offices of the demonstration. */
export async function seedPhrases(
  platform: Platform,
  keeper: Actor,
  officeCodes: readonly string[],
): Promise<void> {
  const validFrom = platform.clock.today();
  await runWork(platform, keeper, { purpose: "administration" }, async (work) => {
    for (const officeCode of officeCodes)
      for (const [use, words] of sentences)
        await addPhrase(work, { officeCode, program: null, use, words, validFrom });
  });
}
