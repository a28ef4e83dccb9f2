import { type CaseLine, caseKindTitle, type Sorting } from "#src/platform/cases/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import { daysBetween, type IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge, type Choice, type Column, Table } from "../components/index.ts";
import { dayOf, showDateShort } from "../dates.ts";
import { PersonCell } from "../person-cell.tsx";
import type { CaseTab } from "./case-tabs.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import type { ListAddress } from "./list-address.ts";
import { ownKinds } from "./own-kinds.ts";
import { StateBadge } from "./parts.tsx";
import { casePath } from "./paths.ts";

/** The kinds of case, called without the name of the 事務. */
export const kindsOf = ({ application, change, others = [] }: AnyCaseScreens): Choice[] =>
  [...ownKinds({ application, change }), ...others.map(({ kind }) => kind)].map((value) => ({
    value,
    label: caseKindTitle(value).replace(`${application.title} `, ""),
  }));

interface Props {
  screens: AnyCaseScreens;
  lines: readonly CaseLine[];
  people: ReadonlyMap<string, Person>;
  tab: CaseTab | undefined;
  today: IsoDate;
  /** Where somebody sees several. */
  officeNames: ReadonlyMap<string, string> | undefined;
  address: ListAddress;
  href: (change: ListAddress) => string;
  /** What the 事務 says of each line besides. */
  told: ReadonlyMap<string, string>;
  /** The form to which ticks belong; no ticks where it is left out. */
  ticks: string | undefined;
}

/** A page of the list; a heading puts it in another order. */
export function CaseTable(props: Props) {
  const { screens, lines, tab, ticks } = props;
  return (
    <Table
      caption={`申請・届出（${tab?.title ?? ""} ${tab?.count.toLocaleString("ja-JP") ?? 0}件）`}
      captionShown
      rows={lines}
      href={casePath}
      empty="該当する申請・届出はありません。"
      tone={(line) => (isOverdue(line, props.today) ? "error" : undefined)}
      columns={caseColumns({
        ...props,
        kinds: kindsOf(screens),
        showsAge: screens.showsAge,
        own: screens.listColumn && { title: screens.listColumn.title, told: props.told },
      })}
      {...(ticks && {
        ticks: {
          form: ticks,
          name: "case",
          value: ({ id, assigned }: CaseLine) => `${id} ${assigned?.staffId ?? ""}`,
          label: ({ number }: CaseLine) => `${number}を選ぶ`,
        },
      })}
    />
  );
}

/** The columns of a list of cases, on the screen and on a copy. */
export function caseColumns(
  props: Pick<Props, "people" | "today" | "officeNames"> &
    Partial<Pick<Props, "address" | "href">> & {
      kinds: readonly Choice[];
      showsAge?: boolean | undefined;
      own?: { title: string; told: ReadonlyMap<string, string> } | undefined;
    },
): Column<CaseLine>[] {
  const { people, today, officeNames, kinds, showsAge, own } = props;
  const kindTitles = new Map(kinds.map(({ value, label }) => [value, label]));
  const sorted = sortingOf(props);
  return [
    { title: "番号", cell: ({ number }) => number, nowrap: true, ...sorted("number") },
    {
      title: "氏名・年齢",
      cell: ({ personNumber }) => <PersonCell person={people.get(personNumber)} today={today} />,
    },
    { title: "種別", cell: ({ kind }) => kindTitles.get(kind), nowrap: true },
    ...(own ? [{ title: own.title, cell: ({ id }: CaseLine) => own.told.get(id) ?? "" }] : []),
    {
      title: "状態",
      cell: ({ tone, stateTitle }) => <StateBadge tone={tone} title={stateTitle} />,
      nowrap: true,
    },
    ...(officeNames
      ? [
          {
            title: "区",
            cell: ({ officeCode }: CaseLine) => officeNames.get(officeCode) ?? officeCode,
            nowrap: true,
          },
        ]
      : []),
    {
      title: "担当",
      cell: ({ assigned }) => assigned?.name ?? "未定",
      nowrap: true,
      ...sorted("assigned"),
    },
    {
      title: "受付日",
      cell: ({ receivedOn }) =>
        `${showDateShort(receivedOn)}${showsAge ? `（${daysBetween(receivedOn, today)}日）` : ""}`,
      nowrap: true,
      ...sorted("received"),
    },
    {
      title: "経過",
      cell: ({ stateSince }) => `${daysBetween(dayOf(stateSince), today)}日`,
      align: "end",
      nowrap: true,
      ...sorted("since"),
    },
    {
      title: "期限",
      cell: (line) => (
        <>
          {showDateShort(line.dueOn)} {isOverdue(line, today) && <Badge tone="error">超過</Badge>}
        </>
      ),
      nowrap: true,
      ...sorted("due"),
    },
  ];
}

/** How a heading puts the list in order: the present one the other way round. */
const sortingOf =
  ({ address, href }: Partial<Pick<Props, "address" | "href">>) =>
  (sort: Sorting): Pick<Column<CaseLine>, "sorting"> => {
    if (!address || !href) return {};
    const present = (address.sort ?? "received") === sort;
    const descending = present && !address.descending ? true : undefined;
    return {
      sorting: {
        href: href({ sort, descending }),
        ...(present && { direction: address.descending ? "descending" : "ascending" }),
      },
    };
  };

const isOverdue = ({ dueOn }: CaseLine, today: IsoDate): boolean => dueOn !== null && dueOn < today;
