import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { ApplicationKind, IncomeTest } from "../applications/index.ts";
import type { Person } from "../people/index.ts";
import type { Work } from "../work.ts";

/** A household of a season as it is judged: what holds of it on the day, and what the register says. */
export interface RenewedHousehold<Entered> {
  personNumber: string;
  entered: Entered;
  /** The people of the application, by number; name and address where they may be seen. */
  people: ReadonlyMap<string, Person>;
  /** 統合宛名番号 of all who live with the person now, by the register. */
  household: readonly string[];
}

/** What stands on the 現況届 of one household beside what every one says. */
export interface FormFacts {
  /** 健康保険 as it is recorded. */
  insurance: string;
  telephone: string;
  address: string;
  household: readonly { personNumber: string; relation: string }[];
}

/** What a 事務 declares of its yearly renewal; seasons, answers, mailings, judgement, decisions and screens it gets. */
export interface RenewalKind<Entered> {
  application: ApplicationKind<Entered>;
  /** What is handed in: 現況届. */
  title: string;
  /** Papers to hand in with it, by code; they are what a 補正 may ask for. */
  documents: Readonly<Record<string, string>>;
  /** What the judgement finds of its own, by code, in words. */
  findings: Readonly<Record<string, string>>;
  /** The year whose income counts on a day; absent where incomes don't. */
  incomeYear?(work: Work, on: IsoDate): Promise<number>;
  /** The income test that holds on a day, of any household. */
  incomeTest?(
    work: Work,
    on: IsoDate,
  ): Promise<(about: { personNumber: string; entered: Entered }) => IncomeTest>;
  /** What a person has to look at beside incomes, papers and reports: codes of `findings`. Asks nothing of the database but what its first call needs. */
  finder(work: Work, on: IsoDate): Promise<(household: RenewedHousehold<Entered>) => string[]>;
  /** What is printed on the form of a household. */
  form(entered: Entered): FormFacts;
}

/** A kind whose entry only its own functions know. */
// biome-ignore lint/suspicious/noExplicitAny: the entry goes only to the functions of the kind it came from
export type AnyRenewalKind = RenewalKind<any>;

/** Reasons for which any renewal ends, or puts back; a 事務 adds its own (`renewal-…`) and declares all as `reasons.renewal` of its application. */
export const commonRenewalReasons = {
  "renewal-income": "所得が限度額以上であるため",
  "renewal-no-answer": "現況届が期限までに提出されなかったため",
  "renewal-documents": "審査に必要な書類が期限までに提出されなかったため",
  "renewal-residence": "市内に住所を有しなくなったため",
  "renewal-late-answer": "現況届が提出されたため",
} as const;

/** What any judgement may find. */
const commonFindings = {
  "changes-reported": "変更の届出がある",
  "change-open": "処理中の変更届がある",
  "documents-missing": "書類が足りない",
  "no-data": "申請の内容が読めない",
  "not-resident": "受給者の住民登録がない（転出・死亡）",
  "income-missing": "所得が分からない",
  "income-unconfirmed": "入力した所得が確認されていない",
  "over-limit": "所得が限度額以上",
} as const;

export const reasonTitlesOf = ({ application }: AnyRenewalKind): Readonly<Record<string, string>> =>
  application.reasons.renewal ?? commonRenewalReasons;
export const findingTitlesOf = ({ findings }: Pick<AnyRenewalKind, "findings">) =>
  ({ ...commonFindings, ...findings }) as Readonly<Record<string, string>>;
