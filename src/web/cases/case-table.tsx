import { caseKindOf } from "#src/platform/applications/index.ts";
import { type CaseLine, caseKindTitle } from "#src/platform/cases/index.ts";
import { daysBetween, type IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge, type Choice, Table } from "../components/index.ts";
import { dayOf, showDateShort } from "../dates.ts";
import type { CaseTab } from "./case-tabs.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { StateBadge } from "./parts.tsx";
import { casePath } from "./paths.ts";

/** The two kinds of case, called without the name of the 事務. */
export const kindsOf = ({ application, change }: AnyCaseScreens): Choice[] =>
  [caseKindOf(application), caseKindOf(change)].map((value) => ({
    value,
    label: caseKindTitle(value).replace(`${application.title} `, ""),
  }));

/** A page of the list; the office where somebody sees several. */
export function CaseTable(props: {
  screens: AnyCaseScreens;
  lines: readonly CaseLine[];
  tab: CaseTab | undefined;
  today: IsoDate;
  officeNames: ReadonlyMap<string, string> | undefined;
}) {
  const { screens, lines, tab, today, officeNames } = props;
  const kinds = new Map(kindsOf(screens).map(({ value, label }) => [value, label]));
  const offices = officeNames
    ? [
        {
          title: "区",
          cell: ({ officeCode }: CaseLine) => officeNames.get(officeCode) ?? officeCode,
          nowrap: true,
        },
      ]
    : [];
  return (
    <Table
      caption={`申請・届出（${tab?.title ?? ""} ${tab?.count.toLocaleString("ja-JP") ?? 0}件）`}
      captionShown
      rows={lines}
      href={casePath}
      empty="該当する申請・届出はありません。"
      tone={(line) => (isOverdue(line, today) ? "error" : undefined)}
      columns={[
        { title: "番号", cell: ({ number }) => number, nowrap: true },
        { title: "種別", cell: ({ kind }) => kinds.get(kind), nowrap: true },
        {
          title: "状態",
          cell: ({ tone, stateTitle }) => <StateBadge tone={tone} title={stateTitle} />,
          nowrap: true,
        },
        ...offices,
        { title: "受付日", cell: ({ receivedOn }) => showDateShort(receivedOn), nowrap: true },
        {
          title: "この状態になってから",
          cell: ({ stateSince }) => `${daysBetween(dayOf(stateSince), today)}日`,
          align: "end",
          nowrap: true,
        },
        {
          title: "期限",
          cell: (line) => (
            <>
              {showDateShort(line.dueOn)}{" "}
              {isOverdue(line, today) && <Badge tone="error">超過</Badge>}
            </>
          ),
          nowrap: true,
        },
      ]}
    />
  );
}

const isOverdue = ({ dueOn }: CaseLine, today: IsoDate): boolean => dueOn !== null && dueOn < today;
