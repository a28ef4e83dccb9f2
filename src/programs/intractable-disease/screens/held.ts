import type { Work } from "#src/platform/work.ts";
import { showDate } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Tier } from "#workflows/intractable-disease/caps.ts";
import { diseaseTitle } from "#workflows/intractable-disease/diseases.ts";
import {
  panelOpinions,
  panelReasons,
  type RecordResult,
  recordResults,
} from "#workflows/intractable-disease/review.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  type Registration,
  registrationKinds,
  registrationOutcomes,
  registrationRefusals,
  registrationStates,
} from "../registrations.ts";

interface Held {
  records: {
    number: string;
    disease: number;
    doctor: string;
    writtenOn: IsoDate;
    severeOn: IsoDate | null;
  }[];
  terms: { from: IsoDate; tier: Tier; cap: number; payerNumber: string; diseases: number[] }[];
}

/** 個人票 and the terms of 支給認定 of the person of a request about their own data. */
export async function heldOfPatient(work: Work, request: number): Promise<readonly string[]> {
  const [row] = await work.sql<{ held: Held }[]>`
    select intractable_disease.held_of(${request}) as held`;
  if (!row) throw new Error("no answer");
  const { records, terms } = row.held;
  return [
    ...records.map(
      ({ number, disease, doctor, writtenOn, severeOn }) =>
        `申請 ${number}　臨床調査個人票　${diseaseTitle(disease, writtenOn)}　指定医 ${doctor}　記載 ${showDate(writtenOn)}${severeOn ? `　診断 ${showDate(severeOn)}` : ""}`,
    ),
    ...terms.map(
      ({ from, tier, cap, payerNumber, diseases }) =>
        `${showDate(from)}から　${tier}　自己負担上限月額 ${yen(cap)}　公費負担者番号 ${payerNumber}　${diseases.map((number) => diseaseTitle(number, from)).join("、")}`,
    ),
  ];
}

interface HeldReview {
  checks: { number: string; result: RecordResult }[];
  referrals: { number: string; group: string | null; again: boolean }[];
  answers: {
    number: string;
    heldOn: IsoDate;
    receivedOn: IsoDate;
    disease: number;
    opinion: keyof typeof panelOpinions;
    reason: string | null;
  }[];
  registrations: (Pick<Registration, "kind" | "outcome" | "refusal" | "state" | "paper"> & {
    validFrom: IsoDate | null;
    disease: number | null;
    doctor: string | null;
    diagnosedOn: IsoDate | null;
    proposedOn: IsoDate;
    decidedOn: IsoDate | null;
    notice: string | null;
    toldOn: IsoDate | null;
  })[];
}

const reasonWords: Readonly<Record<string, string>> = {
  ...panelReasons.fails,
  ...panelReasons.deferred,
};

/** 審査 of the person of a request about their own data: 書類審査, what the panel was asked and answered, and 登録者証. */
export async function heldOfReview(work: Work, request: number): Promise<readonly string[]> {
  const [row] = await work.sql<{ held: HeldReview }[]>`
    select intractable_review.held_of(${request}) as held`;
  if (!row) throw new Error("no answer");
  const { checks, referrals, answers, registrations } = row.held;
  return [
    ...checks.map(({ number, result }) => `申請 ${number}　書類審査　${recordResults[result]}`),
    ...referrals.map(
      ({ number, group, again }) =>
        `申請 ${number}　指定難病審査会への依頼${again ? "（再審査）" : ""}　${group ?? "全体"}`,
    ),
    ...answers.map(
      ({ number, heldOn, receivedOn, disease, opinion, reason }) =>
        `申請 ${number}　指定難病審査会の答申（${showDate(heldOn)}）　${diseaseTitle(disease, receivedOn)}　${panelOpinions[opinion]}${reason ? `（${reasonWords[reason] ?? reason}）` : ""}`,
    ),
    ...registrations.map(registrationLine),
  ];
}

const registrationLine = (one: HeldReview["registrations"][number]): string =>
  [
    `登録者証　${registrationKinds[one.kind]}`,
    `${registrationOutcomes[one.outcome]}${one.refusal ? `（${registrationRefusals[one.refusal]}）` : ""}${one.paper ? "（紙）" : ""}`,
    ...(one.validFrom ? [`${showDate(one.validFrom)}から`] : []),
    ...(one.disease && one.diagnosedOn
      ? [
          `${diseaseTitle(one.disease, one.diagnosedOn)}　指定医 ${one.doctor}　診断 ${showDate(one.diagnosedOn)}`,
        ]
      : []),
    `起案 ${showDate(one.proposedOn)}`,
    `${registrationStates[one.state]}${one.decidedOn ? ` ${showDate(one.decidedOn)}` : ""}`,
    ...(one.notice && one.toldOn ? [`通知 ${one.notice}（${showDate(one.toldOn)}）`] : []),
  ].join("　");
