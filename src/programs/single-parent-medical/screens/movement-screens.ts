import type { ProgramScreens } from "#src/web/screens.ts";
import { transfers } from "#workflows/single-parent-medical/transfers.ts";
import { endExpired, handOverHouseholds } from "../index.ts";
import { deliveriesPath, deliveriesTitle, deliveryScreens } from "./deliveries.tsx";
import { remoteItems, remotePath, remoteScreens, remoteTitle } from "./remote.tsx";

const auditWords = {
  "deliveries.listed": "交付した証の受渡しの一覧を開いた",
  "delivery.sent": "証を窓口で渡したことを記録する操作をした",
  "monthly-mailing.started": "証の月次発送を始めた",
  "remote-certificates.listed": "遠隔地証の一覧を開いた",
  "remote-certificate.reminder-sent": "遠隔地証の更新のお知らせを印刷する操作をした",
  "remote-certificate.reminded": "遠隔地証の更新のお知らせを作った",
  "benefit.expired": "期限の過ぎた遠隔地証・被災者を非該当にした",
  "household.handed-over": "区間異動により世帯を新しい所管区に引き継いだ",
  "certificate.given": "証を窓口で渡したことを記録した",
};

/** The screens with what ひとり親 has of its own beside cases: 遠隔地証 by its day, 受渡し of certificates, what ends by the clock, 移転. */
export const withMovements = (screens: ProgramScreens): ProgramScreens => ({
  ...screens,
  transfers,
  routes: [...screens.routes, ...remoteScreens, ...deliveryScreens],
  menu: [
    ...screens.menu,
    { title: remoteTitle, path: remotePath, right: "case.read" },
    { title: deliveriesTitle, path: deliveriesPath, right: "certificate.issue" },
  ],
  workItems: [...(screens.workItems ?? []), remoteItems],
  auditWords: { ...screens.auditWords, ...auditWords },
  scheduled: [
    ...(screens.scheduled ?? []),
    {
      name: "single-parent-medical.expiry",
      title: "遠隔地証・被災者の期限の経過",
      cron: "5 1 * * *",
      run: endExpired,
    },
    {
      name: "single-parent-medical.hand-over",
      title: "区間異動による所管区の引継ぎ",
      cron: "20 * * * *",
      run: handOverHouseholds,
    },
  ],
});
