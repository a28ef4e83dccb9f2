import type { ProgramScreens } from "#src/web/screens.ts";
import { childMedicalPapers } from "../city.ts";
import { openLossesFromRegister } from "../register-losses.ts";
import { program } from "../workflow.ts";
import { caseList } from "./case-list.tsx";
import { casePage } from "./case-page.tsx";
import { openChangeRoute } from "./change-open.ts";
import { decisionPage } from "./decision.tsx";
import { documentsRoute } from "./documents.ts";
import { entryPage, entryRoute } from "./entry.tsx";
import { identityPage, identityRoute } from "./identity.tsx";
import { issuePage } from "./issue.tsx";
import { openRoute } from "./open.ts";
import { documentPage, documentPdf, previewRoute } from "./papers.tsx";
import { personMarks, personPanels } from "./person-panel.tsx";
import { papersRoute, stepRoute } from "./step.ts";
import { verifyPage, verifyRoute } from "./verify.tsx";
import { menuCounts, officeFigures, workItems } from "./work-items.ts";

/** こども医療費助成 with its screens. */
export const childMedicalScreens: ProgramScreens = {
  id: program,
  title: "こども医療費助成",
  papers: childMedicalPapers,
  scheduled: [
    {
      name: "child-medical.register-losses",
      title: "住民記録の異動による資格の確認",
      cron: "5 * * * *",
      run: openLossesFromRegister,
    },
  ],
  menu: [
    {
      title: "申請一覧",
      path: "/child-medical/cases",
      right: "case.read",
      count: "child-medical.open",
    },
    {
      title: "受給者証の確認",
      path: "/child-medical/certificates/verify",
      right: "certificate.verify",
    },
  ],
  routes: [
    caseList,
    openRoute,
    casePage,
    stepRoute,
    papersRoute,
    identityPage,
    identityRoute,
    entryPage,
    entryRoute,
    documentsRoute,
    decisionPage,
    issuePage,
    previewRoute,
    documentPage,
    documentPdf,
    openChangeRoute,
    verifyPage,
    verifyRoute,
  ],
  menuCounts,
  workItems,
  officeFigures,
  personMarks,
  personPanels,
};
