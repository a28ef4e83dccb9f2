import { panelInvitation } from "../review-panels/invitation.ts";
import { reliefLetter } from "./relief-letter.ts";

/** 予防接種健康被害調査委員会の招集通知. */
export const reliefInvitation = panelInvitation({
  id: "vaccination/relief-invitation",
  title: "調査委員会の招集通知",
  panel: "予防接種健康被害調査委員会",
  attention: "調査委員会委員",
  sample: {
    documentNumber: reliefLetter.documentNumber,
    office: reliefLetter.office.name,
    program: reliefLetter.program,
    agenda: ["事例1　五種混合（A類疾病の定期接種）", "事例2　インフルエンザ（B類疾病の定期接種）"],
  },
});
