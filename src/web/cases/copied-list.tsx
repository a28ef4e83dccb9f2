import { stringify } from "csv-stringify/sync";
import { office } from "#db/schema/access.ts";
import {
  type CaseLine,
  countByState,
  doneTitles,
  holdersOf,
  listCases,
} from "#src/platform/cases/index.ts";
import { mostLinesOfCopy } from "#src/platform/documents/index.ts";
import { type Person, shownName } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { daysBetween, type IsoDate } from "#workflows/dates/iso-date.ts";
import { Table } from "../components/index.ts";
import type { CopySource } from "../copies/source.ts";
import { dayOf, showAge, showDateShort } from "../dates.ts";
import { maskedName, peopleOfRows } from "../person-cell.tsx";
import { Values } from "../values.ts";
import { caseColumns, kindsOf } from "./case-table.tsx";
import { type CaseTab, tabsOf } from "./case-tabs.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { addressOf, dateFields, filterOf, type ListAddress, readAddress } from "./list-address.ts";

/** The list of cases as a copy: as it is when it is taken, with the rights of whoever takes it. */
export function copiedList(screens: AnyCaseScreens): CopySource {
  const { program, title } = screens.application;
  const kinds = kindsOf(screens).map(({ value }) => value);
  const read = (choice: Readonly<Record<string, string>>) =>
    readAddress(new Values(Object.entries(choice)), kinds);
  return {
    right: "case.read",
    title: "申請一覧",
    name: "cases",
    holds: "番号、氏名、年齢、種別、状態、区、担当、受付日、期限。支援措置の方の氏名は載りません。",
    kept: async (work, values) => filterKept(readAddress(values, kinds), work.actor.staffId),
    path: (choice) => addressOf(program, read(choice)),
    describe: (work, choice) => filterWords(screens, work, read(choice)),
    count: (work, choice) => countCopied(screens, work, read(choice)),
    async take(work, choice) {
      const list = await readCopied(screens, work, read(choice));
      const today = work.platform.clock.today();
      return {
        lines: list.lines.length,
        persons: [...list.people.keys()],
        csv: csvOf(screens, list, today),
        content: (
          <Table
            caption={`${title} 申請一覧`}
            rows={list.lines}
            columns={caseColumns({
              ...list,
              today,
              kinds: kindsOf(screens),
              showsAge: screens.showsAge,
            })}
          />
        ),
      };
    },
  };
}

/** A list as it is copied: all of its lines, with whom they are about. */
interface CopiedList {
  lines: readonly CaseLine[];
  people: ReadonlyMap<string, Person>;
  officeNames: ReadonlyMap<string, string>;
}

/** The list behind a copy. Of persons under 支援措置 the name never goes on a copy, whoever takes it. */
async function readCopied(
  screens: AnyCaseScreens,
  work: Work,
  address: ListAddress,
): Promise<CopiedList> {
  const { tab, query } = await copiedQuery(screens, work, address);
  const { lines } = await listCases(work, { ...query, states: tab?.states, size: mostLinesOfCopy });
  const people = await peopleOfRows(
    work,
    lines.map(({ personNumber }) => personNumber),
  );
  const offices = await work.tx.select({ code: office.code, name: office.name }).from(office);
  return {
    lines,
    people: new Map(
      [...people].map(([number, person]) => [
        number,
        person.isProtected ? { ...person, addressMasked: true } : person,
      ]),
    ),
    officeNames: new Map(offices.map(({ code, name }) => [code, name])),
  };
}

/** How many lines it has, without looking at anybody. */
async function countCopied(
  screens: AnyCaseScreens,
  work: Work,
  address: ListAddress,
): Promise<number> {
  return (await copiedQuery(screens, work, address)).tab?.count ?? 0;
}

async function copiedQuery(screens: AnyCaseScreens, work: Work, address: ListAddress) {
  const { program } = screens.application;
  const { kind, sort, descending } = address;
  const filter = filterOf(program, address, work.actor.staffId);
  const counts = await countByState(work, filter);
  const tabs: CaseTab[] = tabsOf(counts.filter((one) => !kind || one.kind === kind));
  const tab = tabs.find(({ id }) => id === address.state) ?? tabs[0];
  const kinds = kind ? [kind] : undefined;
  return { tab, query: { ...filter, kinds, sort, descending } };
}

/** What was chosen, as the register keeps it: 自分 becomes the person it was. */
const filterKept = (address: ListAddress, me: number): Record<string, string> =>
  Object.fromEntries(
    Object.entries(address).flatMap(([name, value]) =>
      value === undefined || name === "page"
        ? []
        : [[name, value === true ? "yes" : value === "me" ? String(me) : String(value)]],
    ),
  );

/** The choice in words. */
async function filterWords(
  screens: AnyCaseScreens,
  work: Work,
  address: ListAddress,
): Promise<string> {
  const { program } = screens.application;
  const { tab } = await copiedQuery(screens, work, address);
  const offices = await work.tx.select({ code: office.code, name: office.name }).from(office);
  const holders = await holdersOf(work, { program });
  const holder = (assigned: string) =>
    assigned === "me"
      ? work.actor.staffName
      : assigned === "nobody"
        ? "未定"
        : (holders.find(({ staffId }) => String(staffId) === assigned)?.name ?? assigned);
  const { kind, office: code, assigned } = address;
  const words = [
    tab?.title,
    address.done && doneTitles[address.done],
    kind && kindsOf(screens).find(({ value }) => value === kind)?.label,
    code && offices.find((one) => one.code === code)?.name,
    assigned && `担当 ${holder(assigned)}`,
    ...Object.entries(dateFields).map(([name, label]) => {
      const date = address[name as keyof typeof dateFields];
      return date && `${label} ${showDateShort(date)}`;
    }),
  ];
  return words.filter(Boolean).join("・");
}

/** The list for a spreadsheet. */
function csvOf(
  screens: AnyCaseScreens,
  { lines, people, officeNames }: CopiedList,
  today: IsoDate,
): string {
  const kinds = new Map(kindsOf(screens).map(({ value, label }) => [value, label]));
  const rows = lines.map((line) => {
    const person = people.get(line.personNumber);
    return [
      line.number,
      person ? (person.addressMasked ? maskedName : shownName(person)) : "",
      person ? showAge(person.birthDate, person.diedOn ?? today) : "",
      person?.isProtected ? "支援措置" : "",
      kinds.get(line.kind) ?? "",
      line.stateTitle,
      officeNames.get(line.officeCode) ?? line.officeCode,
      line.assigned?.name ?? "未定",
      line.receivedOn,
      daysBetween(dayOf(line.stateSince), today),
      line.dueOn ?? "",
    ];
  });
  return stringify(
    [
      [
        "番号",
        "氏名",
        "年齢",
        "支援措置",
        "種別",
        "状態",
        "区",
        "担当",
        "受付日",
        "経過日数",
        "期限",
      ],
      ...rows,
    ],
    { bom: true, escape_formulas: true },
  );
}
