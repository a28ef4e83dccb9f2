import { type ChangeData, changeNotice, lossNotice } from "#forms/index.ts";
import { latestEntry } from "#src/platform/approvals/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { getSealedOne } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { type Application, accountKindTitles, relationTitles } from "./application.ts";
import { type Change, changeOf, changeSubjectTitles } from "./change.ts";
import { papersOf } from "./city.ts";
import { dataBefore, findEntitlement } from "./ledger.ts";
import { daysToReturn, letterOf, type MadePaper, make, subjectOf } from "./papers.ts";
import { lossReasonTitles } from "./reasons.ts";

/** Letters that a report of change or loss may cause. */
export type ChangeLetterKind = "change" | "loss";

/** A letter of a report as it would go out now; without a number it is a preview. */
export async function makeChangeLetter(
  work: Work,
  found: CaseRow,
  kind: ChangeLetterKind,
  documentNumber = "（下書き）",
): Promise<MadePaper> {
  const reported = await changeOf(work, found.id);
  const granted = await findEntitlement(work, reported.entitlementId);
  const entry = await latestEntry(work, found.id);
  const before = await dataBefore(work, reported);
  const changed = entry ? await getSealedOne<Partial<Application>>(work, entry.sealedId) : {};
  const data = { ...before, ...changed };
  const letter = await letterOf(work, found, { data, granted, documentNumber });
  const { basis, appeal } = await papersOf(work);
  const holdsFrom = reported.occursOn as IsoDate;
  if (kind === "loss") {
    const loss = {
      ...letter,
      lostOn: holdsFrom,
      reason: lossReasonTitles[reported.lossReason ?? "other"],
      basis,
      returnBy: addDays(letter.date, daysToReturn),
      appeal,
    };
    return make(work, lossNotice, loss, subjectOf(found));
  }
  const change = {
    ...letter,
    from: holdsFrom,
    changes: changedItems(reported.subject, before, data),
    reason: `${changeSubjectTitles[reported.subject]}の届出があったため。`,
    basis,
    requests: [],
  };
  return make(work, changeNotice, change, subjectOf(found));
}

type Item = ChangeData["changes"][number];

/** Items that are printed as registered, or not at all. */
const asRegistered: Readonly<Record<string, "name" | "address">> = {
  送付先の住所: "address",
  送付先の宛名: "name",
  被保険者: "name",
  保護者: "name",
  住所: "address",
};

/** The part that the report is about, item by item; items that stay are left out unless all stay. */
export function changedItems(
  subject: Change["subject"],
  before: Application,
  after: Application,
): Item[] {
  const [old, now] = [itemsOf(subject, before), itemsOf(subject, after)];
  const all = Object.entries(now).map(([item, value]) => ({
    item,
    before: old[item] ?? "",
    after: value,
    ...(asRegistered[item] && { purpose: asRegistered[item] }),
  }));
  const different = all.filter((row) => row.before !== row.after);
  return different.length > 0 ? different : all;
}

function itemsOf(subject: Change["subject"], data: Application): Record<string, string> {
  const { guardian, insurance, account, mailing } = data;
  switch (subject) {
    case "mailing":
      return {
        送付先の住所: mailing ? `${mailing.address}　${mailing.building}`.trim() : "保護者の住所",
        送付先の宛名: mailing ? mailing.name : guardian.name,
      };
    case "insurance":
      return {
        加入している健康保険: insurance.insurerName,
        保険者番号: insurance.insurerNumber,
        "記号・番号": [insurance.symbol, insurance.number, insurance.branchNumber]
          .filter(Boolean)
          .join("・"),
        被保険者: insurance.insuredName,
      };
    case "guardian":
      return {
        保護者: `${guardian.name}（${relationTitles[guardian.relation]}）`,
        住所: `${guardian.address}　${guardian.building}`.trim(),
        電話番号: guardian.telephone,
      };
    case "account":
      // The notice goes by post: of the number only its end is printed.
      return {
        振込先口座: account
          ? `${account.bankCode}-${account.branchCode} ${accountKindTitles[account.kind]} ****${account.number.slice(-3)}`
          : "登録なし",
        口座名義: account ? account.holderKana : "登録なし",
      };
    case "loss":
      return {};
  }
}
