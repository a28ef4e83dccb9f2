/** Characters that show nothing of their own: they choose a shape of the kanji before them. */
export const variationSelectors = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

const prefecture =
  /^(?:北海道|東京都|(?:京都|大阪)府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県)/;

/**
 * Whether what a person wrote is what the register has: widths, spaces and registered shapes of a kanji do not count,
 * since they cannot be typed at every terminal; old and new kanji (髙 and 高) do.
 */
export const sameText = (a: string, b: string): boolean => bare(a) === bare(b);

/** Like {@link sameText}; nor does it count whether an address begins with its prefecture. */
export const sameAddress = (a: string, b: string): boolean =>
  bare(a).replace(prefecture, "") === bare(b).replace(prefecture, "");

const bare = (text: string) =>
  text.replace(variationSelectors, "").normalize("NFKC").replace(/\s/g, "");
