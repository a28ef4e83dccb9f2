import { panelInvitation } from "../review-panels/invitation.ts";

/** 指定難病審査会の招集通知. */
export const panelInvitationOfIntractable = panelInvitation({
  id: "intractable-disease/panel-invitation",
  title: "指定難病審査会の招集通知",
  panel: "指定難病審査会",
  attention: "指定難病審査会委員",
  sample: {
    documentNumber: "見難第R8-000012号",
    office: "見本市 健康福祉局 保健衛生部 疾病対策課",
    program: "特定医療費（指定難病）",
    agenda: ["事例1　パーキンソン病（6）（新規）", "事例2　全身性エリテマトーデス（49）（更新）"],
  },
});
