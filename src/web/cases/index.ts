import { holds } from "#src/platform/access/actor.ts";
import { copyItems, copyScreens } from "../copies/index.ts";
import { mailingScreens } from "../mailings/index.ts";
import type { ProgramScreens } from "../screens.ts";
import {
  caseSheets,
  entitledMonthsSheet,
  entitledSheet,
  openSheet,
  type Statistics,
  statisticsCopies,
  statisticsScreens,
} from "../statistics/index.ts";
import { assignScreens } from "./assign-screens.ts";
import { attachmentFile } from "./attachment-file.ts";
import { bulkScreens } from "./bulk-screens.tsx";
import { caseList } from "./case-list.tsx";
import { casePage } from "./case-page.tsx";
import { certificateOrders } from "./certificate-orders.tsx";
import { returnScreens, returnsTitle } from "./certificate-returns.tsx";
import { copiedList } from "./copied-list.tsx";
import { decisionPage } from "./decision.tsx";
import type { AnyCaseScreens, CaseScreensDeclaration } from "./declaration.ts";
import { documentsScreens } from "./documents-page.tsx";
import { endingOrders } from "./ending-orders.tsx";
import { entryScreens } from "./entry.tsx";
import { entryHistory } from "./entry-history.tsx";
import { entryWords } from "./entry-words.ts";
import { menuCounts, officeFigures, personMarks } from "./figures.ts";
import { followUpItems } from "./follow-up-items.ts";
import { followUpScreens, followUpsTitle } from "./follow-ups.tsx";
import { formDraftScreens } from "./form-draft-screens.ts";
import { identityScreens } from "./identity-page.tsx";
import { incomeScreens } from "./income-page.tsx";
import { inquiryScreens } from "./inquiry-page.tsx";
import { issuePage } from "./issue.tsx";
import { issuedScreens } from "./issued.tsx";
import { numberHits } from "./number-hits.ts";
import { openScreen } from "./open.tsx";
import { panelScreens } from "./panel-screens.ts";
import { paperScreens } from "./paper-screens.tsx";
import { bulkPath, followUpsPath, listPath, returnsPath, verifyPath } from "./paths.ts";
import { personPanels } from "./person-panel.tsx";
import { asCaseScreens, type PlainCases } from "./plain.ts";
import { runCertificateScreens } from "./run-certificates.tsx";
import { stepScreens } from "./step.ts";
import { stepFormScreens } from "./step-screens.ts";
import { timelineOfCases } from "./timeline.ts";
import { verifyScreens } from "./verify.tsx";

export { compareApplicant, sameAsRegistered } from "./compare-applicant.ts";
export type {
  CaseScreensDeclaration,
  ChangeForm,
  EntryForm,
  EntrySubject,
  Items,
  ListColumn,
  OtherCases,
  OtherView,
} from "./declaration.ts";
export { copiedCases, type PlainCases } from "./plain.ts";
export type { StepForm } from "./step-kind.ts";
export { usualChangeForms } from "./usual-change-forms.tsx";

/** The screens of applications and reports of a 事務 from what it declares, for its `ProgramScreens`. */
export function caseScreens<Entered, Own = undefined>(
  declaration: CaseScreensDeclaration<Entered, Own>,
) {
  const screens: AnyCaseScreens = declaration;
  const { program, title, certificate, documents } = screens.application;
  const figures = statisticsOf(screens);
  const statistics = statisticsScreens(figures);
  const { papers } = screens.application.letters;
  const mailings = mailingScreens({
    title,
    papers,
    orders: [...certificateOrders(screens), ...endingOrders(screens), ...(screens.orders ?? [])],
  });
  const copies = copyScreens({
    program,
    title,
    sources: [copiedList(screens), statisticsCopies(figures)],
  });
  return {
    documents,
    timeline: [...timelineOfCases(screens), ...mailings.timeline],
    entryWords: (piece) => entryWords(screens, piece),
    menu: [
      { title: "申請一覧", path: listPath(program), right: "case.read", count: "open" },
      {
        title: "一括決裁",
        path: bulkPath(program),
        right: "case.approve",
        count: "decisions",
      },
      {
        title: `${certificate.title}の確認`,
        path: verifyPath(program),
        right: "certificate.verify",
      },
      {
        title: followUpsTitle,
        path: followUpsPath(program),
        right: "case.read",
        count: "followUps",
      },
      {
        title: returnsTitle,
        path: returnsPath(program),
        right: "certificate.issue",
        count: "returns",
      },
      ...mailings.menu,
      ...statistics.menu,
      ...copies.menu,
    ],
    routes: [
      ...caseList(screens),
      ...assignScreens(screens),
      ...mailings.routes,
      ...copies.routes,
      ...statistics.routes,
      openScreen(screens),
      casePage(screens),
      ...stepScreens(screens),
      ...identityScreens(screens),
      ...entryScreens(screens),
      entryHistory(screens),
      ...documentsScreens(screens),
      ...incomeScreens(screens),
      ...inquiryScreens(screens),
      ...panelScreens(screens),
      ...formDraftScreens(screens),
      attachmentFile(screens),
      decisionPage(screens),
      ...bulkScreens(screens),
      issuePage(screens),
      ...issuedScreens(screens),
      ...paperScreens(screens),
      ...runCertificateScreens(screens),
      ...followUpScreens(screens),
      ...returnScreens(screens),
      ...verifyScreens(screens),
      ...otherStepForms(screens),
      ...(screens.routes ?? []),
    ],
    workItems: [
      ...mailings.workItems,
      ...copyItems(screens.application),
      ...followUpItems(screens),
    ],
    menuCounts: async (work) => ({
      ...(await menuCounts(program, work)),
      ...(await mailings.menuCounts(work)),
    }),
    officeFigures: (work) => officeFigures(screens, work),
    personMarks: (work, personNumbers) => personMarks(screens, work, personNumbers),
    numberHits: (work, number) => numberHits(screens, work, number),
    personPanels: async (work, person) => [
      ...(await personPanels(screens, work, person)),
      ...(await mailings.personPanels(work, person)),
    ],
  } satisfies Partial<ProgramScreens>;
}

/** The screens of the cases of a 事務 that has no applications, for its `ProgramScreens`. */
export function plainCaseScreens(plain: PlainCases) {
  const screens = asCaseScreens(plain);
  const { program } = plain;
  return {
    documents: plain.documents,
    timeline: timelineOfCases(screens),
    menu: [
      { title: "申請一覧", path: listPath(program), right: "case.read", count: "open" },
      { title: "一括決裁", path: bulkPath(program), right: "case.approve", count: "decisions" },
    ],
    routes: [
      ...caseList(screens),
      ...assignScreens(screens),
      casePage(screens),
      ...stepScreens(screens),
      ...identityScreens(screens),
      ...documentsScreens(screens),
      ...otherStepForms(screens),
      ...panelScreens(screens),
      ...formDraftScreens(screens),
      attachmentFile(screens),
      decisionPage(screens),
      ...bulkScreens(screens),
      ...paperScreens(screens),
    ],
    menuCounts: async (work): Promise<Record<string, number>> => {
      // Whoever has other work of the 事務 sees no case of it.
      if (!holds(work.actor, "case.read", { program })) return {};
      const { open = 0, decisions = 0 } = await menuCounts(program, work);
      return { open, decisions };
    },
    numberHits: (work, number) => numberHits(screens, work, number),
  } satisfies Partial<ProgramScreens>;
}

const otherStepForms = (screens: AnyCaseScreens) =>
  [
    ...(screens.stepForms ?? []),
    ...(screens.others ?? []).flatMap(({ stepForms = [] }) => stepForms),
  ].flatMap((form) => stepFormScreens(screens, form));

/** What is counted in every 事務 of applications, and what this one counts besides. */
function statisticsOf({ application, change, statistics }: AnyCaseScreens): Statistics {
  const { program, title } = application;
  const [decisions, ...others] = caseSheets({ application, change });
  return {
    program,
    title,
    sheets: [
      decisions,
      openSheet(program),
      entitledSheet(application, statistics),
      entitledMonthsSheet(application, statistics),
      ...others,
      ...(statistics.sheets ?? []),
    ],
  };
}
