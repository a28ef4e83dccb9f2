import { Notification, ProtectedBanner } from "../components/index.ts";
import type { AnyRoute } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { entryOf } from "./entry-subject.ts";
import { stepFormScreens } from "./step-screens.ts";

/** What is applied for, or what a report changes, is entered; provisional until another person confirms it. */
export const entryScreens = (screens: AnyCaseScreens): AnyRoute[] =>
  stepFormScreens(screens, {
    page: "entry",
    right: "case.enter",
    purpose: "counter",
    audit: { opened: "application.opened", sent: "application.entered" },
    look: (work, moment) => entryOf(work, screens, moment),
    title: ({ title }) => title,
    Fields: ({ seen }) => (
      <>
        {seen.head.isProtected && <ProtectedBanner />}
        {seen.fields() ?? (
          <Notification tone="info">
            届出の理由と日付は、届出の受付時に入力済みです。内容を確かめて保存してください。
          </Notification>
        )}
      </>
    ),
    read: (form, entry) => entry.read(form),
    button: "保存する",
    said: "入力を保存しました。別の職員が確認するまでは仮の入力です。",
  });
