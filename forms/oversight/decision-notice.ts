import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Appeal, Fact, Issuer, Office, Recipient } from "../data.ts";
import { atFoot, flow, gap, heading, paragraph, together } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import {
  CONTACT_HEIGHT,
  contact,
  letterHead,
  pageFeet,
  title,
  windowAddress,
} from "../language/letter.ts";
import { A4, foldMarks } from "../language/shapes.ts";
import { text } from "../language/text.ts";
import { appealNotice, appealWording } from "../letters/letter.ts";
import { appeal, letter, recipients } from "../samples/samples.ts";

/** The notice of the decision on a request of a person about their own data. */
export interface DecisionNoticeData {
  readonly title: string;
  /** The name alone where the address may not be written (支援措置): it is handed over. */
  readonly to: Recipient | { readonly name: string };
  readonly documentNumber: string;
  readonly date: IsoDate;
  readonly issuer: Issuer;
  readonly office: Office;
  readonly facts: readonly Fact[];
  /** The reasons, as they were written. */
  readonly words: string;
  /** 教示; an answer to a mere inquiry has none. */
  readonly appeal: Appeal | undefined;
}

/** 決定通知書 of 開示, 訂正 and 利用停止, with the reasons (行政手続法8条) and 教示. */
export const decisionNotice: Form<DecisionNoticeData> = {
  id: "oversight/decision-notice",
  version: 1,
  title: "保有個人情報についての決定通知書",
  size: A4,
  wording: {
    decided: "　請求のありました保有個人情報について、次のとおり決定しましたので、お知らせします。",
    answered: "　お問合せのありました個人情報について、次のとおりお答えします。",
    words: "理由・内容",
    ...appealWording,
  },
  blocks: (data, say) => [
    ...("postalCode" in data.to
      ? [foldMarks, windowAddress(data.to)]
      : [
          text({ x: 24, y: 24, width: 82 }, `${data.to.name}　様`, {
            size: 14,
            smallest: 9,
            purpose: "name",
            field: "宛名",
          }),
        ]),
    letterHead(data),
    title(67, data.title),
    flow({ x: 20, y: 79, width: 170, bottom: 284, nextY: 22 }, [
      paragraph(say(data.appeal ? "decided" : "answered")),
      gap(4),
      facts(data.facts),
      heading(say("words")),
      paragraph(data.words),
      together([
        ...(data.appeal ? appealNotice(data.appeal, say) : []),
        gap(4),
        atFoot(CONTACT_HEIGHT, contact(data.office)),
      ]),
    ]),
    pageFeet(decisionNotice, A4),
  ],
  samples: {
    一部を開示する: sample(recipients.ordinary, "保有個人情報の一部の開示をする旨の決定通知書", [
      { label: "開示しない部分", value: "申請の内容" },
    ]),
    支援措置の方に手渡す: sample(
      { name: recipients.ordinary.name },
      "保有個人情報の開示をしない旨の決定通知書",
    ),
  },
};

function sample(
  to: DecisionNoticeData["to"],
  headline: string,
  more: readonly Fact[] = [],
): DecisionNoticeData {
  return {
    title: headline,
    to,
    documentNumber: "見個情第3号",
    date: letter.date,
    issuer: letter.issuer,
    office: letter.office,
    facts: [
      { label: "請求の種類", value: "開示" },
      { label: "受け付けた日", value: "令和8年11月1日" },
      { label: "対象", value: "すべての事務" },
      { label: "理由の区分", value: "本人以外の個人に関する情報（法第78条第1項第2号）" },
      ...more,
      { label: "根拠", value: "個人情報の保護に関する法律第82条" },
    ],
    words: "申請の内容には、世帯のほかの方の所得に関する記載が含まれており、分けて開示できません。",
    appeal,
  };
}
