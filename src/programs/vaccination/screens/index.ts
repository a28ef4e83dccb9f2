import { under } from "#src/platform/program.ts";
import { copiedCases, type PlainCases, plainCaseScreens } from "#src/web/cases/index.ts";
import { copyItems, copyScreens } from "#src/web/copies/index.ts";
import { mailingScreens } from "#src/web/mailings/index.ts";
import { withPayments } from "#src/web/payments/index.ts";
import type { AnyRoute } from "#src/web/route.ts";
import type { ProgramScreens } from "#src/web/screens.ts";
import { statisticsCopies, statisticsScreens } from "#src/web/statistics/index.ts";
import { vaccinationRepaymentTerms } from "#workflows/vaccination/city-parameters-relief.ts";
import { reliefDeadlines } from "#workflows/vaccination/relief/deadlines.ts";
import "../index.ts";
import { copyJobs } from "../exchange/copy-jobs.ts";
import { exemptionExpiry } from "../exemptions/expiry.ts";
import { vaccinationPapers } from "../papers.ts";
import { punchedJobs } from "../punched-files/lots.ts";
import { vaccinationRecordItems } from "../record-items.ts";
import { reliefLetters, reliefPaperTitles, reliefRequired } from "../relief/index.ts";
import { reliefAmountTrials } from "../relief-benefits/trial.ts";
import { letterDocuments, letterPaperTitles, refundPaperTitles } from "../request-letters/index.ts";
import { heldOfClinicClaims } from "./clinic-claims/held.ts";
import {
  clinicClaimAuditWords,
  clinicClaimItems,
  clinicClaimMenu,
  clinicClaimRoutes,
} from "./clinic-claims/index.ts";
import {
  clinicAuditWords,
  clinicHits,
  clinicItemsOfWork,
  clinicMenu,
  clinicRoutes,
} from "./clinics/index.ts";
import {
  couponCancel,
  couponFind,
  couponPage,
  couponReprint,
  couponSearch,
  numberHits,
} from "./coupons.tsx";
import {
  exchangeAuditWords,
  exchangeItems,
  exchangeMenu,
  exchangePanels,
  exchangeRoutes,
  heldOfExchange,
  inquiryCopies,
} from "./exchange/index.tsx";
import { exemptionAuditWords } from "./exemptions/audit-words.ts";
import { certificateHits, certificateScreens } from "./exemptions/certificates.tsx";
import { heldOfExemptions } from "./exemptions/held.ts";
import { exemptionList } from "./exemptions/list.tsx";
import { exemptionListScreens } from "./exemptions/lists.tsx";
import { exemptionNewScreens } from "./exemptions/new.tsx";
import { exemptionOrderPage } from "./exemptions/order.tsx";
import { exemptionScreens } from "./exemptions/page.tsx";
import { exemptionPaths } from "./exemptions/paths.ts";
import { exemptionPanels } from "./exemptions/person-panel.tsx";
import { exemptionTimeline } from "./exemptions/timeline.ts";
import { exemptionItems } from "./exemptions/work-items.ts";
import { officeFigures } from "./figures.ts";
import { heldOfPerson } from "./held.ts";
import { adverseScreens } from "./mistakes/adverse.tsx";
import { mistakeAuditWords } from "./mistakes/audit-words.ts";
import { mistakeList } from "./mistakes/list.tsx";
import { mistakeNewScreens } from "./mistakes/new.tsx";
import { mistakeScreens } from "./mistakes/page.tsx";
import { mistakeYearCopies } from "./mistakes/year-copies.tsx";
import { mistakeYearScreens } from "./mistakes/years.tsx";
import { couponOrderPage } from "./order-coupons.tsx";
import { reprintOrderPage } from "./order-reprints.tsx";
import { paths } from "./paths.ts";
import { issueCoupon, personPanels } from "./person-panel.tsx";
import { punchedAuditWords, punchedItemSources, punchedRoutes } from "./punched-files/index.ts";
import { recordAuditWords } from "./records/audit-words.ts";
import { entryScreens } from "./records/entry.tsx";
import { lotScreens } from "./records/lot-list.tsx";
import { issuePaper, paperAgain, recordPanels } from "./records/person-records.tsx";
import { recordScreen } from "./records/record-page.tsx";
import { recordStepScreens } from "./records/record-steps.ts";
import { revisionList } from "./records/revision-list.tsx";
import { slipList } from "./records/slip-list.tsx";
import { slipScreens } from "./records/slip-page.tsx";
import {
  heldOfRelief,
  reliefAuditWords,
  reliefCases,
  reliefEntryWords,
  reliefMenu,
  reliefPanels,
  reliefRoutes,
} from "./relief/index.ts";
import {
  reliefBenefitAuditWords,
  reliefBenefitMenu,
  reliefBenefitRoutes,
} from "./relief-benefits/index.ts";
import { pensionItems } from "./relief-benefits/work-items.ts";
import {
  reportAuditWords,
  reportCopies,
  reportItems,
  reportMenu,
  reportRoutes,
} from "./reports/index.ts";
import {
  letterCases,
  refundCases,
  requestPanels,
  requestScreens,
  requestWords,
} from "./request-letters/index.ts";
import { specialAuditWords } from "./special/audit-words.ts";
import { heldOfSpecial } from "./special/held.ts";
import { specialList } from "./special/list.tsx";
import { specialMarks } from "./special/marks.ts";
import { specialNewScreens } from "./special/new.tsx";
import { specialScreens } from "./special/page.tsx";
import { specialPaths } from "./special/paths.ts";
import { specialPanels } from "./special/person-panel.tsx";
import { specialTimeline } from "./special/timeline.ts";
import { specialItems } from "./special/work-items.ts";
import { vaccinationStatistics } from "./statistics.ts";
import {
  noticePanels,
  noticeReprintPages,
  targetAuditWords,
  targetCopies,
  targetItems,
  targetRoutes,
} from "./targets/index.ts";
import { vaccinationTimeline } from "./timeline.ts";
import { recordItems } from "./work-items.ts";

const mailings = mailingScreens({
  title: "予防接種",
  papers: vaccinationPapers,
  orders: [couponOrderPage, reprintOrderPage, ...noticeReprintPages, exemptionOrderPage],
});
const statistics = statisticsScreens(vaccinationStatistics);
/** Cases of 予防接種: none is an application for an entitlement. */
const plain: PlainCases = {
  program: "vaccination",
  title: "予防接種",
  shortTitle: "予防接種",
  documents: { ...reliefRequired, ...letterDocuments },
  letters: reliefLetters,
  words: {
    subject: "接種を受けた方",
    subjectInLetters: "接種を受けた方",
    receivedOn: "受付日",
  },
  paperTitles: { ...reliefPaperTitles, ...letterPaperTitles, ...refundPaperTitles },
  deadlines: reliefDeadlines,
  others: [reliefCases, letterCases, refundCases],
  showsAge: true,
};
const cases = plainCaseScreens(plain);
const copies = copyScreens({
  program: vaccinationStatistics.program,
  title: vaccinationStatistics.title,
  sources: [
    copiedCases(plain),
    statisticsCopies(vaccinationStatistics),
    mistakeYearCopies,
    reportCopies,
    targetCopies,
    inquiryCopies,
  ],
});

const withHandbook = (handbook: string, routes: readonly AnyRoute[]): AnyRoute[] =>
  routes.map((route) => ({ ...route, handbook }));

/** Its screens, before those of its payments. */
const screens: ProgramScreens = {
  ...mailings,
  id: "vaccination",
  title: "予防接種",
  handbook: "05-mailing",
  papers: vaccinationPapers,
  recordItems: vaccinationRecordItems,
  held: async (work, request) => [
    ...(await heldOfPerson(work, request)),
    ...(await heldOfRelief(work, request)),
    ...(await heldOfSpecial(work, request)),
    ...(await heldOfExemptions(work, request)),
    ...(await heldOfExchange(work, request)),
    ...(await heldOfClinicClaims(work, request)),
  ],
  entryWords: ({ data }) => reliefEntryWords(data),
  documents: cases.documents,
  menu: [
    // What the counter opens all day comes first.
    { title: "予診票の入力", path: paths.slipEntry, right: "case.enter" },
    {
      title: "予診票の処理",
      path: paths.slips,
      right: "case.read",
      also: [paths.lots, paths.revisions, "/vaccination/records"],
    },
    { title: "接種券", path: paths.coupons, right: "document.print" },
    ...cases.menu,
    {
      title: "自己負担減免",
      path: exemptionPaths.list,
      right: "case.read",
      also: [exemptionPaths.certificates, exemptionPaths.lists, "/vaccination/exemption-new"],
    },
    {
      title: "特例・注意",
      path: specialPaths.list,
      right: "case.read",
      also: ["/vaccination/special-new"],
    },
    { title: "パンチデータ", path: paths.punchedFiles, right: "case.read" },
    ...under("対象者・発送", [
      {
        title: "対象者抽出",
        path: paths.targets,
        right: "mailing.read",
        also: [paths.targetLists, paths.pieceResults, "/vaccination/target-sessions"],
      },
      ...mailings.menu,
    ]),
    ...under("医療機関・委託料", [...clinicMenu, ...clinicClaimMenu]),
    ...under("健康被害・間違い", [
      ...reliefMenu,
      ...reliefBenefitMenu,
      {
        title: "間違い接種",
        path: paths.mistakes,
        right: "case.read",
        also: [paths.mistakeYears, paths.adverseReports],
      },
    ]),
    ...under("情報連携", exchangeMenu),
    ...under("報告・統計", [...reportMenu, ...statistics.menu, ...copies.menu]),
  ],
  auditWords: {
    ...reliefAuditWords,
    ...requestWords,
    ...reliefBenefitAuditWords,
    "coupon.searched": "接種券を番号で探した",
    "coupon.opened": "接種券の画面を開いた",
    "coupon.issue-asked": "窓口で接種券を発行する操作をした",
    "coupon.reprint-asked": "接種券を再印刷する操作をした",
    "coupon.reprinted": "接種券を再印刷した",
    "coupon.cancel-asked": "接種券を取り消す操作をした",
    "coupon.cancelled": "接種券を取り消した",
    ...recordAuditWords,
    ...punchedAuditWords,
    ...mistakeAuditWords,
    ...targetAuditWords,
    ...clinicAuditWords,
    ...specialAuditWords,
    ...exemptionAuditWords,
    ...clinicClaimAuditWords,
    ...reportAuditWords,
    ...exchangeAuditWords,
    "vaccination.held": "請求に答えるため接種記録と接種券を見た",
  },
  routes: [
    ...cases.routes,
    ...reliefRoutes,
    ...requestScreens,
    ...reliefBenefitRoutes,
    ...mailings.routes,
    couponSearch,
    couponFind,
    couponPage,
    couponReprint,
    couponCancel,
    issueCoupon,
    ...withHandbook("26-vaccination-records", [
      ...entryScreens,
      ...lotScreens,
      slipList,
      ...slipScreens,
      revisionList,
      recordScreen,
      ...recordStepScreens,
      issuePaper,
      paperAgain,
    ]),
    ...withHandbook("32-punched-files", punchedRoutes),
    ...withHandbook("28-clinics", clinicRoutes),
    ...withHandbook("29-clinic-claims", clinicClaimRoutes),
    ...withHandbook("30-targets", targetRoutes),
    ...withHandbook("27-mistakes", [
      mistakeList,
      ...mistakeNewScreens,
      ...mistakeScreens,
      ...mistakeYearScreens,
      ...adverseScreens,
    ]),
    ...withHandbook("31-special", [specialList, ...specialNewScreens, ...specialScreens]),
    ...withHandbook("35-exemptions", [
      exemptionList,
      ...exemptionNewScreens,
      ...exemptionScreens,
      ...certificateScreens,
      ...exemptionListScreens,
    ]),
    ...withHandbook("33-vaccination-reports", reportRoutes),
    ...exchangeRoutes,
    ...statistics.routes,
    ...copies.routes,
  ],
  workItems: [
    ...mailings.workItems,
    ...recordItems,
    ...targetItems,
    ...punchedItemSources,
    ...reportItems,
    ...pensionItems,
    ...clinicItemsOfWork,
    ...specialItems,
    ...exemptionItems,
    ...clinicClaimItems,
    ...exchangeItems,
    ...copyItems(vaccinationStatistics),
  ],
  officeFigures,
  handlers: [...punchedJobs, ...copyJobs],
  scheduled: [exemptionExpiry],
  parameterTrials: reliefAmountTrials,
  timeline: [
    ...cases.timeline,
    ...mailings.timeline,
    ...vaccinationTimeline,
    specialTimeline,
    ...exemptionTimeline,
  ],
  menuCounts: async (work) => ({
    ...(await cases.menuCounts(work)),
    ...(await mailings.menuCounts(work)),
  }),
  numberHits: async (work, number) => [
    ...(await cases.numberHits(work, number)),
    ...(await numberHits(work, number)),
    ...(await clinicHits(work, number)),
    ...(await certificateHits(work, number)),
  ],
  personMarks: specialMarks,
  personPanels: async (work, person) => [
    ...(await personPanels(work, person)),
    ...(await requestPanels(work, person)),
    ...(await recordPanels(work, person)),
    ...(await specialPanels(work, person)),
    ...(await exemptionPanels(work, person)),
    ...(await exchangePanels(work, person)),
    ...(await reliefPanels(work, person)),
    ...(await noticePanels(work, person)),
    ...(await mailings.personPanels(work, person)),
  ],
};

/** 予防接種 with its screens. */
export const vaccinationScreens: ProgramScreens = withPayments(
  { letters: reliefLetters, terms: vaccinationRepaymentTerms, menuPart: "支払" },
  screens,
);
