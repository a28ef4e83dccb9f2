import type { ProgramScreens } from "#src/web/screens.ts";
import "../index.ts";
import { vaccinationPapers } from "../papers.ts";
import { contractorEnd, contractorEntry, contractors } from "./contractors.tsx";
import { couponCancel, couponFind, couponPage, couponReprint, couponSearch } from "./coupons.tsx";
import { handOverPaper, handOvers } from "./hand-overs.tsx";
import { takePackage } from "./package-panel.tsx";
import { paths } from "./parts.tsx";
import { issueCoupon, personPanels } from "./person-panel.tsx";
import { reprintEntry, reprintForm } from "./reprints.tsx";
import { heldItem, releaseHeld, runItems } from "./run-items.tsx";
import { runList } from "./run-list.tsx";
import { newRunEntry, newRunForm } from "./run-new.tsx";
import { runPage, runPreview, runProgress } from "./run-page.tsx";
import { runSteps } from "./run-steps.ts";
import { menuCounts, officeFigures, workItems } from "./work-items.ts";

/** 予防接種 with its screens. */
export const vaccinationScreens: ProgramScreens = {
  id: "vaccination",
  title: "予防接種",
  papers: vaccinationPapers,
  menu: [
    { title: "一括発送", path: paths.runs, right: "mailing.read", count: "vaccination.runs" },
    { title: "授受簿", path: paths.handOvers, right: "mailing.read" },
    { title: "接種券", path: paths.coupons, right: "document.print" },
    { title: "委託先", path: paths.contractors, right: "contractor.manage" },
  ],
  routes: [
    runList,
    newRunForm,
    newRunEntry,
    runPage,
    runProgress,
    runPreview,
    ...runSteps,
    runItems,
    heldItem,
    releaseHeld,
    takePackage,
    handOvers,
    handOverPaper,
    contractors,
    contractorEntry,
    contractorEnd,
    couponSearch,
    couponFind,
    couponPage,
    couponReprint,
    couponCancel,
    reprintForm,
    reprintEntry,
    issueCoupon,
  ],
  menuCounts,
  workItems,
  officeFigures,
  personPanels,
};
