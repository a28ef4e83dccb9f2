import type { WorkItem } from "#src/platform/program.ts";
import { isOverdue } from "#src/platform/work-sources.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { Pagination, Table } from "../../components/index.ts";
import { showDateShort } from "../../dates.ts";
import { PersonCell } from "../../person-cell.tsx";
import type { HomeWork } from "./gather.ts";
import { type HomeQuery, homePath, withPage } from "./home-path.ts";
import { Deadline, waitingDays } from "./urgency.tsx";

export interface WorkProps extends HomeWork {
  asked: HomeQuery;
  today: IsoDate;
}

interface TableProps extends WorkProps {
  list: WorkItem["list"];
  caption: string;
  /** Name of the list beside the links to its pages. */
  title: string;
  empty: string;
  /** The column that says what is to be done, where it stands, or why it came back. */
  about: { title: string; cell: (item: WorkItem) => string };
}

/** A page of one of the lists: whose it is, what is to be done, who has it, since when and until when. */
export function WorkTable({ list, caption, title, empty, about, ...props }: TableProps) {
  const { lists, people, today, asked } = props;
  const { rows, page, pages } = lists[list];
  return (
    <>
      <Table
        caption={caption}
        rows={rows}
        href={({ path }) => path}
        empty={empty}
        tone={(item) => (isOverdue(item, today) ? "error" : undefined)}
        columns={[
          { title: "件名", cell: (item) => item.title },
          {
            title: "氏名・年齢",
            cell: ({ personNumber }) =>
              personNumber && <PersonCell person={people.get(personNumber)} today={today} />,
          },
          { title: about.title, cell: about.cell, nowrap: list !== "returned" },
          { title: "担当", cell: ({ assigned }) => assigned ?? "―", nowrap: true },
          {
            title: "受付日",
            cell: ({ receivedOn }) => showDateShort(receivedOn),
            nowrap: true,
          },
          {
            title: "経過",
            cell: (item) => `${waitingDays(item, today)}日`,
            align: "end",
            nowrap: true,
          },
          { title: "期限", cell: (item) => <Deadline item={item} today={today} />, nowrap: true },
        ]}
      />
      <Pagination
        of={title}
        page={page}
        pages={pages}
        href={(next) => homePath(withPage(asked, list, next))}
      />
    </>
  );
}

/** `処理待ち 1,234件`. */
export const withCount = (title: string, count: number): string =>
  `${title} ${count.toLocaleString("ja-JP")}件`;
