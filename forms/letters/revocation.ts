import { formatWareki } from "#workflows/dates/wareki.ts";
import type { RevocationData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { appeal, everyCase, letter, people, recipients } from "../samples/samples.ts";
import { appealNotice, appealWording, letterBlocks } from "./letter.ts";

/** 取消通知書. */
export const revocationNotice: Form<RevocationData> = {
  id: "letters/revocation",
  version: 1,
  title: "認定取消通知書",
  size: A4,
  wording: {
    intro: "　{program}の認定を次のとおり取り消しましたのでお知らせします。",
    ...appealWording,
  },
  blocks: (data, say) =>
    letterBlocks(
      revocationNotice,
      data,
      `${data.program}　認定取消通知書`,
      [
        paragraph(say("intro", { program: data.program })),
        gap(4),
        facts([
          ...data.facts,
          { label: "取消しの日", value: formatWareki(data.revokedFrom) },
          { label: "取消しの理由", value: data.reason },
          { label: "根拠", value: data.basis },
        ]),
        ...(data.requests.length > 0 ? [heading("お願い"), list(data.requests)] : []),
      ],
      appealNotice(data.appeal, say),
    ),
  samples: {
    ...everyCase(
      ({ to, person }): RevocationData => ({
        ...letter,
        to,
        facts: [
          { label: "対象のお子さま", value: person.name, purpose: "name" },
          { label: "受給者番号", value: "1234567" },
        ],
        revokedFrom: "2026-11-01",
        reason: "認定の日より前に、市外に転出されていたため。",
        basis: "見本市こども医療費助成条例第9条第1項第1号",
        requests: [
          "令和8年12月4日までに、お手元の受給者証を下のお問い合わせ先に返してください（郵送でも結構です）。",
        ],
        appeal,
      }),
    ),
    長い氏名と理由: {
      ...letter,
      to: recipients.longest,
      facts: [
        { label: "対象のお子さま", value: people.longest.name, purpose: "name" },
        { label: "受給者番号", value: "7654321" },
      ],
      revokedFrom: "2026-11-15",
      reason: "申請の内容に事実と異なる点があり、お子さまが市内に住んでいないことを確認したため。",
      basis: "見本市こども医療費助成条例第9条第1項第3号",
      requests: [
        "令和8年12月4日までに、お手元の受給者証を下のお問い合わせ先に返してください（郵送でも結構です）。",
        "取消しの日以後に受けた助成の額は、返していただきます。後日お送りする納付書で、書かれた期限までに納めてください。",
      ],
      appeal,
    },
  },
};
