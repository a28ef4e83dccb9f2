import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** What the register knows of the subject of an application as it is received: dates only. */
export interface OpeningFacts {
  /** 受付日. */
  readonly receivedOn: IsoDate;
  /** The first day on which the person can have been born: the day of birth, where it is known. */
  readonly birth: IsoDate;
  /** The last such day, where it is another: nobody is too old by a day that is not known. */
  readonly bornNotAfter?: IsoDate | undefined;
  /** 住民となった日. */
  readonly residentFrom: IsoDate;
  /** 住民でなくなった日: the first day on which the person is no longer a resident. */
  readonly residentTo?: IsoDate | undefined;
  readonly diedOn?: IsoDate | undefined;
}

/** Why an application is not received for somebody, said to the person at the counter; holds no personal data. */
export interface Hindrance {
  readonly code:
    | "before-birth"
    | "died"
    | "moved-out"
    | "not-yet-resident"
    | "age"
    | "other-person"
    | "under-way"
    | "entitled";
  readonly reason: string;
  /** How one goes on. */
  readonly advice: string;
  readonly basis: readonly string[];
  /**
   * Nothing can be received at all. Without it the application would be refused in the end; where the applicant hands it in
   * all the same it is received and decided on (行政手続法第7条: an application that arrived is examined), with a reason.
   */
  readonly final?: true;
}

/** Before somebody was born nothing can have been applied for. */
export const beforeBirth = ({ receivedOn, birth }: OpeningFacts): Hindrance | undefined =>
  receivedOn < birth
    ? {
        code: "before-birth",
        reason: "受付日が、この方の出生日より前です。",
        advice: "受付日を確かめてください。",
        basis: ["民法第3条第1項"],
        final: true,
      }
    : undefined;

const residence = "市の条例の住所要件、住民基本台帳法第8条";

/** Who is no longer, or not yet, a resident on the day of the application. */
export function notResident(facts: OpeningFacts): Hindrance | undefined {
  const { receivedOn, residentFrom, residentTo, diedOn } = facts;
  if (diedOn !== undefined && diedOn < receivedOn)
    return {
      code: "died",
      reason: "受付日より前に亡くなった方です。",
      advice:
        "亡くなる前に届いた申請書のときは、届いた日を受付日にしてください。受給資格があるときは、喪失の届出をしてください。",
      basis: [residence],
    };
  if (diedOn === undefined && residentTo !== undefined && residentTo <= receivedOn)
    return {
      code: "moved-out",
      reason: "受付日には、市の住民でなくなっています。",
      advice:
        "転出の前に届いた申請書のときは、届いた日を受付日にしてください。市外へ移った方には、新しい住所地での申請を案内してください。",
      basis: [residence],
    };
  if (receivedOn < residentFrom)
    return {
      code: "not-yet-resident",
      reason: "受付日には、まだ市の住民ではありません。",
      advice: "受付日を確かめてください。転入の届出がまだのときは、先に届け出てもらってください。",
      basis: [residence],
    };
  return undefined;
}

/** What stands against an application of anybody: nothing else where a 事務 says nothing of its own. */
export const usualHindrances = (facts: OpeningFacts): readonly Hindrance[] => {
  const [first] = [beforeBirth(facts), notResident(facts)].filter((one) => one !== undefined);
  return first ? [first] : [];
};
