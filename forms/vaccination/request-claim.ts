import { gap, heading, list, paragraph, together } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { everyCase, longestCase, type SampleCase } from "../samples/samples.ts";
import { blocksToComeBack, personFacts, type RequestData, sampleRequest } from "./request-parts.ts";

/** 予防接種費用払戻し請求書, printed with what is known. */
export interface RequestClaimData extends RequestData {
  readonly applicant: {
    readonly name: string;
    /** Empty where it is withheld. */
    readonly address: string;
    readonly telephone: string;
  };
}

/** 予防接種費用払戻し請求書 (申請書兼請求書): who claims fills in what they paid and the account. */
export const requestClaim: Form<RequestClaimData> = {
  id: "vaccination/request-claim",
  version: 1,
  title: "予防接種費用払戻し請求書",
  size: A4,
  wording: {
    intro:
      "　依頼書により受けた予防接種の費用について、次のとおり請求します。ほかの自治体から同じ費用の助成を受けていません。支払の審査のため、市が住民記録と接種記録を確かめることに同意します。",
    enclosed:
      "領収書の原本（ワクチン名の分かるもの）\n母子健康手帳又は接種済証の写し\n予診票（市町村用）の原本又は写し（まだ送っていないとき）",
  },
  blocks: (data, say) =>
    blocksToComeBack(requestClaim, data, "予防接種費用払戻し請求書", [
      paragraph(say("intro"), { size: 11 }),
      gap(2),
      facts([
        { label: "請求の日", value: "令和　　　年　　　月　　　日" },
        { label: "請求する方", value: data.applicant.name, purpose: "name" },
        ...(data.applicant.address === ""
          ? []
          : [{ label: "住所", value: data.applicant.address, purpose: "address" } as const]),
        { label: "電話番号", value: data.applicant.telephone || " " },
        ...personFacts({ ...data, address: "", guardian: "" }).filter(
          ({ label }) => label !== "フリガナ",
        ),
        { label: "依頼書の番号", value: data.letterNumber },
      ]),
      gap(3),
      table<{ title: string; place: string }>(
        [
          { title: "番号", width: 12, value: ({ place }) => place, align: "centre" },
          { title: "予防接種", width: 62, value: ({ title }) => title, lines: 3 },
          { title: "接種日（予診の日）", width: 34, value: () => "年　月　日", align: "right" },
          { title: "支払った日", width: 30, value: () => "年　月　日", align: "right" },
          { title: "支払った額", width: 32, value: () => "円", align: "right" },
        ],
        data.doses.map(({ title }, index) => ({ title, place: String(index + 1) })),
        { size: 10, smallest: 6.5, rowHeight: 11 },
      ),
      gap(3),
      facts([
        { label: "金融機関・支店", value: " " },
        { label: "種類・口座番号", value: "普通 ・ 当座 ・ 貯蓄" },
        { label: "口座名義（カタカナ）", value: " " },
      ]),
      together([heading("添付書類"), list(say("enclosed").split("\n"), { size: 10.5 })]),
    ]),
  samples: {
    ...everyCase(sample),
    "12件で2ページ": {
      ...sample(longestCase),
      doses: Array.from({ length: 12 }, (_, index) => ({
        title: `五種混合（ジフテリア・百日せき・破傷風・不活化ポリオ・Hib） 第1期初回${index + 1}回目`,
        plannedOn: "2026-12-10" as const,
      })),
    },
  },
};

function sample(one: SampleCase): RequestClaimData {
  return {
    ...sampleRequest(one),
    documentNumber: "見予第R8-000571号",
    applicant: { name: one.to.name, address: one.address, telephone: "096-000-0000" },
  };
}
