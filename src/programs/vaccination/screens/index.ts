import { mailingScreens } from "#src/web/mailings/index.ts";
import type { ProgramScreens } from "#src/web/screens.ts";
import "../index.ts";
import { vaccinationPapers } from "../papers.ts";
import { couponCancel, couponFind, couponPage, couponReprint, couponSearch } from "./coupons.tsx";
import { officeFigures } from "./figures.ts";
import { couponOrderPage } from "./order-coupons.tsx";
import { reprintOrderPage } from "./order-reprints.tsx";
import { paths } from "./paths.ts";
import { issueCoupon, personPanels } from "./person-panel.tsx";

const mailings = mailingScreens({
  title: "予防接種",
  papers: vaccinationPapers,
  orders: [couponOrderPage, reprintOrderPage],
});

/** 予防接種 with its screens. */
export const vaccinationScreens: ProgramScreens = {
  ...mailings,
  id: "vaccination",
  title: "予防接種",
  papers: vaccinationPapers,
  menu: [...mailings.menu, { title: "接種券", path: paths.coupons, right: "document.print" }],
  routes: [
    ...mailings.routes,
    couponSearch,
    couponFind,
    couponPage,
    couponReprint,
    couponCancel,
    issueCoupon,
  ],
  officeFigures,
  personPanels: async (work, personNumber) => [
    ...(await personPanels(work, personNumber)),
    ...(await mailings.personPanels(work, personNumber)),
  ],
};
