import { panelInvitationOfIntractable } from "#forms/intractable-disease/panel-invitation.ts";
import { panelPapersOfIntractable } from "#forms/intractable-disease/panel-papers.ts";
import { panelPapers, type ReviewPanel } from "#src/platform/review-panels/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { diseaseTitle } from "#workflows/intractable-disease/diseases.ts";
import { panelOpinions, panelReasons } from "#workflows/intractable-disease/review.ts";
import { intractable } from "./application.ts";
import { maskedCase, requireEntered } from "./masked-case.ts";
import { sortTitles } from "./titles.ts";

type Found = Parameters<ReviewPanel["matters"]>[1];

const diseasesOf = async (work: Work, found: Found) =>
  (await requireEntered(work, found)).records.map(({ disease }) => ({
    code: String(disease),
    title: diseaseTitle(disease, found.receivedOn as IsoDate),
  }));

/** 指定難病審査会 (難病法第8条): it says of each disease whether the criteria are met, and decides nothing. */
export const intractablePanel: ReviewPanel = {
  code: "intractable-disease",
  program: intractable.program,
  letters: intractable.letters,
  words: {
    panel: "審査会",
    heading: "指定難病審査会",
    case: "申請",
    answer: "答申",
    chair: "会長",
    papers: "審査会資料（氏名を伏せたもの）",
    next: "申請の画面で「審査会の答申を受ける」（答申が保留のときは「保留を知らせる」手続き）を行ってください。",
  },
  roles: { "designated-doctor": "指定医", other: "その他" },
  opinions: panelOpinions,
  reasons: panelReasons,
  compared: true,
  grouped: true,
  matters: diseasesOf,
  async agendaLine(work, found) {
    const { sort } = await requireEntered(work, found);
    const diseases = (await diseasesOf(work, found)).map(({ title }) => title);
    return `${diseases.join("、")}（${sortTitles[sort]}）`;
  },
  invitation: panelInvitationOfIntractable,
  async papers(work, heldOn, cases) {
    const masked = [];
    for (const { position, found } of cases) masked.push(await maskedCase(work, found, position));
    return panelPapers(panelPapersOfIntractable, { heldOn, cases: masked });
  },
};
