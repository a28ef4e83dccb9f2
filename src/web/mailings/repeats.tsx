import { type RunAlike, runNumber } from "#src/platform/mailings/index.ts";
import { Table } from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import { figure, RunBadge } from "./parts.tsx";
import type { MailingPaths } from "./set.ts";

/** Runs that were ordered for the same: which, where they stand, how many pieces are for the same people. */
export const RunsAlike = (props: { paths: MailingPaths; runs: readonly RunAlike[] }) => (
  <Table
    caption="同じ対象の一括発送"
    columns={[
      { title: "番号", cell: ({ run }) => runNumber(run), nowrap: true },
      { title: "内容", cell: ({ run }) => run.title },
      { title: "状態", cell: ({ run }) => <RunBadge state={run.state} />, nowrap: true },
      { title: "重なる通数", cell: ({ pieces }) => figure(pieces), align: "end", nowrap: true },
      { title: "準備", cell: ({ run }) => showMoment(run.preparedAt), nowrap: true },
    ]}
    rows={props.runs}
    href={({ run }) => props.paths.run(run.id)}
  />
);
