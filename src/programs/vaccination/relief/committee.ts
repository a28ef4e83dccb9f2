import { reliefInvitation } from "#forms/vaccination/relief-invitation.ts";
import { reliefPapers } from "#forms/vaccination/relief-papers.ts";
import {
  answersOfCase,
  panelPapers,
  type ReviewPanel,
  wholeCase,
} from "#src/platform/review-panels/index.ts";
import type { Work } from "#src/platform/work.ts";
import { committeeOpinions, harmClasses } from "#workflows/vaccination/relief/harm.ts";
import { factsOf } from "./basis.ts";
import { maskedCase } from "./masked-case.ts";
import { vaccineName } from "./names.ts";
import { reliefLetters } from "./program-letters.ts";

/** 予防接種健康被害調査委員会: it says whether a causal relation can be denied, and decides nothing. */
export const reliefCommittee: ReviewPanel = {
  code: "relief-committee",
  program: "vaccination",
  letters: reliefLetters,
  words: {
    panel: "調査委員会",
    heading: "健康被害救済 調査委員会",
    case: "請求",
    answer: "報告",
    chair: "委員長",
    papers: "委員会資料（氏名を伏せたもの）",
    next: "請求の画面で「調査委員会の報告を受ける」を行ってください。",
  },
  roles: {
    "medical-association": "医師会",
    "health-centre": "保健所長",
    "prefecture-doctor": "県の推薦する医師",
    specialist: "専門医",
    "deputy-mayor": "副市長",
    other: "その他",
  },
  opinions: committeeOpinions,
  reasons: {},
  compared: false,
  grouped: false,
  matters: async () => wholeCase,
  async agendaLine(work, found) {
    const facts = await factsOf(work, found.id);
    return facts ? `${vaccineName(facts.vaccine)}（${harmClasses[facts.class]}）` : "";
  },
  invitation: reliefInvitation,
  async papers(work, heldOn, cases) {
    const masked = [];
    for (const { position, found } of cases) masked.push(await maskedCase(work, found, position));
    return panelPapers(reliefPapers, { heldOn, cases: masked });
  },
};

/** The report on a claim that was made last, unopened. */
export const latestReport = async (work: Work, caseId: string) =>
  (await answersOfCase(work, caseId)).at(0);
