import { fiscalYear } from "#workflows/dates/ages.ts";
import { addDays, type IsoDate, later } from "#workflows/dates/iso-date.ts";
import { type DueDose, dueDose } from "../due.ts";
import { afterInterval, targetSpans } from "../points.ts";
import { isInjectedLive } from "../schedule.ts";
import { countedHistory, nextDose, occasionsOf } from "../series.ts";
import type { Condition, Person, Shot, Vaccine } from "../vocabulary.ts";
import type { Outcome } from "./outcomes.ts";
import type { TargetSubject } from "./subjects.ts";

/** People of whom the rule says one thing. */
export interface TargetGroup {
  readonly born: IsoDate;
  readonly sex: "female" | "male" | "unknown";
  /** `lives`, `protected`, or why nothing can be sent. */
  readonly standing: string;
  readonly conditions: readonly Condition[];
  readonly history: readonly Shot[];
  /** Doses that were sent already, as `1:` or `1:2026`. */
  readonly sent: ReadonlySet<string>;
}

/** What is asked of a group. */
export interface TargetOrder {
  readonly vaccine: Vaccine;
  readonly on: IsoDate;
  /** Days from `on` within which the dose opens; 0: it may be given that day. */
  readonly ahead: number;
  /** Doses that are wanted; none named: any. */
  readonly doses?: readonly number[];
  /** Vaccines that stand for this one and come before it in the order (ロタ1価, 5価): whoever begins gets the first. */
  readonly before?: readonly Vaccine[];
  /** Ids of the city's own live vaccines, which no rule of the schedule knows. */
  readonly cityLive?: readonly string[];
}

/** A dose that was found, or why there is none. `usableFrom` and `usableTo` are inclusive. */
export interface TargetVerdict {
  readonly outcome: Outcome;
  readonly subject?: TargetSubject;
  readonly label?: string;
  readonly usableFrom?: IsoDate;
  readonly usableTo?: IsoDate;
}

/** The person of a group as the rules take them. Where no sex is known, a letter too many is turned away at the clinic; one too few is not missed. */
export const personOfGroup = (
  { born, sex, conditions }: Pick<TargetGroup, "born" | "sex" | "conditions">,
  vaccine: Vaccine,
): Person => ({
  birth: born,
  sex: sex === "unknown" ? (vaccine.sex ?? "female") : sex,
  ...(conditions.length > 0 && { conditions }),
});

/** What becomes of the people of a group; nothing where the vaccine is not for them at all. */
export function judgeTarget(told: TargetGroup, order: TargetOrder): TargetVerdict | undefined {
  const { vaccine, on, ahead, doses, cityLive = [] } = order;
  const group = { ...told, history: told.history.map((shot) => withLive(shot, cityLive)) };
  const person = personOfGroup(group, vaccine);
  const counted = countedHistory(person, group.history);
  const own = counted.filter(
    ({ vaccine: id }) => id === vaccine.id || vaccine.continues?.includes(id),
  );
  if (
    targetSpans(
      vaccine,
      person,
      own.map(({ date }) => date),
    ).length === 0
  )
    return undefined;
  const gone = goneBy(group);
  const due = afterLive(dueDose(vaccine, person, on, group.history), order, counted);
  if (!due) {
    const outcome = whyNot(vaccine, person, counted, on);
    // Who never began and whose time is over, or whom another vaccine serves, is no target of a vaccine that is gone on with only.
    if (vaccine.begunOnly && own.length === 0) return undefined;
    return { outcome: gone ?? outcome };
  }
  const last = addDays(on, ahead);
  const occasion = occasionOf(vaccine, group.conditions, due.earliest);
  const subject = { vaccine: vaccine.id, dose: due.dose, occasion };
  const found = (outcome: Outcome): TargetVerdict => ({
    outcome: gone ?? outcome,
    subject,
    label: due.label,
    usableFrom: due.earliest,
    usableTo: due.latest,
  });
  if (due.earliest > last) {
    const given =
      vaccine.again === "season" && own.some(({ date }) => fiscalYear(date) === fiscalYear(on));
    return found(given ? "done" : "not-yet");
  }
  if (servedByOther(order, group, own.length > 0)) return found("other-vaccine");
  if (doses && !doses.includes(due.dose)) return found("other-dose");
  if (group.sent.has(`${due.dose}:${occasion}`)) return found("already-sent");
  return found(group.standing === "protected" ? "protected" : "included");
}

/** Says of a shot of the city's own live vaccine that it is one. */
const withLive = (shot: Shot, cityLive: readonly string[]): Shot =>
  cityLive.includes(shot.vaccine) ? { ...shot, live: true } : shot;

/** The city's own live vaccine keeps the distance to other live ones, which the schedule knows of its own alone. */
function afterLive(
  due: DueDose | undefined,
  { vaccine, cityLive = [] }: TargetOrder,
  history: readonly Shot[],
): DueDose | undefined {
  if (!due || !cityLive.includes(vaccine.id)) return due;
  const earliest = history
    .filter((shot) => shot.vaccine !== vaccine.id && isInjectedLive(shot))
    .map(({ date }) => afterInterval(date, { days: 27 }))
    .reduce(later, due.earliest);
  return earliest > due.latest ? undefined : { ...due, earliest };
}

const goneBy = ({ standing }: TargetGroup): Outcome | undefined =>
  standing === "deceased" ||
  standing === "moved-out" ||
  standing === "no-address" ||
  standing === "birth-unknown"
    ? standing
    : undefined;

/** Why no dose is next: the course is complete, another vaccine is used, or the time is over. */
function whyNot(vaccine: Vaccine, person: Person, history: readonly Shot[], on: IsoDate): Outcome {
  const others = [...(vaccine.insteadOf ?? []), ...(vaccine.continues ?? [])];
  const [series] = occasionsOf(vaccine, person, history, on);
  if (series && series.shots.length > 0 && !nextDose(series, on)) return "done";
  const begun = history.some(({ vaccine: id }) => id === vaccine.id);
  if (!begun && history.some(({ vaccine: id }) => others.includes(id))) return "other-vaccine";
  return "over";
}

/** Somebody who begins gets one of the vaccines that stand for one another: the first of the order. */
function servedByOther(
  { before = [], on, ahead }: TargetOrder,
  group: TargetGroup,
  begun: boolean,
): boolean {
  if (begun) return false;
  return before.some((other) => {
    const due = dueDose(other, personOfGroup(group, other), on, group.history);
    return due !== undefined && due.earliest <= addDays(on, ahead);
  });
}

/** Of a vaccine that is given each season the 年度, of one in each pregnancy the expected delivery. */
function occasionOf(vaccine: Vaccine, conditions: readonly Condition[], on: IsoDate): string {
  if (vaccine.again === "season") return String(fiscalYear(on));
  if (vaccine.again === "pregnancy") {
    const pregnancy = conditions.find((one) => one.kind === "pregnant");
    return pregnancy?.kind === "pregnant" ? pregnancy.expectedDelivery : "";
  }
  return "";
}

/**
 * The doses of the course after one that was found, as a booklet holds them: each from the day on which the one before, given on its first
 * day, lets it be given. `usableTo` is the last day of the target.
 */
export function laterDoses(
  group: TargetGroup,
  { vaccine, on }: Pick<TargetOrder, "vaccine" | "on">,
  found: TargetVerdict,
): TargetVerdict[] {
  const person = personOfGroup(group, vaccine);
  const doses: TargetVerdict[] = [];
  let history = [...group.history];
  let last = found;
  for (let count = 0; count < 9; count++) {
    const { subject, usableFrom } = last;
    if (!subject || !usableFrom || vaccine.again) break;
    const given = later(usableFrom, on);
    history = [...history, { vaccine: vaccine.id, dose: subject.dose, date: given }];
    const due = dueDose(vaccine, person, addDays(given, 1), history);
    if (!due || due.dose <= subject.dose) break;
    last = {
      outcome: found.outcome,
      subject: { vaccine: vaccine.id, dose: due.dose, occasion: "" },
      label: due.label,
      usableFrom: due.earliest,
      usableTo: due.latest,
    };
    doses.push(last);
  }
  return doses;
}
