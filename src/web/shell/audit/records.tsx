import type { AuditRow } from "#src/platform/audit/index.ts";
import type { ReadReason } from "#src/platform/vault/index.ts";
import { Table } from "../../components/index.ts";
import { showSecond } from "../../dates.ts";
import type { ProgramTitles } from "../staff/duty-words.tsx";
import { sentenceOf, whyOf } from "./sentence.ts";
import type { AuditWords } from "./words/index.ts";

/** Names of the 事務 and words for what was done. */
export interface KnownWords {
  titles: ProgramTitles;
  words: AuditWords;
}

/** Records of the log, each as a sentence. */
export function Records(props: {
  rows: readonly AuditRow[];
  known: KnownWords;
  /** What was said of reasons, opened; by id. */
  opened?: ReadonlyMap<string, ReadReason>;
}) {
  const { rows, known, opened } = props;
  return (
    <Table
      caption="アクセス記録"
      columns={[
        { title: "日時", cell: (row) => showSecond(row.at), nowrap: true },
        { title: "内容", cell: (row) => sentenceOf(row, known.words) },
        { title: "目的・理由", cell: (row) => whyOf(row, opened) },
        {
          title: "所属・端末",
          cell: (row) => (
            <>
              {row.officeName ?? "全市"}
              <span class="cell-note">{row.terminalName ?? row.address}</span>
            </>
          ),
          nowrap: true,
        },
        { title: "事務", cell: (row) => programOf(row, known) },
      ]}
      rows={rows}
      empty="条件に合う記録はありません。"
    />
  );
}

/** The name of the 事務 in which something was done. */
export const programOf = ({ program }: AuditRow, { titles }: KnownWords) =>
  program ? (titles.get(program) ?? "共通") : "";
