/** What stands against a merge, by the codes of the database. */
export const obstacleWords: Readonly<Record<string, string>> = {
  self: "同じ番号どうしは統合できません。",
  nobody: "番号の方が見つかりません。",
  merged: "どちらかの番号は、既にほかの番号に統合されています。統合先の番号を使ってください。",
  waiting: "どちらかの番号について、ほかの統合か分離が決裁を待っています。",
  "individual-numbers": "存命の2人の個人番号が異なるため、同じ方ではありません。",
  protection:
    "片方の番号だけに支援措置があります。両方の記録が揃ってから統合してください（住所の非表示が外れるのを防ぐため）。",
  "outsider-stays":
    "住民記録にある番号を、住登外者の番号に統合することはできません。逆にしてください。",
  "payment-run":
    "どちらかの番号の方への支払が、支払の回に入っています。支払の結果が入ってから統合・分離してください。",
};

/** Kinds of things that stand under a number. */
export const thingTitles: Readonly<Record<string, string>> = {
  case: "手続き",
  entitlement: "受給資格",
  payable: "支払",
  account: "振込先口座",
  repayment: "返還",
  note: "メモ",
  attachment: "添付",
  need: "税・福祉情報の照会対象",
  shot: "接種記録",
  coupon: "接種券",
  slip: "予診票",
  "record-paper": "接種記録の証明",
  notice: "予防接種の通知・勧奨はがき",
  incident: "間違い接種",
  "clinic-claim-row": "委託料を請求された接種",
  "adverse-report": "副反応疑い報告",
  inquiry: "接種歴等の照会",
  "hand-on": "他市町村の照会への回答",
  harm: "健康被害",
  pension: "健康被害救済の年金",
  special: "予防接種の特例・注意",
  exemption: "自己負担減免の申請",
  "exemption-certificate": "無料（減免）対象者確認証",
  "exemption-list": "減免の名簿",
};

/** What it means where both numbers have one that may stand but once. */
export const clashWords: Readonly<Record<string, string>> = {
  case: "同じ種類の手続きが、両方の番号で進んでいます。",
  entitlement: "有効な受給資格が、両方の番号にあります。",
  account: "確認済の振込先口座が、両方の番号にあります。統合後は、残す番号の口座を使います。",
  shot: "同じ接種が、両方の番号に記録されています。",
  coupon: "有効な同じ接種券が、両方の番号に出ています。",
  pension: "支給中の同じ年金が、両方の番号にあります。",
  special: "有効な送付先か滞在先が、両方の番号にあります。",
};
