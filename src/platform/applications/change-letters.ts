import { approvalNotice, changeNotice, lossNotice, rejectionNotice } from "#forms/index.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { CaseRow } from "../cases/index.ts";
import {
  type Change,
  changeOf,
  entitlementsOfCase,
  findEntitlements,
  movementsOf,
} from "../entitlements/index.ts";
import type { EntryItem } from "../entry-parts/index.ts";
import { type MadePaper, makePaper, recipientOf, subjectOf } from "../letters/index.ts";
import { type HouseholdView, shownName } from "../people/index.ts";
import { notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import {
  type ChangeKind,
  grantingByReport,
  neverHeld,
  reasonTitle,
  subjectOfChange,
} from "./change-kind.ts";
import { currentData, patched, reportedData } from "./data.ts";
import { type ApplicationKind, type GrantedInLetter, joinEntry } from "./kind.ts";
import {
  draft,
  grantedPersons,
  groundsOf,
  inLetter,
  type LetterKind,
  letterOf,
  personFacts,
  reasonOf,
  registerForLetter,
} from "./letter-parts.ts";
import { correctedPeriods } from "./movement-subjects.ts";

/** A letter of a report as it would go out now. */
export async function makeChangeLetter<Entered>(
  work: Work,
  changes: ChangeKind<Entered>,
  found: CaseRow,
  letterKind: LetterKind,
  number = draft,
): Promise<MadePaper> {
  const { application: kind } = changes;
  const change = await changeOf(work, found.id);
  const about = subjectOfChange(changes, change);
  const granting = { caseId: change.grantingCaseId, personNumber: found.personNumber };
  const at = { on: change.occursOn, without: found.id };
  const before = await currentData(work, kind, granting, at);
  const reported = await reportedData(work, found.id);
  const receivedOn = "届出の受付日";
  const granted =
    letterKind === "grant"
      ? await joiningOf(work, changes, found, change)
      : inLetter(await entitlementsOfCase(work, found.id)).map((one) => ({
          ...one,
          neverHeld: neverHeld(change, one.from),
        }));
  const after = reported
    ? joinEntry(kind, patched(kind, before, reported, found.personNumber), found.personNumber)
    : before;
  const entered = letterKind === "grant" ? after : before;
  const register = await registerForLetter(work, found);
  const head = await letterOf(work, kind, found, { entered, number, receivedOn });
  const facts = [...head.facts, ...personFacts(kind, { entered, register, granted })];
  const letter = { ...head, facts };
  const { papers, daysToReturn } = kind.letters;
  const of = { subject: subjectOf(found), sample: number === draft };
  const { basis, appeal } = await groundsOf(work, kind);
  if (letterKind === "grant") {
    const persons = await grantedPersons(work, kind, register, granted);
    const data = { ...head, persons, basis, appeal };
    return makePaper(work, papers, { form: approvalNotice, data, ...of });
  }
  if (letterKind === "rejection") {
    const reason = kind.reasons.rejection[await reasonOf(work, found)] ?? "";
    const data = { ...letter, reason, basis, appeal };
    return makePaper(work, papers, { form: rejectionNotice, data, ...of });
  }
  if (letterKind === "loss") {
    const data = {
      ...letter,
      lostOn: change.occursOn,
      reason: reasonTitle(changes, change) ?? about.title,
      basis,
      returnBy: addDays(letter.date, daysToReturn),
      appeal,
    };
    return makePaper(work, papers, { form: lossNotice, data, ...of });
  }
  if (letterKind !== "change") throw notFound("見本はまだ作れません。");
  const person = { personNumber: reported?.personNumber ?? found.personNumber };
  const { movement } = change;
  const moved =
    movement === "suspended" || movement === "resumed" || movement === "corrected"
      ? await movedInLetter(work, kind, found, { ...change, movement }, register)
      : undefined;
  const to = await recipientOf(work, kind.addressee(after, work.platform.clock.today()));
  const own = await about.inNotice?.(work, found, change);
  const data = {
    ...letter,
    facts: [...letter.facts, ...(own?.facts ?? [])],
    to,
    from: own?.from ?? change.occursOn,
    changes:
      moved?.changes ?? changedItems(about.items(before, person), about.items(after, person)),
    reason: moved
      ? (reasonTitle(changes, change) ?? about.title)
      : change.origin === "register"
        ? "住民記録に異動があったため。"
        : `${about.title}の届出があったため。`,
    basis,
    requests: moved?.requests(letter.date) ?? [],
    // What only follows a notice of the person is no decision against which there is an appeal.
    ...(change.needsDecision ? { appeal } : {}),
  };
  return makePaper(work, papers, { form: changeNotice, data, ...of });
}

/** What 停止, 再開 and 訂正 change, person by person, and what becomes of the certificate. */
async function movedInLetter<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  found: CaseRow,
  change: Change & { movement: "suspended" | "resumed" | "corrected" },
  { people }: HouseholdView,
) {
  const { movement, occursOn } = change;
  const entitlements = await entitlementsOfCase(work, found.id);
  const movements = await movementsOf(
    work,
    entitlements.map(({ id }) => id),
  );
  const days = await correctedPeriods(work, found.id, "");
  const card = kind.certificate.title;
  const period = ({ from, to }: { from: string; to: string }) =>
    `${formatWareki(from as IsoDate)}から${formatWareki(to as IsoDate)}まで`;
  // Of several people each line says whose it is.
  const item = (what: string, personNumber: string) => {
    const person = entitlements.length > 1 ? people.get(personNumber) : undefined;
    return person ? `${shownName(person)}　${what}` : what;
  };
  const changes = entitlements.map((one) => {
    if (movement === "suspended")
      return {
        item: item("助成", one.personNumber),
        before: "受けられます",
        after: `${formatWareki(occursOn)}から停止します`,
      };
    if (movement === "resumed")
      return {
        item: item("助成", one.personNumber),
        before: "停止しています",
        after: `${formatWareki(occursOn)}から受けられます`,
      };
    // The period before it was corrected stands in the movement before that of this case.
    const own = movements.filter(({ entitlementId }) => entitlementId === one.id);
    const at = own.findIndex(({ caseId }) => caseId === found.id);
    const old = (at > 0 ? own[at - 1] : undefined) ?? one;
    const set = days.find(({ entitlementId }) => entitlementId === one.id);
    return {
      item: item("助成の期間", one.personNumber),
      before: period({ from: old.validFrom, to: old.validTo }),
      after: set ? period(set) : "",
    };
  });
  const requests = (date: IsoDate): string[] => {
    const by = formatWareki(addDays(date, kind.letters.daysToReturn));
    if (movement === "suspended")
      return [
        `${by}までに、お手元の${card}を下のお問い合わせ先に返してください（郵送でも結構です）。停止の間は使えません。`,
        `停止の間に${card}を使ったときは、助成した費用を返していただくことがあります。`,
      ];
    if (movement === "resumed")
      return [
        `お手元の${card}は、そのまま使えます。返していただいた${card}は、窓口でお渡しするか、お送りします。`,
      ];
    return [
      `お手元の${card}に書かれた期間が変わるときは、新しい${card}をお渡しします。前の${card}は、下のお問い合わせ先に返してください（郵送でも結構です）。`,
    ];
  };
  return { changes, requests };
}

/** What those who join by a report are granted, or would be. */
async function joiningOf<Entered>(
  work: Work,
  changes: ChangeKind<Entered>,
  found: CaseRow,
  change: Change,
): Promise<readonly GrantedInLetter[]> {
  const acquired = new Set(
    (
      await movementsOf(
        work,
        (await entitlementsOfCase(work, found.id)).map(({ id }) => id),
      )
    ).flatMap((one) =>
      one.caseId === found.id && one.type === "acquired" ? [one.entitlementId] : [],
    ),
  );
  if (acquired.size > 0) return inLetter(await findEntitlements(work, [...acquired]));
  const granting = await grantingByReport(work, changes, found, change);
  if (!granting?.granted)
    throw new Problem({ status: 422, message: granting?.reason ?? "認定する方がいません。" });
  const reported = await reportedData(work, found.id);
  return granting.periods.filter((one) => one.personNumber === reported?.personNumber);
}

/** What stood and what stands, item by item; items that stay are left out unless all stay. */
function changedItems(before: readonly EntryItem[], after: readonly EntryItem[]) {
  const printed = (item: EntryItem | undefined) => item?.letter ?? item?.value ?? "";
  const old = new Map(before.map((item) => [item.label, item]));
  const all = after.map((item) => ({
    item: item.label,
    before: printed(old.get(item.label)),
    after: printed(item),
    ...(item.purpose ? { purpose: item.purpose } : {}),
  }));
  const different = all.filter((row) => row.before !== row.after);
  return different.length > 0 ? different : all;
}
