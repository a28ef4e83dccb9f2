/** Ranks of survivors, the first before the later (予防接種法施行令第24条). */
export const survivorRanks = {
  spouse: "配偶者",
  child: "子",
  parent: "父母",
  grandchild: "孫",
  grandparent: "祖父母",
  sibling: "兄弟姉妹",
} as const;

/**
 * An amount divided among people of one rank: each the whole yen of an equal part, and what is left over one yen each to the first
 * ones. They add up to the amount. (That equal parts are meant stands in 施行令第24条; who gets the yen left over does not: this rule is ours.)
 */
export function sharesOf(amount: number, people: number): number[] {
  if (people < 1) return [];
  const [part, over] = [Math.floor(amount / people), amount % people];
  return Array.from({ length: people }, (_, index) => part + (index < over ? 1 : 0));
}
