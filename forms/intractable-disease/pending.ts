import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { letterBlocks } from "../letters/letter.ts";
import { everyCase, letter } from "../samples/samples.ts";

/** 認定保留のお知らせ: why it is not decided yet, and until when what is missing is asked for. No decision, so no 教示. */
export interface PendingData extends LetterData {
  /** What it waits for, in words, one a line. */
  readonly reasons: readonly string[];
  /** What the applicant is asked to do; nothing where only others are asked (医師照会, 保険者照会). */
  readonly requests: readonly string[];
  /** By when. */
  readonly until?: IsoDate | undefined;
}

const sample = { ...letter, program: "特定医療費（指定難病）" } as const;

/** 認定保留のお知らせ. */
export const pendingNotice: Form<PendingData> = {
  id: "intractable-disease/pending",
  version: 1,
  title: "認定保留のお知らせ",
  size: A4,
  wording: {
    intro:
      "　申請のあった{program}について、次の理由により、認定するかどうかの判断を保留していますのでお知らせします。",
    waiting: "　お待ちいただく間に、していただくことはありません。結果が決まりましたら通知します。",
    closing:
      "　認定されたときは、申請の日までさかのぼって助成の対象になることがあります。医療費の領収書は、結果が出るまで保管してください。",
  },
  blocks: (data, say) =>
    letterBlocks(pendingNotice, data, `${data.program}　認定保留のお知らせ`, [
      paragraph(say("intro", { program: data.program })),
      gap(4),
      facts([
        ...data.facts,
        ...(data.until ? [{ label: "提出の期限", value: formatWareki(data.until) }] : []),
      ]),
      heading("保留の理由"),
      list(data.reasons),
      ...(data.requests.length > 0
        ? [heading("していただくこと"), list(data.requests)]
        : [gap(4), paragraph(say("waiting"))]),
      gap(4),
      paragraph(say("closing")),
    ]),
  samples: {
    ...everyCase(
      ({ to, person }): PendingData => ({
        ...sample,
        to,
        facts: [
          { label: "申請者", value: person.name, purpose: "name" },
          { label: "申請日", value: "令和8年11月10日" },
        ],
        reasons: ["臨床調査個人票の記載について、作成した医師に照会しているため"],
        requests: [],
      }),
    ),
    書類が足りない: {
      ...sample,
      facts: [
        { label: "申請者", value: "例示 一郎", purpose: "name" },
        { label: "申請日", value: "令和8年11月10日" },
      ],
      reasons: [
        "世帯の市町村民税の課税状況が確認できないため",
        "健康保険の適用区分について、保険者に照会しているため",
      ],
      requests: ["令和8年度の課税（非課税）証明書を提出してください。"],
      until: "2026-12-18",
    },
  },
};
