import type { body, clinic, clinicAccount, closure, contract, doctor } from "#db/schema/clinics.ts";

type Clinic = typeof clinic.$inferSelect;
type Closure = typeof closure.$inferSelect;
type Contract = typeof contract.$inferSelect;
type Account = typeof clinicAccount.$inferSelect;

/** 医療機関区分. */
export const clinicKinds = {
  hospital: "病院",
  clinic: "診療所",
  "health-centre": "保健センター・保健所",
  venue: "集団接種の会場",
  facility: "施設",
  other: "その他",
} as const satisfies Record<Clinic["kind"], string>;

/** Where it is. */
export const clinicPlaces = {
  city: "市内",
  prefecture: "県内の市外",
  elsewhere: "県外",
} as const satisfies Record<Clinic["place"], string>;

/** How it stands on a day. */
export const clinicStates = { active: "稼働", suspended: "休止", closed: "廃止" } as const;
export type ClinicState = keyof typeof clinicStates;

/** Sort of a 取りまとめ団体. */
export const bodyKinds = {
  association: "医師会",
  agent: "審査支払・代行の機関",
  other: "その他の団体",
} as const satisfies Record<(typeof body.$inferSelect)["kind"], string>;

/** What somebody is at a clinic. */
export const doctorRoles = {
  founder: "開設者",
  manager: "管理者",
  doctor: "接種医",
} as const satisfies Record<(typeof doctor.$inferSelect)["role"], string>;

export const closureKinds = { suspended: "休止", closed: "廃止" } as const satisfies Record<
  Closure["kind"],
  string
>;

/** Why a clinic pauses or ends. */
export const closureGrounds = {
  suspended: {
    absence: "医師の不在・療養",
    works: "改修・移転の工事",
    "own-request": "医療機関の申出",
    disposition: "行政処分",
    other: "その他",
  },
  closed: {
    abolished: "廃止の届出",
    moved: "移転（新しい番号）",
    died: "開設者の死亡",
    other: "その他",
  },
} as const;

const changeReasons = {
  resumed: "再開",
  corrected: "内容の訂正",
  mistake: "登録の誤り",
} as const;

/** All reasons of 休止 and 廃止, by code. */
export const closureReasons = {
  ...closureGrounds.suspended,
  ...closureGrounds.closed,
  ...changeReasons,
} as const satisfies Record<Closure["reason"], string>;

/** Who is paid by a contract. */
export const paidToTitles = {
  clinic: "医療機関に支払う",
  body: "取りまとめ団体に支払う",
} as const satisfies Record<Contract["paidTo"], string>;

/** Why a contract is worded anew. */
export const contractReasons = {
  renewed: "契約の更新",
  ended: "契約の終了",
  corrected: "内容の訂正",
  mistake: "登録の誤り",
} as const satisfies Record<NonNullable<Contract["reason"]>, string>;

/** Why what was entered goes back. */
export const refusals = {
  paper: "書類と違う",
  values: "内容を直す必要がある",
  other: "その他",
} as const satisfies Record<NonNullable<Contract["refusal"]>, string>;

/** With what an account is compared. */
export const accountEvidence = {
  passbook: "通帳の写し",
  certificate: "金融機関の証明",
  form: "口座振替の申出書（押印・署名のあるもの）",
} as const satisfies Record<NonNullable<Account["evidence"]>, string>;

/** Why an account is not used any more. */
export const accountClosings = {
  changed: "口座の変更",
  "own-request": "医療機関・団体の申出",
  failed: "振込不能",
  mistake: "入力の誤り",
} as const satisfies Record<NonNullable<Account["closedFor"]>, string>;
