/** A clinic on the day of a shot, as far as the hint asks. */
export interface HintedClinic {
  readonly state: "active" | "suspended" | "closed";
  readonly contractKinds: readonly string[];
  readonly vaccines: readonly string[];
}

/**
 * What whoever enters a slip is told of its clinic beside the register, in one sentence; nothing where all is as registered. It
 * stops nothing: the shot was given, whatever the register says, and whether it is paid is judged with the claim (ADR 74).
 */
export function clinicHint(clinic: HintedClinic | undefined, vaccine: string): string | undefined {
  if (!clinic) return "医療機関台帳にない番号です。";
  if (clinic.state === "closed") return "接種日には、廃止になっています。";
  if (clinic.state === "suspended") return "接種日には、休止しています。";
  if (clinic.contractKinds.length === 0) return "接種日に有効な契約がありません。";
  if (!clinic.vaccines.includes(vaccine)) return "この予防接種を扱う登録がありません。";
  return undefined;
}
