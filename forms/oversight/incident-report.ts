import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { flow, gap, heading, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4 } from "../language/shapes.ts";

/** 漏えい等報告書: what is reported to the 個人情報保護委員会, heading by heading. */
export interface IncidentReportData {
  /** `速報` or `確報`. */
  readonly stage: "速報" | "確報";
  readonly city: string;
  readonly number: number;
  readonly printedOn: IsoDate;
  readonly knownOn: IsoDate;
  readonly dueOn: IsoDate;
  /** 漏えい, 滅失 … and whether a wrongful purpose is suspected. */
  readonly kind: string;
  readonly basis: string;
  readonly listed: number;
  /** In the order of the report; empty words are told as still under inquiry. */
  readonly items: readonly { readonly heading: string; readonly words: string }[];
}

/** 漏えい等報告書, as 速報 and as 確報. */
export const incidentReport: Form<IncidentReportData> = {
  id: "oversight/incident-report",
  version: 1,
  title: "漏えい等報告書",
  size: A4,
  wording: { open: "調査中" },
  blocks: (data, say) => [
    title(14, `漏えい等報告書（${data.stage}）`),
    flow({ x: 20, y: 28, width: 170, bottom: 280, nextY: 18 }, [
      paragraph(
        [
          `報告する者　　　　${data.city}`,
          `事案の番号　　　　第${data.number}号`,
          `作成した日　　　　${formatWareki(data.printedOn)}`,
          `事態を知った日　　${formatWareki(data.knownOn)}`,
          `${data.stage}の期限　　　　${formatWareki(data.dueOn)}`,
          `事態の種類　　　　${data.kind}`,
          `根拠　　　　　　　${data.basis}`,
          `一覧にある本人　　${data.listed.toLocaleString("ja-JP")}人`,
        ].join("\n"),
        { size: 11, leading: 1.5 },
      ),
      gap(3),
      ...data.items.flatMap(({ heading: name, words }, index) => [
        heading(`${index + 1}　${name}`),
        paragraph(words || say("open"), { size: 11, leading: 1.5 }),
        gap(1),
      ]),
    ]),
    pageFeet(incidentReport, A4),
  ],
  samples: {
    速報: sample("速報", (index) => (index < 3 ? "見本の文です。" : "")),
    確報で文が長い: sample("確報", () =>
      "職員が業務の目的によらず、住民の情報を閲覧した疑いがあります。アクセス記録の点検により判明しました。".repeat(
        6,
      ),
    ),
  },
};

function sample(stage: "速報" | "確報", words: (index: number) => string): IncidentReportData {
  const headings = [
    "概要",
    "漏えい等した（おそれのある）個人情報の項目",
    "本人の数",
    "原因",
    "二次被害又はそのおそれの有無と内容",
    "本人への対応の実施状況",
    "公表の実施状況",
    "再発防止のための措置",
    "その他参考となる事項",
  ];
  return {
    stage,
    city: "見本市長",
    number: 12,
    printedOn: "2026-11-20",
    knownOn: "2026-11-18",
    dueOn: stage === "速報" ? "2026-11-22" : "2026-12-17",
    kind: "漏えい（不正の目的によるおそれがあるもの）",
    basis: "番号法第29条の4、個人情報の保護に関する法律第68条",
    listed: 3,
    items: headings.map((heading, index) => ({ heading, words: words(index) })),
  };
}
