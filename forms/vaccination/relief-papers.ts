import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Issuer } from "../data.ts";
import { flow, gap, heading, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4 } from "../language/shapes.ts";
import { everyCase, issuer } from "../samples/samples.ts";

/** A case before the committee: under a number, without name, address or 個人番号. */
export interface MaskedCase {
  /** 事例1 */
  readonly label: string;
  /** 3歳2か月（接種した日） 男 */
  readonly person: string;
  readonly scheme: string;
  readonly vaccine: string;
  readonly shotOn: IsoDate;
  readonly onsetOn?: IsoDate | undefined;
  readonly benefits: readonly string[];
  /** Words of the claim with the names taken out. */
  readonly symptoms: string;
  readonly institutions: string;
  readonly papers: readonly string[];
}

/** 調査委員会資料: handed out at the meeting and collected again. */
export interface ReliefPapersData {
  readonly heldOn: IsoDate;
  readonly issuer: Issuer;
  /** At least one. */
  readonly cases: readonly MaskedCase[];
}

/** 調査委員会資料 with the names masked. */
export const reliefPapers: Form<ReliefPapersData> = {
  id: "vaccination/relief-papers",
  version: 1,
  title: "調査委員会資料",
  size: A4,
  wording: { note: "　会議の終わりに回収します。写しを取らないでください。" },
  blocks: (data, say) => {
    if (data.cases.length === 0) throw new RangeError("a meeting has cases");
    return [
      title(18, `予防接種健康被害調査委員会　資料（${formatWareki(data.heldOn)}）`),
      flow({ x: 20, y: 32, width: 170, bottom: 284, nextY: 22 }, [
        paragraph(say("note"), { size: 11 }),
        ...data.cases.flatMap((one) => [
          heading(one.label),
          facts([
            { label: "接種を受けた方", value: one.person },
            { label: "接種の区分", value: one.scheme },
            { label: "ワクチン・接種日", value: `${one.vaccine}　${formatWareki(one.shotOn)}` },
            { label: "発症日", value: one.onsetOn ? formatWareki(one.onsetOn) : "不明" },
            { label: "請求する給付", value: one.benefits.join("、") },
            { label: "提出された書類", value: one.papers.join("、") || "なし" },
          ]),
          gap(2),
          paragraph("症状と経過", { size: 11, face: "bold", keep: 12 }),
          paragraph(one.symptoms, { size: 11 }),
          paragraph("受診した医療機関", { size: 11, face: "bold", keep: 12 }),
          paragraph(one.institutions || "記載なし", { size: 11 }),
          gap(4),
        ]),
      ]),
      pageFeet(reliefPapers, A4),
    ];
  },
  samples: {
    ...everyCase((): ReliefPapersData => ({ heldOn: "2026-12-10", issuer, cases: [masked(1)] })),
    "5件でページをまたぐ": {
      heldOn: "2026-12-10",
      issuer,
      cases: [1, 2, 3, 4, 5].map(masked),
    },
  },
};

function masked(at: number): MaskedCase {
  return {
    label: `事例${at}`,
    person: "3歳2か月（接種した日）　男",
    scheme: "A類疾病の定期接種",
    vaccine: "五種混合",
    shotOn: "2025-04-20",
    onsetOn: "2025-04-21",
    benefits: ["医療費", "医療手当"],
    symptoms:
      "接種の翌日に39度の発熱とけいれんがあり、救急で受診して6日間入院した。●●の母によれば、それまでけいれんの既往はない。退院の後も外来で経過を見ている。",
    institutions: "例示市民病院（入院6日）、例示こどもクリニック（外来3日）",
    papers: ["請求書", "受診証明書", "診療録等"],
  };
}
