import type { Work } from "#src/platform/work.ts";
import { showDate } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type ExemptionEvidence,
  type ExemptionGround,
  exemptionEvidence,
  exemptionGrounds,
} from "#workflows/vaccination/exemptions/grounds.ts";
import type { ExemptionState } from "#workflows/vaccination/exemptions/machine.ts";
import { exemptionMeta, exemptionNumber } from "../../exemptions/applications.ts";
import { vaccineTitles } from "../../special/titles.ts";

interface Held {
  applications: {
    number: number;
    receivedOn: IsoDate;
    ground: ExemptionGround;
    vaccines: string[];
    evidence: ExemptionEvidence | "none";
    evidenceOn: IsoDate | null;
    state: ExemptionState;
  }[];
  certificates: {
    number: string;
    ground: ExemptionGround;
    vaccines: string[];
    from: IsoDate;
    until: IsoDate;
    issuedOn: IsoDate;
    state: "issued" | "replaced" | "ended";
  }[];
  lists: { ground: ExemptionGround; asOf: IsoDate }[];
}

/** 自己負担減免 of the person of a request about their own data: applications, certificates, lists; a line each. */
export async function heldOfExemptions(work: Work, request: number): Promise<readonly string[]> {
  const [row] = await work.sql<{ held: Held }[]>`select exemptions.held_of(${request}) as held`;
  if (!row) throw new Error("no answer");
  const { applications, certificates, lists } = row.held;
  return [
    ...applications.map((one) =>
      [
        `${showDate(one.receivedOn)}　自己負担減免の申請 ${exemptionNumber({ serial: one.number })}`,
        exemptionGrounds[one.ground],
        vaccineTitles(one.vaccines),
        one.evidence === "none"
          ? "確認資料なし"
          : `${exemptionEvidence[one.evidence]}を${one.evidenceOn ? showDate(one.evidenceOn) : ""}に確認`,
        exemptionMeta(one.state).title,
      ].join("　"),
    ),
    ...certificates.map((one) =>
      [
        `${showDate(one.issuedOn)}　無料（減免）対象者確認証 ${one.number}`,
        exemptionGrounds[one.ground],
        vaccineTitles(one.vaccines),
        `${showDate(one.from)}から${showDate(one.until)}まで`,
        ...(one.state === "issued" ? [] : [one.state === "replaced" ? "再交付により無効" : "失効"]),
      ].join("　"),
    ),
    ...lists.map(
      ({ ground, asOf }) => `${showDate(asOf)}現在の減免の名簿（${exemptionGrounds[ground]}）`,
    ),
  ];
}
