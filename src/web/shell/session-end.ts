import type { SessionEnd } from "#src/platform/access/index.ts";
import type { Flash } from "../reply.ts";

/** What the sign-in page says of a session that is over; the names stand in its address. */
const ends = {
  elsewhere: {
    tone: "warning",
    text: "同じ職員番号で別の端末からサインインがあったため、この端末での利用は終わりました。心当たりがないときは、すぐにシステム管理者へ連絡してください。",
  },
  terminal: {
    tone: "warning",
    text: "サインインした端末とは別の端末から使われたため、利用を終わりにしました。心当たりがないときは、すぐにシステム管理者へ連絡してください。",
  },
  reset: {
    tone: "info",
    text: "システム管理者がパスワードと確認コードを設定し直したため、利用は終わりました。新しいパスワードでサインインしてください。",
  },
  transferred: {
    tone: "info",
    text: "所属が変わったため、利用は終わりました。新しい所属での権限が承認されてから、サインインしてください。",
  },
  disabled: {
    tone: "warning",
    text: "この職員番号は利用を停止されました。業務で必要な場合は、システム管理者へ連絡してください。",
  },
  expired: {
    tone: "warning",
    text: "この職員番号の有効期限が過ぎました。業務で必要な場合は、システム管理者へ連絡してください。",
  },
  long: {
    tone: "info",
    text: "サインインから長い時間がたったため、利用は終わりました。書きかけの内容は下書きに残っています。もう一度サインインしてください。",
  },
  left: { tone: "info", text: "サインアウトしました。" },
} as const satisfies Record<string, Flash>;

const namesOf: Record<SessionEnd, keyof typeof ends> = {
  "signed in elsewhere": "elsewhere",
  "used at another terminal": "terminal",
  "credential reset": "reset",
  transferred: "transferred",
  disabled: "disabled",
  expired: "expired",
  "lived out": "long",
  "signed out": "left",
  "signed out while locked": "left",
};

/** The address of the sign-in page that says why a session is over and leads back to where the person was. */
export function signInAddress(why?: SessionEnd | null, back = "/"): `/${string}` {
  const query = new URLSearchParams({
    // What an earlier version wrote says nothing here.
    ...(why && Object.hasOwn(namesOf, why) && { why: namesOf[why] }),
    ...(back !== "/" && { back }),
  });
  return query.size > 0 ? `/sign-in?${query}` : "/sign-in";
}

/** The words for what stands in the address of the sign-in page; nothing for anything else. */
export const endInWords = (why: string): Flash | undefined =>
  Object.hasOwn(ends, why) ? ends[why as keyof typeof ends] : undefined;
