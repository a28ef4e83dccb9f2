import { type Actor, holds } from "#src/platform/access/actor.ts";
import {
  differenceTitles,
  type Enclosing,
  enclosingSteps,
  type listEnclosings,
  nextOf,
  runNumber,
} from "#src/platform/mailings/index.ts";
import {
  Actions,
  Badge,
  Button,
  choicesOf,
  DateField,
  DefinitionList,
  FieldRow,
  Form,
  NumberField,
  Panel,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { useSent } from "../cases/sent.tsx";
import { figure } from "./parts.tsx";
import type { MailingPaths } from "./set.ts";

const day = (date: string | null) => showDateShort(date as IsoDate | null);

/** 封入封緘 of a run by a contractor of its own: who, what both told, and what comes next. */
export function EnclosingPanel(props: {
  paths: MailingPaths;
  enclosing: Enclosing;
  runId: string;
  actor: Actor;
  program: string;
  today: IsoDate;
}) {
  const { enclosing, paths, runId, actor, program, today } = props;
  const { values, errors } = useSent("enclosing");
  if (!enclosing) return null;
  const { entry, contractorName, pieces, handedOverOn } = enclosing;
  const next = nextOf(enclosing);
  const may = handedOverOn && holds(actor, "mailing.download", { program });
  const told = (on: string | null, words: string) => (on ? `${day(on)} ${words}` : "―");
  return (
    <Panel title="封入封緘">
      <DefinitionList
        items={[
          ["封入封緘の委託先", contractorName],
          ["指示書の引渡し", told(entry.handedOn, "")],
          [
            "印刷の結果",
            told(entry.printedOn, `良品 ${entry.printed}通・刷損 ${entry.misprinted}通`),
          ],
          [
            "印刷物の授受",
            told(entry.deliveredOn, `${entry.delivered}通（受領書 ${entry.deliveryNumber}）`),
          ],
          [
            "発送の結果",
            <>
              {told(entry.postedOn, `発送 ${entry.posted}通・損傷 ${entry.spoilt}通`)}{" "}
              {entry.difference && (
                <Badge tone="warning">{differenceTitles[entry.difference]}</Badge>
              )}
            </>,
          ],
          ...(entry.sha256
            ? [["指示書のSHA-256", <code class="digest">{entry.sha256}</code>] as const]
            : []),
        ]}
      />
      {!handedOverOn && (
        <p class="field-hint">発送データを印刷の委託先に引き渡すと、指示書を渡せます。</p>
      )}
      {may && next === "handed" && (
        <Form action={`${paths.run(runId)}/enclosing-sheet`}>
          <p class="field-hint">
            指示書は、ファイルごとの通数・封筒数・ページ数だけの表です。番号や郵便番号など、受け取る方に関するものは含みません。
          </p>
          <Actions>
            <Button look="secondary">封入封緘指示書を渡す（暗号化して取り出す）</Button>
          </Actions>
        </Form>
      )}
      {may && next && next !== "handed" && (
        <Form
          action={`${paths.run(runId)}/enclosing`}
          class="form stacked"
          values={values}
          errors={errors}
        >
          <input type="hidden" name="step" value={next} />
          <FieldRow>
            <DateField
              name="day"
              label={`${enclosingSteps[next]}の年月日`}
              required
              value={showDateShort(today)}
            />
            <NumberField
              name="good"
              label={
                { printed: "良品の通数", delivered: "受け取った通数", posted: "発送した通数" }[next]
              }
              required
              width={8}
              value={String(
                { printed: pieces, delivered: entry.printed, posted: entry.delivered }[next] ?? "",
              )}
            />
            {next !== "delivered" && (
              <NumberField
                name="bad"
                label={next === "printed" ? "刷損の通数" : "損傷の通数"}
                width={8}
                value="0"
              />
            )}
            {next === "delivered" && (
              <TextField name="number" label="受領書の番号" required width={12} />
            )}
          </FieldRow>
          {next === "posted" && (
            <SelectField
              name="difference"
              label="発送データの通数と違う理由"
              empty="同じ（違いなし）"
              options={choicesOf(differenceTitles)}
            />
          )}
          <Actions>
            <Button look="secondary">{enclosingSteps[next]}を記録する</Button>
          </Actions>
        </Form>
      )}
    </Panel>
  );
}

/** 封入封緘 in the 授受簿. */
export const EnclosingBook = (props: {
  rows: Awaited<ReturnType<typeof listEnclosings>>;
  paths: MailingPaths;
}) =>
  props.rows.length === 0 ? null : (
    <Panel title={`封入封緘の委託先との授受（新しい${props.rows.length}件）`}>
      <Table
        caption="封入封緘の授受"
        rows={props.rows}
        href={({ entry }) => props.paths.run(entry.runId)}
        columns={[
          { title: "一括発送", cell: (row) => runNumber(row), nowrap: true },
          { title: "委託先", cell: ({ contractorName }) => contractorName },
          {
            title: "通数",
            cell: ({ pieces }) => (pieces === null ? "―" : figure(pieces)),
            align: "end",
          },
          { title: "指示書", cell: ({ entry }) => day(entry.handedOn), nowrap: true },
          {
            title: "印刷（良品・刷損）",
            cell: ({ entry }) =>
              entry.printedOn
                ? `${day(entry.printedOn)} ${entry.printed}・${entry.misprinted}`
                : "―",
            nowrap: true,
          },
          {
            title: "印刷物の授受",
            cell: ({ entry }) =>
              entry.deliveredOn
                ? `${day(entry.deliveredOn)} ${entry.delivered} ${entry.deliveryNumber}`
                : "―",
          },
          {
            title: "発送・損傷",
            cell: ({ entry }) =>
              entry.postedOn ? `${day(entry.postedOn)} ${entry.posted}・${entry.spoilt}` : "―",
            nowrap: true,
          },
          {
            title: "違い",
            cell: ({ entry }) => (entry.difference ? differenceTitles[entry.difference] : "―"),
          },
        ]}
      />
    </Panel>
  );
