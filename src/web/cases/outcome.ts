import {
  isLetterKind,
  letterTitles,
  neverHeld,
  reasonTitle,
  subjectOfChange,
  titleOfSorts,
} from "#src/platform/applications/index.ts";
import type { Approval } from "#src/platform/cases/index.ts";
import { type Entitlement, movementTitles } from "#src/platform/entitlements/index.ts";
import type { Addressee } from "#src/platform/letters/index.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { showDate } from "../dates.ts";
import type { Items } from "./declaration.ts";
import { incomeLines } from "./incomes-panel.tsx";
import { showPeriod } from "./parts.tsx";
import {
  type ApplicationShown,
  type ChangeShown,
  isHousehold,
  liveEntitlements,
  nameIn,
} from "./shown.ts";

type Subject = Approval["subject"];

/** What the decision on an application will do, line by line. */
export function applicationOutcome(
  shown: ApplicationShown,
  open: Approval,
  /** 受給者番号 that the persons have already, by person number. */
  numbers: ReadonlyMap<string, string>,
): Items {
  const { screens, view } = shown;
  const { application } = screens;
  const data = view.current ?? view.entered;
  const letter = letterLine(open.subject, data && application.addressee(data, shown.today));
  if (open.subject === "grant") return [...grantLines(shown, numbers), ...letter];
  const reason = reasonOf(shown);
  if (open.subject === "rejection") {
    return [
      ["処分", "申請を却下します"],
      ["理由", application.reasons.rejection[reason] ?? "―"],
      ...letter,
    ];
  }
  return [
    ["処分", "受給資格を職権で取り消します（認定の日にさかのぼります）"],
    ["理由", application.reasons.revocation[reason] ?? "―"],
    ...liveEntitlements(view).map(
      (one) =>
        [
          isHousehold(view) ? nameIn(view, one.personNumber) : "取り消す資格",
          `${one.recipientNumber}　${showPeriod(one.validFrom, one.validTo)}`,
        ] as const,
    ),
    certificateLine(shown),
    ...letter,
  ];
}

function grantLines(
  { screens, view, today, own }: ApplicationShown,
  numbers: ReadonlyMap<string, string>,
): Items {
  const { granting } = view;
  if (!granting.granted) return [["処分", `今の基準では認定できません。${granting.reason}`]];
  const numberOf = (personNumber: string) =>
    numbers.get(personNumber) ?? "この決裁のときに付番します";
  const persons: Items = isHousehold(view)
    ? granting.periods.map(({ personNumber, from, to }) => [
        nameIn(view, personNumber),
        `${showPeriod(from, to)}（受給者番号 ${numberOf(personNumber)}）`,
      ])
    : granting.periods.flatMap(({ personNumber, from, to }) => [
        ["有効期間", showPeriod(from, to)] as const,
        ["受給者番号", numberOf(personNumber)] as const,
      ]);
  return [
    ["処分", "受給資格を認定します"],
    ...persons,
    ["認定日", showDate(today)],
    ...incomeLines(view),
    ...(screens.outcome?.(view, own) ?? []),
  ];
}

/** What the decision on a report of change or loss will do. */
export function changeOutcome(shown: ChangeShown, open: Approval, own: Items): Items {
  const { screens, view } = shown;
  const { change, entitlements, before, after } = view;
  const { application } = screens;
  const { subject } = open;
  const about = subjectOfChange(screens.change, change);
  if (subject === "rejection") {
    const why = application.reasons.rejection[reasonOf(shown)] ?? "―";
    return [
      ["処分", `${about.title}の届出を却下します`],
      ["理由", why],
      ...letterLine(subject, application.addressee(before, shown.today)),
    ];
  }
  if (subject === "grant")
    return [
      ["処分", "受給資格を認定します"],
      ...joiningLines(shown),
      ...own,
      ...letterLine(subject, application.addressee(after ?? before, shown.today)),
    ];
  const reason = reasonTitle(screens.change, change);
  const lost = change.movement === "lost";
  const to = application.addressee(lost ? before : (after ?? before), shown.today);
  return [
    ["処分", lost ? "受給資格の喪失を決定します" : `${about.title}を決定します`],
    ...(change.movement && change.movement !== "granted" && !lost
      ? [["資格異動", movementTitles[change.movement]] as const]
      : []),
    [lost ? "資格がなくなる日" : "変更日", showDate(change.occursOn)],
    ...(reason ? [["理由", reason] as const] : []),
    ...entitlements.map(
      (one) =>
        [
          entitlements.length > 1 || isHousehold(view)
            ? nameIn(view, one.personNumber)
            : "有効期間",
          neverHeld(change, one.validFrom)
            ? `${showPeriod(one.validFrom, one.validTo)} → はじめからなかったものとして取り消します`
            : lost
              ? `${showPeriod(one.validFrom, one.validTo)} → ${showDate(addDays(change.occursOn, -1))}まで`
              : movedLine(shown, one),
        ] as const,
    ),
    ...(lost || change.movement === "suspended" ? [certificateLine(shown)] : []),
    ...followLine(shown),
    ...own,
    ...letterLine(open.subject, to),
  ];
}

/** The period of somebody as 停止, 再開 and 訂正 leave it. */
function movedLine({ view }: ChangeShown, one: Entitlement): string {
  const { change, after } = view;
  const period = showPeriod(one.validFrom, one.validTo);
  if (change.movement === "suspended") return `${period}（${showDate(change.occursOn)}から停止）`;
  if (change.movement === "resumed") return `${period}（${showDate(change.occursOn)}から再開）`;
  const { correction } = (after ?? {}) as { correction?: { from: IsoDate; to: IsoDate } };
  return correction ? `${period} → ${showPeriod(correction.from, correction.to)}` : period;
}

/** How much is left to be done by it, in one line: the list stands below. */
const followLine = ({ view }: ChangeShown): Items =>
  view.consequences.length === 0
    ? []
    : [["さかのぼる影響", `${view.consequences.length}件（下の表）。決裁の後に処理待ちになります`]];

/** Who joins until when, and whose entitlement lasts longer by it. */
function joiningLines({ view }: ChangeShown): Items {
  const { granting, entitlements } = view;
  if (!granting?.granted) return [["期間", granting?.reason ?? "―"]];
  return granting.periods.flatMap(({ personNumber, from, to }): Items => {
    const held = entitlements.find((one) => one.personNumber === personNumber);
    const name = nameIn(view, personNumber);
    if (!held) return [[name, `${showPeriod(from, to)}（新しく認定します）`]];
    if (held.validTo >= to) return [];
    const until = showDate(to);
    return [[name, `${showPeriod(held.validFrom, held.validTo)} → ${until}まで`]];
  });
}

/** The reason with which something was proposed, as a code. */
const reasonOf = ({ view }: ApplicationShown | ChangeShown): string =>
  String(view.passage.proposal.reason);

/** Which certificates end with the entitlements. */
function certificateLine({ screens, view }: ApplicationShown | ChangeShown) {
  const { application } = screens;
  const valid = view.certificates.filter(({ endedOn }) => endedOn === null);
  const bySort = [...Map.groupBy(valid, ({ kind }) => kind)].map(
    ([sort, { length }]) => `${titleOfSorts(application, [sort])}${length}枚`,
  );
  return [
    titleOfSorts(application, ["card", ...valid.map(({ kind }) => kind)]),
    bySort.length > 0 ? `有効な${bySort.join("と")}は失効します` : "有効なものはありません",
  ] as const;
}

/** The letter that goes out, and to whom. */
function letterLine(subject: Subject, to: Addressee | undefined): Items {
  if (!isLetterKind(subject)) return [];
  const address = to
    ? `〒${to.postalCode} ${to.address} ${to.building} ${to.name} 様`.replaceAll(/ +/g, " ")
    : "―";
  return [["通知", `${letterTitles[subject]}を1通作成します。宛先: ${address}`]];
}
