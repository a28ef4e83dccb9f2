import {
  compareByKey,
  dateItem,
  type FeedKind,
  type Finding,
  fieldFaults,
  type Judged,
  peopleBySource,
  type RowItems,
  textItem,
} from "#src/platform/feeds/index.ts";
import { bornNotBefore, matchSources } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { findVaccine, seriesOf } from "#workflows/vaccination/schedule.ts";
import type { Shot } from "#workflows/vaccination/vocabulary.ts";
import standardLayout from "./shot-layout.json" with { type: "json" };

/** 接種記録 by person, in order of time, whichever of their numbers they stand under. */
export async function historiesOf(
  work: Work,
  personNumbers: readonly string[],
): Promise<Map<string, Shot[]>> {
  const histories = new Map<string, Shot[]>();
  const lot = 20_000;
  for (let start = 0; start < personNumbers.length; start += lot) {
    // A row a person: the driver takes longer for a row than for what stands in it.
    const numbers = personNumbers.slice(start, start + lot);
    const rows = await work.sql<{ person: string; shots: string }[]>`
      select x.asked as person,
             string_agg(concat_ws(chr(9), vaccine, given_on, dose, translate(product, chr(10), ' ')), chr(10) order by given_on, vaccine) as shots
        from (select n as asked, n as number from unnest(${numbers}::text[]) n
              union select asked, other from people.numbers_for(${numbers}::text[])) x
        join vaccination.shot s on s.person_number = x.number
       group by x.asked`;
    for (const { person, shots } of rows)
      histories.set(person, shots.split("\n").map(readShotLine));
  }
  return histories;
}

/** A shot of a line: vaccine, day, dose, product, with tabs between. */
export function readShotLine(line: string): Shot {
  const [vaccine = "", date = "", dose, ...product] = line.split("\t");
  return {
    vaccine,
    date: date as IsoDate,
    dose: Number(dose),
    product: product.length > 0 ? product.join("\t") : undefined,
  };
}

interface ShotRow {
  sourceId: string;
  vaccine: string;
  dose: number;
  givenOn: IsoDate;
  product: string | null;
  lot: string | null;
}

/** 接種記録 as another system hands them over: a shot a row, the person by the number of the resident register. */
export const shotFeed: FeedKind<ShotRow> = {
  id: "vaccinations",
  title: "予防接種記録",
  items: {
    sourceId: textItem("住民番号", true),
    vaccine: textItem("ワクチンコード", true),
    dose: textItem("回数", true),
    givenOn: dateItem("接種日", true),
    product: textItem("製品名"),
    lot: textItem("ロット番号"),
  },
  changeTitles: { date: "接種日", product: "製品名", lot: "ロット番号" },
  doubts: {
    "unknown-person": { title: "住民番号の人が見つからない", acceptable: false },
    "before-birth": { title: "生年月日より前の接種日", acceptable: false },
    "after-death": { title: "死亡日より後の接種日", acceptable: false },
    "same-day": {
      title: "同じ日に、同じ種類のワクチンの別の回がある（二重に数えない）",
      acceptable: true,
    },
  },
  standardLayout,
  expectedEveryDays: 1,
  subjectOf: ({ sourceId, vaccine, dose }) => `${sourceId} ${vaccine} ${dose}`,
  peopleOf: peopleBySource("sourceId"),
  sole: {
    doubt: "same-day",
    keyOf: (row, { personNumber = "", verdict, doubt, changes }) =>
      (verdict === "doubtful" ? doubt === "same-day" : tellsDay({ verdict, changes }))
        ? dayKey(personNumber, row.vaccine, row.givenOn)
        : undefined,
  },
  read: readShot,
  compare: compareShots,
  write: writeShots,
};

function readShot(row: RowItems, fileDate: IsoDate): Judged<ShotRow> {
  const { sourceId = "", vaccine = "", dose = "", givenOn = "", product = "", lot = "" } = row;
  const { errors, refuse } = fieldFaults(row, {
    required: ["sourceId", "vaccine", "dose", "givenOn"],
    longest: 60,
    foreignNumbers: ["sourceId"],
  });
  refuse(!findVaccine(vaccine), "vaccine", "unknown-code");
  refuse(!/^[1-9]\d?$/.test(dose), "dose", "not-a-number");
  refuse(givenOn > fileDate, "givenOn", "future-date");
  if (errors.length > 0 || !isIsoDate(givenOn)) return { errors };
  return {
    row: {
      sourceId,
      vaccine,
      dose: Number(dose),
      givenOn,
      product: product || null,
      lot: lot || null,
    },
  };
}

interface KnownShot {
  person_number: string;
  vaccine: string;
  dose: number;
  given_on: string;
  product: string | null;
  lot: string | null;
}

async function compareShots(work: Work, rows: ShotRow[]): Promise<Finding[]> {
  const people = await matchSources(work, [...new Set(rows.map(({ sourceId }) => sourceId))]);
  const numbers = [...people.values()].map(({ personNumber }) => personNumber);
  const known = await work.sql<KnownShot[]>`
    select person_number, vaccine, dose, given_on::text, product, lot
      from vaccination.shot where person_number = any(${numbers}::text[])`;
  const numberOf = ({ sourceId }: ShotRow) => people.get(sourceId)?.personNumber ?? "";
  const keyOf = (row: ShotRow) => shotKey(numberOf(row), row);
  const compared = compareByKey(rows, {
    keyOf,
    known: new Map(known.map((shot) => [shotKey(shot.person_number, shot), shot])),
    differs: {
      date: (row, shot) => row.givenOn !== shot.given_on,
      product: (row, shot) => row.product !== shot.product,
      lot: (row, shot) => row.lot !== shot.lot,
    },
  });
  // The later row of the same dose counts.
  const told = new Map(rows.map((row, at) => [keyOf(row), at]));
  // Doses that stay on the day that is known: what the file tells of them is doubtful itself.
  const staying = new Set<string>();
  for (;;) {
    // What will be known beside these rows, by person, series and day: a day tells of one dose.
    const days = new Map<string, string>();
    for (const shot of known) {
      const key = shotKey(shot.person_number, shot);
      const row = rows[told.get(key) ?? -1];
      if (!row || row.givenOn === shot.given_on || staying.has(key))
        days.set(dayKey(shot.person_number, shot.vaccine, shot.given_on), key);
    }
    const before = staying.size;
    const found = rows.map((row, at): Finding => {
      const person = people.get(row.sourceId);
      if (!person) return { verdict: "doubtful", doubt: "unknown-person" };
      const { personNumber, diedOn } = person;
      const { verdict = "new", changes } = compared[at] ?? {};
      const counts = told.get(keyOf(row)) === at;
      const doubtful = (doubt: string): Finding => {
        if (verdict !== "new" && counts) staying.add(keyOf(row));
        return { verdict: "doubtful", doubt, personNumber };
      };
      if (row.givenOn < bornNotBefore(person)) return doubtful("before-birth");
      if (diedOn && row.givenOn > diedOn) return doubtful("after-death");
      const day = dayKey(personNumber, row.vaccine, row.givenOn);
      const other = days.get(day) ?? keyOf(row);
      if (tellsDay({ verdict, changes }) && other !== keyOf(row)) return doubtful("same-day");
      if (counts) days.set(day, other);
      return { verdict, personNumber, changes };
    });
    if (staying.size === before) return found;
  }
}

/** Whether a row says of a day what was not known. */
const tellsDay = ({ verdict, changes }: Pick<Finding, "verdict" | "changes">) =>
  verdict === "new" || (verdict === "changed" && changes?.includes("date") === true);

const shotKey = (personNumber: string, { vaccine, dose }: { vaccine: string; dose: number }) =>
  `${personNumber} ${vaccine} ${dose}`;

const dayKey = (personNumber: string, vaccine: string, day: string) =>
  `${personNumber} ${seriesOf(vaccine)} ${day}`;

async function writeShots(
  work: Work,
  entries: { row: ShotRow; found: Finding }[],
): Promise<string[]> {
  const numbers = entries.map(({ found }) => {
    if (!found.personNumber) throw new Error("a shot of nobody");
    return found.personNumber;
  });
  const rows = entries.map(({ row }) => row);
  await work.sql`
    insert into vaccination.shot (person_number, vaccine, dose, given_on, product, lot, source, entered_by)
    select p, v, d, g, pr, l, 'feed', access.staff_id()
      from unnest(${numbers}::text[], ${rows.map((r) => r.vaccine)}::text[], ${rows.map((r) => r.dose)}::integer[],
        ${rows.map((r) => r.givenOn)}::date[], ${rows.map((r) => r.product)}::text[], ${rows.map((r) => r.lot)}::text[])
        x(p, v, d, g, pr, l)
    on conflict (person_number, vaccine, dose) do update
      set given_on = excluded.given_on, product = excluded.product, lot = excluded.lot, source = excluded.source,
          entered_at = now(), entered_by = excluded.entered_by`;
  return numbers;
}
