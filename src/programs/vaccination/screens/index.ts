import { copyItems, copyScreens } from "#src/web/copies/index.ts";
import { mailingScreens } from "#src/web/mailings/index.ts";
import type { ProgramScreens } from "#src/web/screens.ts";
import { statisticsCopies, statisticsScreens } from "#src/web/statistics/index.ts";
import "../index.ts";
import { vaccinationPapers } from "../papers.ts";
import { vaccinationRecordItems } from "../record-items.ts";
import {
  couponCancel,
  couponFind,
  couponPage,
  couponReprint,
  couponSearch,
  numberHits,
} from "./coupons.tsx";
import { officeFigures } from "./figures.ts";
import { heldOfPerson } from "./held.ts";
import { couponOrderPage } from "./order-coupons.tsx";
import { reprintOrderPage } from "./order-reprints.tsx";
import { paths } from "./paths.ts";
import { issueCoupon, personPanels } from "./person-panel.tsx";
import { vaccinationStatistics } from "./statistics.ts";
import { vaccinationTimeline } from "./timeline.ts";

const mailings = mailingScreens({
  title: "予防接種",
  papers: vaccinationPapers,
  orders: [couponOrderPage, reprintOrderPage],
});
const statistics = statisticsScreens(vaccinationStatistics);
const copies = copyScreens({
  program: vaccinationStatistics.program,
  title: vaccinationStatistics.title,
  sources: [statisticsCopies(vaccinationStatistics)],
});

/** 予防接種 with its screens. */
export const vaccinationScreens: ProgramScreens = {
  ...mailings,
  id: "vaccination",
  title: "予防接種",
  handbook: "05-mailing",
  papers: vaccinationPapers,
  recordItems: vaccinationRecordItems,
  held: heldOfPerson,
  menu: [
    ...mailings.menu,
    { title: "接種券", path: paths.coupons, right: "document.print" },
    ...statistics.menu,
    ...copies.menu,
  ],
  auditWords: {
    "coupon.searched": "接種券を番号で探した",
    "coupon.opened": "接種券の画面を開いた",
    "coupon.issue-asked": "窓口で接種券を発行する操作をした",
    "coupon.reprint-asked": "接種券を再印刷する操作をした",
    "coupon.reprinted": "接種券を再印刷した",
    "coupon.cancel-asked": "接種券を取り消す操作をした",
    "coupon.cancelled": "接種券を取り消した",
    "vaccination.held": "請求に答えるため接種記録と接種券を見た",
  },
  routes: [
    ...mailings.routes,
    couponSearch,
    couponFind,
    couponPage,
    couponReprint,
    couponCancel,
    issueCoupon,
    ...statistics.routes,
    ...copies.routes,
  ],
  workItems: [...mailings.workItems, ...copyItems(vaccinationStatistics)],
  officeFigures,
  timeline: [...mailings.timeline, ...vaccinationTimeline],
  numberHits,
  personPanels: async (work, person) => [
    ...(await personPanels(work, person)),
    ...(await mailings.personPanels(work, person)),
  ],
};
