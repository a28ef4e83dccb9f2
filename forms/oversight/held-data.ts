import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { flow, gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4 } from "../language/shapes.ts";

/** 保有個人情報の写し: all that is held of a person, in words. */
export interface HeldData {
  readonly city: string;
  readonly number: number;
  readonly printedOn: IsoDate;
  readonly name: string;
  /** Not decided on yet: not to be handed out. */
  readonly draft: boolean;
  /** The 事務, or すべての事務. */
  readonly scope: string;
  /** In the order of the document; of a part that is withheld the reason, and no lines. */
  readonly parts: readonly {
    readonly title: string;
    readonly lines: readonly string[];
    readonly withheld?: string;
  }[];
}

/** 保有個人情報の写し, handed out where a 開示請求 is granted. */
export const heldData: Form<HeldData> = {
  id: "oversight/held-data",
  version: 1,
  title: "保有個人情報の写し",
  size: A4,
  wording: {
    title: "保有個人情報の写し",
    draft: "決定前の確認用です。請求した方に渡さないでください。",
    nothing: "記録はありません。",
    withheld: "開示しない部分です。理由　{reason}",
    about: "作成した日に{city}が保有している、この方の個人情報です。",
  },
  blocks: (data, say) => [
    title(14, data.draft ? `${say("title")}（案）` : say("title")),
    flow({ x: 20, y: 28, width: 170, bottom: 280, nextY: 18 }, [
      ...(data.draft ? [paragraph(say("draft"), { size: 11, face: "bold" }), gap(1)] : []),
      paragraph(
        [
          `請求の番号　第${data.number}号`,
          `作成した日　${formatWareki(data.printedOn)}`,
          `対象　　　　${data.scope}`,
        ].join("\n"),
        { size: 11, leading: 1.5 },
      ),
      paragraph(`本人　　　　${data.name}　様`, { size: 11, leading: 1.5, purpose: "name" }),
      gap(1),
      paragraph(say("about", { city: data.city }), { size: 11, leading: 1.5 }),
      ...data.parts.flatMap(({ title: name, lines, withheld }, index) => [
        heading(`${index + 1}　${name}`),
        withheld
          ? paragraph(say("withheld", { reason: withheld }), { size: 11, face: "bold" })
          : lines.length === 0
            ? paragraph(say("nothing"), { size: 11 })
            : list(lines, { size: 11, leading: 1.45, purpose: "name" }),
        gap(1),
      ]),
    ]),
    pageFeet(heldData, A4),
  ],
  samples: {
    一部を開示する: sample(1, false),
    案で2ページ: sample(30, true),
  },
};

function sample(times: number, draft: boolean): HeldData {
  const looks = Array.from(
    { length: times },
    (_, index) => `令和8年11月${(index % 28) + 1}日　見本市 健康福祉局 子ども支援課　窓口対応　2件`,
  );
  return {
    city: "見本市",
    number: 3,
    printedOn: "2026-11-20",
    name: "見本 花子",
    draft,
    scope: "すべての事務",
    parts: [
      {
        title: "住民記録",
        lines: ["氏名　見本 花子（ミホン ハナコ）", "生年月日　平成2年4月1日", "性別　女"],
      },
      { title: "住所", lines: ["窓口でお確かめください（支援措置）"] },
      {
        title: "申請・届出",
        lines: ["令和8年10月1日　こども医療費助成 申請　R8-000012　認定済"],
      },
      {
        title: "申請の内容",
        lines: [],
        withheld: "本人以外の個人に関する情報（法第78条第1項第2号）",
      },
      { title: "送付した郵便物", lines: [] },
      { title: "閲覧の記録", lines: looks },
    ],
  };
}
