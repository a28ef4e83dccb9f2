import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Issuer, PrintedPerson } from "../data.ts";
import { flow, gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4 } from "../language/shapes.ts";
import { everyCase, issuer } from "../samples/samples.ts";

/** 請求書 with what the city knows already; what is not known stays to be filled in by hand. */
export interface ReliefClaimData {
  readonly issuer: Issuer;
  /** 医療費・医療手当 */
  readonly benefits: readonly string[];
  readonly person: PrintedPerson;
  readonly address: string;
  readonly claimant?:
    | { readonly name: string; readonly address: string; readonly relation: string }
    | undefined;
  readonly scheme?: string | undefined;
  readonly vaccine?: string | undefined;
  readonly shotOn?: IsoDate | undefined;
  readonly clinic?: string | undefined;
  readonly lot?: string | undefined;
  /** What is to be handed in with it. */
  readonly papers: readonly string[];
}

const blank = "　";

/** 予防接種健康被害救済給付の請求書: a layout of ours, as the official form is the state's. */
export const reliefClaim: Form<ReliefClaimData> = {
  id: "vaccination/relief-claim",
  version: 1,
  title: "健康被害救済 請求書",
  size: A4,
  wording: {
    intro: "　予防接種による健康被害について、次のとおり給付を請求します。",
    date: "　　　　　年　　　月　　　日",
  },
  blocks: (data, say) => [
    title(18, `予防接種健康被害救済　${data.benefits.join("・")}　請求書`),
    flow({ x: 20, y: 32, width: 170, bottom: 284, nextY: 22 }, [
      paragraph(say("date"), { align: "right" }),
      paragraph(`${data.issuer.title}　あて`),
      gap(3),
      paragraph(say("intro")),
      heading("請求する方"),
      facts([
        { label: "氏名", value: data.claimant?.name ?? blank, purpose: "name" },
        { label: "住所", value: data.claimant?.address ?? blank, purpose: "address" },
        { label: "接種を受けた方との続柄", value: data.claimant?.relation ?? blank },
        { label: "電話番号", value: blank },
      ]),
      heading("接種を受けた方"),
      facts([
        { label: "氏名", value: data.person.name, purpose: "name" },
        { label: "フリガナ", value: data.person.kana, purpose: "name" },
        { label: "生年月日", value: formatWareki(data.person.birthDate) },
        { label: "住所", value: data.address || blank, purpose: "address" },
      ]),
      heading("接種"),
      facts([
        { label: "区分", value: data.scheme ?? blank },
        { label: "ワクチン", value: data.vaccine ?? blank },
        { label: "接種日", value: data.shotOn ? formatWareki(data.shotOn) : blank },
        {
          label: "医療機関・ロット番号",
          value: [data.clinic, data.lot].filter(Boolean).join("　") || blank,
        },
      ]),
      heading("病気・障害の状態"),
      facts([
        { label: "発症日", value: blank },
        { label: "症状・病名", value: `${blank}\n${blank}\n${blank}` },
      ]),
      heading("添える書類"),
      list(data.papers, { numbered: true, size: 11 }),
    ]),
    pageFeet(reliefClaim, A4),
  ],
  samples: {
    ...everyCase(
      ({ to, person, address }): ReliefClaimData => ({
        issuer,
        benefits: ["医療費", "医療手当"],
        person,
        address,
        claimant: { name: to.name, address: to.address, relation: "本人の保護者（親権者など）" },
        scheme: "A類疾病の定期接種",
        vaccine: "五種混合",
        shotOn: "2025-04-20",
        clinic: "例示こどもクリニック",
        lot: "AB123",
        papers: [
          "受診証明書（原本）",
          "領収書等の写し",
          "接種済証又は母子健康手帳の写し",
          "診療録等の写し",
        ],
      }),
    ),
  },
};
