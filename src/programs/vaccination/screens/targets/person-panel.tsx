import type { Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { Table } from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import type { PersonPanel } from "#src/web/screens.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { noticesOf, noticeTitles } from "../../targets/notices.ts";
import { subjectTitle } from "../../targets/titles.ts";
import { paths } from "../paths.ts";

/** Letters and reminders that somebody was sent, on their page. */
export async function noticePanels(work: Work, { personNumber }: Person): Promise<PersonPanel[]> {
  const notices = await noticesOf(work, personNumber);
  if (notices.length === 0) return [];
  return [
    {
      title: "予防接種の通知・勧奨",
      order: 54,
      content: (
        <Table
          caption="予防接種の通知・勧奨"
          columns={[
            {
              title: "送った日",
              cell: ({ issuedOn }) => showDateShort(issuedOn as IsoDate),
              nowrap: true,
            },
            { title: "種類", cell: ({ output }) => noticeTitles[output], nowrap: true },
            { title: "予防接種・回", cell: ({ subject }) => subjectTitle(subject) },
            { title: "整理番号", cell: ({ number }) => number, nowrap: true },
            {
              title: "状態",
              cell: ({ state }) => (state === "sent" ? "発行" : "取下げ"),
              nowrap: true,
            },
          ]}
          rows={notices}
          href={({ number }) => paths.notice(number)}
        />
      ),
    },
  ];
}
