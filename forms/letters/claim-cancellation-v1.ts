import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { appeal, everyCase, letter } from "../samples/samples.ts";
import type { ClaimCancellationData } from "./claim-cancellation.ts";
import { appealNotice, appealWording, letterBlocks } from "./letter.ts";

/** 支給決定取消通知書 of the first days: its 教示 as large as its text, on a page of its own. */
export const claimCancellationV1: Form<ClaimCancellationData> = {
  id: "letters/claim-cancellation",
  version: 1,
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
      claimCancellationV1,
      data,
      `${data.program}　支給決定取消通知書`,
      [
        paragraph(say("intro", { program: data.program })),
        gap(4),
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
        gap(3),
        list(say("after").split("\n")),
      ],
      appealNotice(data.appeal, say),
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
