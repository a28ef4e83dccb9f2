import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Appeal, LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { appeal, everyCase, letter } from "../samples/samples.ts";
import { appealNotice, appealWording, letterBlocks } from "./letter.ts";

/** 資格喪失通知書 or 支給停止通知書 of a yearly renewal. */
export interface RenewalEndData extends LetterData {
  readonly ends: "lost" | "suspended";
  readonly from: IsoDate;
  readonly reason: string;
  readonly basis: string;
  readonly appeal: Appeal;
}

const titles = { lost: "資格喪失通知書", suspended: "支給停止通知書" } as const;

/** 喪失・支給停止の通知書. */
export const renewalEnd: Form<RenewalEndData> = {
  id: "letters/renewal-end",
  version: 1,
  title: "更新しないことの通知書",
  size: A4,
  wording: {
    lost: "　現況届の審査の結果、{program}を受ける資格が次のとおりなくなりましたのでお知らせします。",
    suspended: "　現況届の審査の結果、{program}の支給を次のとおり停止しますのでお知らせします。",
    requestsLost:
      "お手元の受給者証は、資格がなくなった日から使えません。下のお問い合わせ先に返してください（郵送でも結構です）。\n資格がなくなった日以後に受給者証を使ったときは、助成した費用を返していただくことがあります。",
    requestsSuspended:
      "お手元の受給者証は、停止の日から使えません。停止の日以後に使ったときは、助成した費用を返していただくことがあります。\n停止の理由がなくなったときは、下のお問い合わせ先にご連絡ください。",
    ...appealWording,
  },
  blocks: (data, say) =>
    letterBlocks(
      renewalEnd,
      data,
      `${data.program}　${titles[data.ends]}`,
      [
        paragraph(say(data.ends, { program: data.program })),
        gap(4),
        facts([
          ...data.facts,
          {
            label: data.ends === "lost" ? "資格がなくなる日" : "停止する日",
            value: formatWareki(data.from),
          },
          { label: "理由", value: data.reason },
          { label: "根拠", value: data.basis },
        ]),
        heading("お願い"),
        list(say(data.ends === "lost" ? "requestsLost" : "requestsSuspended").split("\n")),
      ],
      appealNotice(data.appeal, say),
    ),
  samples: {
    ...everyCase(
      ({ to }): RenewalEndData => ({
        ...letter,
        to,
        program: "ひとり親家庭等医療費助成",
        facts: [{ label: "受給者番号", value: "1234567" }],
        ends: "lost",
        from: "2027-01-01",
        reason: "現況届が期限までに提出されなかったため",
        basis: "見本市ひとり親家庭等医療費助成条例第4条",
        appeal,
      }),
    ),
    支給停止: {
      ...letter,
      program: "ひとり親家庭等医療費助成",
      facts: [{ label: "受給者番号", value: "1234567" }],
      ends: "suspended",
      from: "2027-01-01",
      reason: "所得が限度額以上であるため",
      basis: "見本市ひとり親家庭等医療費助成条例第4条第2項",
      appeal,
    },
  },
};
