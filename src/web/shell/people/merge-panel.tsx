import { staff } from "#db/schema/access.ts";
import { holds } from "#src/platform/access/index.ts";
import type { FlowAction } from "#src/platform/flow.ts";
import { type Merge, mergeActions, mergesOf } from "#src/platform/merges/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { mergeV1 } from "#workflows/people/merge-machine.ts";
import {
  Badge,
  Button,
  ButtonLink,
  DefinitionList,
  DisabledAction,
  Form,
  Panel,
  Table,
} from "../../components/index.ts";
import { showMoment } from "../../dates.ts";
import type { ScreenSet } from "../../screens.ts";
import { programTitle, thingTitle } from "./merge-words.ts";

/** A merge of a person, with what this person could do and who did what. */
export interface MergeRow {
  merge: Merge;
  actions: readonly FlowAction[];
  nameOf(id: number | null): string;
}

/** All merges of a person, for the page of the one under which they stand. */
export async function mergeRows(work: Work, number: string): Promise<MergeRow[]> {
  const merges = await mergesOf(work, number);
  if (merges.length === 0) return [];
  const names = new Map(
    (await work.tx.select({ id: staff.id, name: staff.displayName }).from(staff)).map(
      ({ id, name }) => [id, name],
    ),
  );
  return merges.map((merge) => ({
    merge,
    actions: mergeActions(work, merge),
    nameOf: (id) => (id === null ? "住民記録" : (names.get(id) ?? "―")),
  }));
}

const groundTitles = {
  "same-person": "同じ方に番号が2つあった",
  registered: "住登外者が住民になった",
  "individual-number": "個人番号が同じ（自動）",
} as const;

/** 番号の統合 on the page of a person: which numbers are followed to theirs, what waits, and what was undone. */
export function MergePanel(props: {
  rows: readonly MergeRow[];
  person: Person;
  sets: readonly ScreenSet[];
  actor: Parameters<typeof holds>[0];
  path: string;
}) {
  const { rows, actor, path } = props;
  const may = holds(actor, "person.link");
  if (rows.length === 0 && !may) return null;
  const link = may && <a href={`${path}/merge`}>ほかの番号と統合する</a>;
  if (rows.length === 0) return <p class="field-hint">{link}</p>;
  return (
    <Panel title="番号の統合" id="merges" actions={link}>
      {rows.map((row) => (
        <One key={row.merge.id} {...props} row={row} />
      ))}
    </Panel>
  );
}

function One({ row, sets, path }: { row: MergeRow; sets: readonly ScreenSet[]; path: string }) {
  const { merge, nameOf, actions } = row;
  const meta = stateMeta(mergeV1, merge.state);
  const done = (who: number | null, when: Date | null) =>
    when ? `${nameOf(who)} ${showMoment(when)}` : "―";
  return (
    <section aria-label={`番号 ${merge.merged} の統合`}>
      <h3>
        {`${merge.merged} を ${merge.canonical} に `}
        <Badge tone={meta.tone ?? "neutral"}>{meta.title}</Badge>
      </h3>
      <DefinitionList
        columns={2}
        items={[
          ["区分", groundTitles[merge.ground]],
          ["理由", merge.reason ?? "―"],
          ["起案", merge.proposedBy === null ? "―" : done(merge.proposedBy, merge.proposedAt)],
          ["決裁", done(merge.decidedBy, merge.decidedAt)],
          ...(merge.unmergeProposedAt
            ? ([
                ["分離の理由", merge.unmergeReason ?? "―", "wide"],
                ["分離の起案", done(merge.unmergeProposedBy, merge.unmergeProposedAt)],
                ["分離の決裁", done(merge.unmergeDecidedBy, merge.unmergeDecidedAt)],
              ] as const)
            : []),
        ]}
      />
      {merge.lines.length > 0 && <Lines merge={merge} sets={sets} path={path} />}
      <Moves actions={actions} path={`${path}/merges/${merge.id}`} />
    </section>
  );
}

function Moves({ actions, path }: { actions: readonly FlowAction[]; path: string }) {
  const unmerge = actions.find(({ type }) => type === "unmerge");
  const decisions = actions.filter(({ type }) => type !== "unmerge");
  return (
    <>
      {decisions.length > 0 && (
        <Form action={`${path}/decision`} class="inline-buttons">
          {decisions.map(({ type, title, reasons }) =>
            reasons.length > 0 ? (
              <DisabledAction key={type} reasons={[...reasons]}>
                {title}
              </DisabledAction>
            ) : (
              <Button
                key={type}
                name="event"
                value={type}
                {...(type.startsWith("approve") ? {} : { look: "secondary" as const })}
              >
                {title}
              </Button>
            ),
          )}
        </Form>
      )}
      {unmerge && (
        <div class="inline-buttons">
          <ButtonLink href={`${path}/end`}>{unmerge.title}</ButtonLink>
        </div>
      )}
    </>
  );
}

/** Whose what is that came after the merge; what stands under the other number is to be set right in its 事務. */
const Lines = ({
  merge,
  sets,
  path,
}: {
  merge: Merge;
  sets: readonly ScreenSet[];
  path: string;
}) => (
  <Table
    caption="統合のあとに増えた行の持ち主"
    columns={[
      { title: "事務", cell: ({ program }) => programTitle(sets, program) },
      { title: "種類", cell: ({ what }) => thingTitle(what), nowrap: true },
      { title: "いまの番号", cell: ({ standsUnder }) => standsUnder, nowrap: true },
      { title: "持ち主の番号", cell: ({ belongsTo }) => belongsTo, nowrap: true },
      {
        title: "状態",
        cell: ({ what, key, settled, standsUnder, belongsTo }) =>
          merge.state !== "unmerged" ? (
            standsUnder === belongsTo ? (
              "そのまま"
            ) : (
              "移す"
            )
          ) : settled ? (
            "済"
          ) : (
            <Form action={`${path}/merges/${merge.id}/lines`} class="inline-buttons">
              <input type="hidden" name="what" value={what} />
              <input type="hidden" name="key" value={key} />
              <Button look="secondary">事務で直した</Button>
            </Form>
          ),
      },
    ]}
    rows={merge.lines}
  />
);
