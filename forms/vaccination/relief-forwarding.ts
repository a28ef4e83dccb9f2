import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { LetterData, PrintedPerson } from "../data.ts";
import { gap, heading, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { letterBlocks } from "../letters/letter.ts";
import { everyCase } from "../samples/samples.ts";
import { reliefLetter } from "./relief-letter.ts";

/** 進達書 to the prefecture, with the list of what goes with it. */
export interface ReliefForwardingData extends LetterData {
  readonly person: PrintedPerson;
  readonly claimant: string;
  /** As what they claim: 本人の保護者. */
  readonly relation: string;
  readonly benefits: readonly string[];
  readonly scheme: string;
  readonly vaccine: string;
  readonly shotOn: IsoDate;
  /** Opinion of the committee, and the day of its meeting. */
  readonly committee: { readonly heldOn: IsoDate; readonly opinion: string };
  /** At least one. */
  readonly papers: readonly { readonly name: string; readonly pages: number }[];
}

const prefecture = {
  postalCode: "9999999",
  address: "例示県例示市例示町1丁目1番1号",
  name: "例示県知事",
};

/** 進達書. The 個人番号 stands neither on it nor, blacked out in the pictures, on what goes with it. */
export const reliefForwarding: Form<ReliefForwardingData> = {
  id: "vaccination/relief-forwarding",
  version: 1,
  title: "進達書",
  size: A4,
  wording: {
    intro:
      "　予防接種による健康被害について、次のとおり請求がありましたので、市の予防接種健康被害調査委員会の調査報告を添えて進達します。",
    blackout: "　添付した書類の写しは、個人番号を塗りつぶしたものです。",
  },
  blocks: (data, say) => {
    const { papers, person, committee } = data;
    if (papers.length === 0) throw new RangeError("papers go with it");
    const rows = papers.map((paper, at) => ({ ...paper, place: String(at + 1) }));
    return letterBlocks(reliefForwarding, data, "予防接種健康被害救済給付請求書の進達について", [
      paragraph(say("intro")),
      gap(3),
      facts([
        ...data.facts,
        { label: "接種を受けた方", value: person.name, purpose: "name" },
        { label: "フリガナ", value: person.kana, purpose: "name" },
        { label: "生年月日", value: formatWareki(person.birthDate) },
        { label: "請求する方", value: `${data.claimant}（${data.relation}）`, purpose: "name" },
        { label: "接種の区分", value: data.scheme },
        { label: "ワクチン・接種日", value: `${data.vaccine}　${formatWareki(data.shotOn)}` },
        { label: "請求する給付", value: data.benefits.join("、") },
        {
          label: "調査委員会",
          value: `${formatWareki(committee.heldOn)}　${committee.opinion}`,
        },
      ]),
      heading("添付する書類"),
      table<(typeof rows)[number]>(
        [
          { title: "番号", width: 16, value: ({ place }) => place, align: "centre" },
          { title: "書類", width: 124, value: ({ name }) => name, lines: 2 },
          { title: "枚数", width: 30, value: ({ pages }) => `${pages}枚`, align: "right" },
        ],
        rows,
        { size: 11, smallest: 7, rowHeight: 9 },
      ),
      gap(2),
      paragraph(say("blackout"), { size: 11 }),
    ]);
  },
  samples: {
    ...everyCase(
      ({ to, person }): ReliefForwardingData => ({
        ...reliefLetter,
        to: prefecture,
        facts: [{ label: "請求の番号", value: "R8-001234" }],
        person,
        claimant: to.name,
        relation: "本人の保護者（親権者など）",
        benefits: ["医療費", "医療手当"],
        scheme: "A類疾病の定期接種",
        vaccine: "五種混合",
        shotOn: "2025-04-20",
        committee: { heldOn: "2026-10-05", opinion: "因果関係を否定できない" },
        papers: [
          { name: "請求書", pages: 1 },
          { name: "受診証明書", pages: 3 },
          { name: "診療録等", pages: 24 },
        ],
      }),
    ),
  },
};
