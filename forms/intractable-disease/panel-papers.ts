import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Issuer } from "../data.ts";
import { flow, gap, heading, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4 } from "../language/shapes.ts";
import { everyCase, issuer } from "../samples/samples.ts";

/** An application before the panel: under a number, without name, address or 個人番号. */
export interface MaskedApplication {
  /** 事例1 */
  readonly label: string;
  /** 45歳（申請した日）　女 */
  readonly person: string;
  /** 新規, 再審査. */
  readonly sort: string;
  /** 書類審査区分. */
  readonly check: string;
  readonly diseases: readonly {
    readonly title: string;
    /** Kind of doctor and 診療科. */
    readonly doctor: string;
    readonly writtenOn: IsoDate;
    readonly severeOn: IsoDate | undefined;
    /** Words of the entry with the names taken out. */
    readonly note: string;
  }[];
  readonly mildHighCost: boolean;
  /** What was asked of the doctor and answered, names taken out. */
  readonly inquiries: readonly string[];
}

/** 審査会資料: handed out at the meeting and collected again. */
export interface PanelPapersData {
  readonly heldOn: IsoDate;
  readonly issuer: Issuer;
  /** At least one. */
  readonly cases: readonly MaskedApplication[];
}

/** 審査会資料 with the names masked; 臨床調査個人票 themselves are laid before the meeting beside it. */
export const panelPapersOfIntractable: Form<PanelPapersData> = {
  id: "intractable-disease/panel-papers",
  version: 1,
  title: "指定難病審査会資料",
  size: A4,
  wording: { note: "　会議の終わりに回収します。写しを取らないでください。" },
  blocks: (data, say) => {
    if (data.cases.length === 0) throw new RangeError("a meeting has cases");
    return [
      title(18, `指定難病審査会　資料（${formatWareki(data.heldOn)}）`),
      flow({ x: 20, y: 32, width: 170, bottom: 284, nextY: 22 }, [
        paragraph(say("note"), { size: 11 }),
        ...data.cases.flatMap((one) => [
          heading(one.label),
          facts([
            { label: "患者", value: one.person },
            { label: "申請の区分", value: one.sort },
            { label: "書類審査", value: one.check },
            { label: "軽症高額", value: one.mildHighCost ? "該当（申請による）" : "申請なし" },
          ]),
          ...one.diseases.flatMap((disease) => [
            gap(2),
            paragraph(disease.title, { size: 11, face: "bold", keep: 12 }),
            facts([
              { label: "作成した医師", value: disease.doctor },
              { label: "記載年月日", value: formatWareki(disease.writtenOn) },
              {
                label: "診断年月日",
                value: disease.severeOn ? formatWareki(disease.severeOn) : "記載なし",
              },
              { label: "備考", value: disease.note || "なし" },
            ]),
          ]),
          gap(2),
          paragraph("医師への照会", { size: 11, face: "bold", keep: 12 }),
          ...(one.inquiries.length > 0 ? one.inquiries : ["なし"]).map((line) =>
            paragraph(line, { size: 11 }),
          ),
          gap(4),
        ]),
      ]),
      pageFeet(panelPapersOfIntractable, A4),
    ];
  },
  samples: {
    ...everyCase((): PanelPapersData => ({ heldOn: "2026-12-10", issuer, cases: [masked(1)] })),
    "4件でページをまたぐ": { heldOn: "2026-12-10", issuer, cases: [1, 2, 3, 4].map(masked) },
  },
};

function masked(at: number): MaskedApplication {
  return {
    label: `事例${at}`,
    person: "45歳（申請した日）　女",
    sort: at === 2 ? "更新　再審査" : "新規",
    check: "疑義あり（審査会に諮る）",
    diseases: [
      {
        title: "パーキンソン病（6）",
        doctor: "難病指定医　神経内科",
        writtenOn: "2026-10-10",
        severeOn: "2026-10-05",
        note: "●●さんの重症度の記載が、生活機能障害度の記載と合わない。",
      },
    ],
    mildHighCost: false,
    inquiries: at === 2 ? ["令和8年11月2日の回答: 生活機能障害度は2度である。"] : [],
  };
}
