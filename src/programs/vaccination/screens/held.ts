import type { Work } from "#src/platform/work.ts";
import { showDate } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { vaccineLabel } from "#workflows/vaccination/schedule.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { subjectTitle } from "../targets/titles.ts";

interface Held {
  shots: {
    vaccine: VaccineId;
    dose: number;
    givenOn: IsoDate;
    product: string | null;
    lot: string | null;
  }[];
  coupons: {
    number: string;
    vaccine: VaccineId;
    label: string;
    from: IsoDate;
    to: IsoDate;
    issuedOn: IsoDate;
    cancelled: boolean;
  }[];
  notices: {
    number: string;
    subject: string;
    output: "letter" | "postcard";
    issuedOn: IsoDate;
    withdrawn: boolean;
  }[];
  seats: { subject: string; heldOn: IsoDate }[];
}

const noticeTitles = { letter: "個別通知", postcard: "勧奨はがき" } as const;

/** 接種記録, 接種券, letters, reminders and lists of group sessions of the person of a request about their own data. */
export async function heldOfPerson(work: Work, request: number): Promise<readonly string[]> {
  const [row] = await work.sql<{ held: Held }[]>`select vaccination.held_of(${request}) as held`;
  if (!row) throw new Error("no answer");
  const { shots, coupons, notices, seats } = row.held;
  return [
    ...shots.map(({ vaccine, dose, givenOn, product, lot }) =>
      [
        `${showDate(givenOn)}　${vaccineLabel(vaccine)} ${dose}回目を接種`,
        ...(product ? [`製品 ${product}`] : []),
        ...(lot ? [`ロット ${lot}`] : []),
      ].join("　"),
    ),
    ...coupons.map(
      ({ number, vaccine, label, from, to, issuedOn, cancelled }) =>
        `${showDate(issuedOn)}　接種券 ${number}　${vaccineLabel(vaccine)} ${label}　使える期間 ${showDate(from)}から${showDate(to)}まで${cancelled ? "（取消）" : ""}`,
    ),
    ...notices.map(
      ({ number, subject, output, issuedOn, withdrawn }) =>
        `${showDate(issuedOn)}　${noticeTitles[output]} ${number}　${subjectTitle(subject)}${withdrawn ? "（取下げ）" : ""}`,
    ),
    ...seats.map(
      ({ subject, heldOn }) => `${showDate(heldOn)}　集団接種の名簿　${subjectTitle(subject)}`,
    ),
  ];
}
