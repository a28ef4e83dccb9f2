import { type CategoryCode, categories } from "#workflows/single-parent-medical/categories.ts";
import { carers } from "#workflows/single-parent-medical/household.ts";

/** 制度該当区分 (事由) by code. */
export const categoryTitles = Object.fromEntries(
  Object.entries(categories.rows[0].value).map(([code, { title }]) => [code, title]),
) as Readonly<Record<CategoryCode, string>>;
export const relationTitles = { mother: "母", father: "父", ...carers } as const;
/** Of a child, and of a 扶養義務者 (民法877条1項: 直系血族 and 兄弟姉妹), as the applicant sees them. */
export const personRelationTitles = {
  child: "子",
  grandchild: "孫",
  parent: "父母",
  grandparent: "祖父母",
  sibling: "兄弟姉妹",
  other: "その他",
} as const;
