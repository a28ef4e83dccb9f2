import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Appeal, LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { appeal, everyCase, letter } from "../samples/samples.ts";
import { appealNotice, appealWording, letterBlocks } from "./letter.ts";

/** 支給決定の取消し, before it was paid: with the reasons (行政手続法14条) and 教示. */
export interface ClaimCancellationData extends LetterData {
  /** Day of the decision that is cancelled, and number of its notice where it was issued. */
  readonly decidedOn: IsoDate;
  readonly noticeNumber?: string | undefined;
  /** What had been decided, yen. */
  readonly amount: number;
  readonly cancelledOn: IsoDate;
  /** At least one. */
  readonly reasons: readonly string[];
  readonly basis: string;
  readonly appeal: Appeal;
}

/** 支給決定取消通知書. */
export const claimCancellation: Form<ClaimCancellationData> = {
  id: "letters/claim-cancellation",
  version: 2,
  title: "支給決定取消通知書",
  size: A4,
  wording: {
    intro: "　{program}の支給決定を次のとおり取り消しましたのでお知らせします。",
    after:
      "取り消した決定による振込は行いません。\n領収書について改めて申請できるときがあります。下のお問い合わせ先にご相談ください。",
    ...appealWording,
  },
  blocks: (data, say) => {
    if (data.reasons.length === 0) throw new RangeError("a cancellation always has a reason");
    return letterBlocks(
      claimCancellation,
      data,
      `${data.program}　支給決定取消通知書`,
      [
        paragraph(say("intro", { program: data.program })),
        gap(2),
        facts([
          ...data.facts,
          {
            label: "取り消した決定",
            value: `${formatWareki(data.decidedOn)}${data.noticeNumber ? `　${data.noticeNumber}` : ""}`,
          },
          { label: "取り消した額", value: yen(data.amount) },
          { label: "取消しの日", value: formatWareki(data.cancelledOn) },
          { label: "根拠", value: data.basis },
        ]),
        heading("取消しの理由"),
        list(data.reasons),
        gap(1),
        list(say("after").split("\n")),
      ],
      appealNotice(data.appeal, say, 10),
    );
  },
  samples: everyCase(
    ({ to, person }): ClaimCancellationData => ({
      ...letter,
      to,
      facts: [
        { label: "申請日", value: "令和8年11月10日" },
        { label: "申請の番号", value: "R8-001234" },
        { label: "対象のお子さま", value: person.name, purpose: "name" },
        { label: "受給者番号", value: "1234567" },
      ],
      decidedOn: "2026-11-20",
      noticeNumber: "見こ第1200号",
      amount: 12_340,
      cancelledOn: "2026-11-26",
      reasons: ["医療保険からの給付が後から分かったため。"],
      basis: "見本市こども医療費助成条例第9条第1項",
      appeal,
    }),
  ),
};
