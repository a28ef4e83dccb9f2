/**
 * Radicals (U+2E80 to U+2EF3) that look like a whole kanji and get into names by copying, each before the kanji that it
 * stands for, as Unicode's EquivalentUnifiedIdeograph pairs them. NFKC knows but two of them, and all of U+2F00 and on.
 */
const PAIRS =
  "⺁厂⺈刀⺊卜⺌小⺍小⺎兀⺐尢⺒巳⺓幺⺔彑⺕彐⺛旡⺜日⺝月⺞歺⺟母⺠民⺧牛⺩王⺪疋⺫目⺬示⺶羊⺻聿⺽臼⻁虎⻃覀⻄西⻆角⻊足⻑長⻒镸⻗雨⻘青⻝食⻣骨⻤鬼⻨麦⻩黄⻫斉⻭歯⻯竜⻱龜⻲亀";

const pairs = Array.from(PAIRS);

/** Each radical with its kanji. */
export const radicals: ReadonlyMap<string, string> = new Map(
  pairs.flatMap((radical, at) =>
    at % 2 === 0 ? [[radical, pairs[at + 1] ?? radical] as const] : [],
  ),
);
