import {
  type CaseFilter,
  type Done,
  doneTitles,
  type Sorting,
  sortings,
} from "#src/platform/cases/index.ts";
import { addDays, type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { readDate } from "../dates.ts";
import type { Values } from "../values.ts";
import { listPath } from "./paths.ts";

/** What is chosen on a list of cases, as it stands in the address: codes, dates and ids of staff, nothing of a person. */
export interface ListAddress {
  state?: string | undefined;
  kind?: string | undefined;
  office?: string | undefined;
  /** Id of a member of staff, `me` or `nobody`. */
  assigned?: string | undefined;
  from?: IsoDate | undefined;
  to?: IsoDate | undefined;
  dueFrom?: IsoDate | undefined;
  dueTo?: IsoDate | undefined;
  /** What was done, and between which days. */
  done?: Done | undefined;
  doneFrom?: IsoDate | undefined;
  doneTo?: IsoDate | undefined;
  sort?: Sorting | undefined;
  /** Set for the other way round. */
  descending?: true | undefined;
  page?: number | undefined;
}

/** Dates of the filter by the names of their fields. */
export const dateFields = {
  from: "受付日（から）",
  to: "受付日（まで）",
  dueFrom: "期限（から）",
  dueTo: "期限（まで）",
  doneFrom: "処理日（から）",
  doneTo: "処理日（まで）",
} as const;
const doneNames = Object.keys(doneTitles) as Done[];
const dateNames = Object.keys(dateFields) as (keyof typeof dateFields)[];

/** As it was chosen; what is no date is left out. */
export function readAddress(query: Values, kinds: readonly string[]): ListAddress {
  const date = (name: string) => {
    const text = query.text(name);
    return isIsoDate(text) ? text : readDate(text);
  };
  const assigned = query.text("assigned");
  return {
    state: query.text("state") || undefined,
    kind: query.choice("kind", kinds),
    office: query.text("office") || undefined,
    assigned: /^(me|nobody|\d{1,9})$/.test(assigned) ? assigned : undefined,
    ...Object.fromEntries(dateNames.map((name) => [name, date(name)])),
    done: query.choice("done", doneNames),
    sort: query.choice("sort", sortings),
    descending: query.has("descending") ? true : undefined,
    page: query.integer("page"),
  };
}

/** Fields in which something stands that is no date. */
export const datesAmiss = (form: Values): Record<string, string> =>
  Object.fromEntries(
    dateNames
      .filter((name) => form.text(name) && !readDate(form.text(name)))
      .map((name) => [name, "日付を入力してください。例: R8.11.20"]),
  );

/** The address of a list; another choice begins with its first page. */
export function addressOf(
  program: string,
  address: ListAddress,
  path: `/${string}` = listPath(program),
): `/${string}` {
  const given = Object.entries(address).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value === true ? "yes" : String(value)]],
  );
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}

/** What the database is to filter by. */
export function filterOf(
  program: string,
  address: ListAddress,
  me: number,
): Omit<CaseFilter, "kinds"> {
  const { assigned } = address;
  return {
    program,
    officeCode: address.office,
    assignedTo: assigned === undefined ? undefined : holderOf(assigned, me),
    receivedFrom: address.from,
    receivedTo: address.to,
    dueFrom: address.dueFrom,
    dueTo: address.dueTo,
    done: address.done,
    doneFrom: address.doneFrom,
    doneTo: address.doneTo,
  };
}

const holderOf = (assigned: string, me: number): number | "nobody" =>
  assigned === "nobody" ? assigned : assigned === "me" ? me : Number(assigned);

/** Choices at one touch: in whose hands, and until when. */
export const quickChoices = (today: IsoDate): { title: string; change: ListAddress }[] => [
  { title: "自分の担当", change: { assigned: "me" } },
  { title: "担当未定", change: { assigned: "nobody" } },
  { title: "期限超過", change: { dueFrom: undefined, dueTo: addDays(today, -1) } },
  { title: "7日以内に期限", change: { dueFrom: today, dueTo: addDays(today, 7) } },
];
