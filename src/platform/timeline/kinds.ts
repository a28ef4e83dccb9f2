import type { TimelineKind } from "./source.ts";

/** Kinds that several 事務 share, in words; a 事務 may have kinds of its own beside them. */
export const timelineKinds = {
  case: { id: "case", title: "申請・届出" },
  entitlement: { id: "entitlement", title: "資格" },
  paper: { id: "paper", title: "証・文書" },
  payment: { id: "payment", title: "支払" },
  mailing: { id: "mailing", title: "郵便" },
  register: { id: "register", title: "住民記録" },
  note: { id: "note", title: "メモ" },
} as const satisfies Record<string, TimelineKind>;
