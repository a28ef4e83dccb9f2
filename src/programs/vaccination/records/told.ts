import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type {
  AcceptReason,
  Outcome,
  RecordChannel,
  Route,
} from "#workflows/vaccination/records/channels.ts";
import type { Doubt } from "#workflows/vaccination/records/doubts.ts";
import type { ToldIdentity } from "#workflows/vaccination/records/score.ts";

/** A record as a channel tells it. The person by the first that is there: number, coupon, 母子健康手帳番号, identity. */
export interface ToldRecord {
  channel: RecordChannel;
  /** 統合宛名番号, where the channel knows it. */
  personNumber?: string | undefined;
  /** 券番号 of ten digits, or the 18 of the OCR line: gives the person, and the vaccine and dose where none is told. */
  couponNumber?: string | undefined;
  /** 母子健康手帳番号, as it was typed. */
  motherChildNumber?: string | undefined;
  /** Sealed. */
  identity?: ToldIdentity | undefined;
  outcome: Outcome;
  /** Id of the schedule; with a coupon it may be left out (`""`). */
  vaccine: string;
  /** Left out: that of the coupon, or the next one of the person. */
  dose?: number | undefined;
  givenOn: IsoDate;
  product?: string | undefined;
  lot?: string | undefined;
  /** In ml, such as `0.5`. */
  volume?: string | undefined;
  route?: Route | undefined;
  /** 医療機関コード, ten digits. */
  clinicCode?: string | undefined;
  clinicName?: string | undefined;
  /** Sealed. */
  doctor?: string | undefined;
  /** 画像番号, by which the contractor's picture of the paper is found. Sealed. */
  image?: string | undefined;
  /** Day of the 予診票. */
  interviewOn?: IsoDate | undefined;
  /** Id of the channel's own row; told twice, it is taken once. No personal data. */
  reference?: string | undefined;
  /** What may be accepted is recorded with this reason; a 間違い接種 begins an incident. */
  accept?: AcceptReason | undefined;
}

/** What became of it. `noted`: 予診のみ or 不可診, kept without a record. */
export interface TakenRecord {
  slipId: string;
  state: "recorded" | "second-channel" | "noted" | "doubtful" | "unmatched" | "discarded";
  /** The record that came of it, or was there. */
  shotId?: string | undefined;
  personNumber?: string | undefined;
  doubts: readonly Doubt[];
}

/** What is sealed of a slip. */
export interface SlipDetails {
  doctor?: string | undefined;
  motherChildNumber?: string | undefined;
  identity?: ToldIdentity | undefined;
  image?: string | undefined;
}
