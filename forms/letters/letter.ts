import type { Appeal, LetterData } from "../data.ts";
import { atFoot, flow, gap, heading, type Item, list, together } from "../language/flow.ts";
import type { Say, Template } from "../language/form.ts";
import {
  CONTACT_HEIGHT,
  contact,
  letterHead,
  pageFeet,
  title,
  windowAddress,
} from "../language/letter.ts";
import type { Block } from "../language/paper.ts";
import { A4, foldMarks } from "../language/shapes.ts";

/**
 * The frame all letters share: address, head, title, running text and contact, over as many pages as it takes;
 * the closing part is not torn from the contact.
 */
export function letterBlocks(
  form: Template,
  data: LetterData,
  headline: string,
  body: readonly Item[],
  closing: readonly Item[] = [],
): Block[] {
  return [
    foldMarks,
    windowAddress(data.to),
    letterHead(data),
    title(67, headline),
    flow({ x: 20, y: 79, width: 170, bottom: 284, nextY: 22 }, [
      ...body,
      together([...closing, gap(4), atFoot(CONTACT_HEIGHT, contact(data.office))]),
    ]),
    pageFeet(form, A4),
  ];
}

/** Standing texts of the 教示: objection within three months, action for revocation within six (行政不服審査法18条・82条, 行政事件訴訟法14条・46条). */
export const appealWording = {
  appealObjection:
    "この決定があったことを知った日の翌日から起算して3か月以内に、{authority}に審査請求をすることができます。ただし、決定の日の翌日から起算して1年を過ぎると、正当な理由がある場合を除き、審査請求をすることができません。",
  appealAction:
    "この決定の取消しを求める裁判（取消訴訟）は、この決定があったことを知った日の翌日から起算して6か月以内に、{defendant}を被告として（{defendant}を代表するのは{representative}です）、起こすことができます。ただし、決定の日の翌日から起算して1年を過ぎると、正当な理由がある場合を除き、起こすことができません。審査請求をした場合は、これらの期間は、それぞれ、裁決があったことを知った日の翌日、裁決の日の翌日から起算します。",
};

/** 教示 of a form whose wording has {@link appealWording}; `size` in points. */
export function appealNotice(
  { reviewAuthority, defendant, representative }: Appeal,
  say: Say,
  size = 12,
): readonly Item[] {
  const values = { authority: reviewAuthority, defendant, representative };
  return [
    heading("この決定に不服があるとき"),
    list([say("appealObjection", values), say("appealAction", values)], {
      numbered: true,
      size,
      leading: 1.4,
    }),
  ];
}
