import { holds } from "#src/platform/access/actor.ts";
import type { Person } from "#src/platform/people/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import {
  Actions,
  Badge,
  Button,
  CheckboxGroup,
  choicesOf,
  Disclosure,
  FieldRow,
  Form,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { personOfPath, personPath } from "#src/web/person-path.ts";
import { inlinePdf } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { PersonPanel } from "#src/web/screens.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { sourceTitles } from "#workflows/vaccination/records/channels.ts";
import { adverseNumber, adverseOf } from "../../mistakes/adverse.ts";
import { mistakeNumber, mistakesOf } from "../../mistakes/incidents.ts";
import {
  issueRecordPaper,
  papersOfPerson,
  type RecordPaperKind,
  readRecordPaper,
  recordPaperTitles,
  recordsOfPerson,
} from "../../records/papers.ts";
import { MistakeBadge } from "../mistakes/parts.tsx";
import { paths } from "../paths.ts";
import { doseTitle } from "./parts.tsx";

const kinds = Object.keys(recordPaperTitles) as RecordPaperKind[];

/** Records of a person one by one, what was issued of them, and what went wrong. */
export async function recordPanels(work: Work, person: Person): Promise<PersonPanel[]> {
  const { personNumber } = person;
  if (!holds(work.actor, "case.read", { program: "vaccination" })) return [];
  const records = await recordsOfPerson(work, personNumber);
  const papers = await papersOfPerson(work, personNumber);
  const mistakes = await mistakesOf(work, personNumber);
  const reports = await adverseOf(work, personNumber);
  if (records.length + papers.length + mistakes.length + reports.length === 0) return [];
  const prints =
    holds(work.actor, "document.print", { program: "vaccination", office: person.officeCode }) &&
    !person.addressMasked;
  const happened = [
    ...mistakes.map((row) => ({
      id: row.id,
      number: mistakeNumber(row),
      what: `間違い接種 ${doseTitle(row.vaccine, row.dose)}`,
      on: row.givenOn,
      path: paths.mistake(row.id),
      state: <MistakeBadge state={row.state} />,
    })),
    ...reports.map((row) => ({
      id: row.id,
      number: adverseNumber(row),
      what: `副反応疑い報告 ${doseTitle(row.vaccine, row.dose)}`,
      on: row.givenOn,
      path: paths.adverseReport(row.id),
      state: (
        <Badge tone={row.state === "entered" ? "success" : "neutral"}>
          {row.state === "entered" ? "控え済み" : "取下げ"}
        </Badge>
      ),
    })),
  ];
  return [
    {
      title: "接種記録の明細と証明",
      order: 51,
      content: (
        <>
          <Table
            caption="接種記録の明細"
            columns={[
              { title: "予防接種", cell: (row) => doseTitle(row.vaccine, row.dose) },
              {
                title: "接種日",
                cell: (row) => showDateShort(row.givenOn as IsoDate),
                nowrap: true,
              },
              { title: "ロット", cell: ({ lot }) => lot ?? "―" },
              { title: "経路", cell: ({ source }) => sourceTitles[source] ?? "―" },
            ]}
            rows={records}
            href={({ id }) => paths.record(id)}
            empty="接種の記録はありません。"
          />
          {papers.length > 0 && (
            <Table
              caption="交付した証明"
              columns={[
                { title: "証明", cell: ({ kind }) => recordPaperTitles[kind] },
                { title: "文書番号", cell: ({ documentNumber }) => documentNumber },
                {
                  title: "交付日",
                  cell: (row) => showDateShort(row.issuedOn as IsoDate),
                  nowrap: true,
                },
              ]}
              rows={papers}
              href={({ id }) => paths.paper(id)}
            />
          )}
          {prints && records.length > 0 && (
            <Disclosure title="証明を交付する">
              <Form
                action={`${personPath(work.platform, personNumber)}/record-papers`}
                class="form stacked"
              >
                <CheckboxGroup
                  name="shots"
                  label="載せる接種"
                  required
                  values={records.map(({ id }) => id)}
                  options={records.map((row) => ({
                    value: row.id,
                    label: `${doseTitle(row.vaccine, row.dose)} ${showDateShort(row.givenOn as IsoDate)}`,
                  }))}
                />
                <FieldRow>
                  <SelectField
                    name="kind"
                    label="証明"
                    required
                    options={choicesOf(recordPaperTitles)}
                  />
                  <TextField
                    name="roman"
                    label="氏名のローマ字（英文だけ）"
                    width={30}
                    value={person.name?.alphabetic ?? ""}
                  />
                </FieldRow>
                <Actions>
                  <Button look="secondary">交付する</Button>
                </Actions>
              </Form>
            </Disclosure>
          )}
        </>
      ),
    },
    ...(happened.length > 0
      ? [
          {
            title: "間違い接種・副反応",
            order: 52,
            content: (
              <Table
                caption="間違い接種と副反応疑い報告"
                columns={[
                  { title: "番号", cell: ({ number }) => number, nowrap: true },
                  { title: "内容", cell: ({ what }) => what },
                  {
                    title: "接種日",
                    cell: ({ on }) => showDateShort(on as IsoDate),
                    nowrap: true,
                  },
                  { title: "状態", cell: ({ state }) => state, nowrap: true },
                ]}
                rows={happened}
                href={({ path }) => path}
              />
            ),
          },
        ]
      : []),
  ];
}

/** Issues a certificate or a history sheet of the records of a person. */
export const issuePaper = defineRoute({
  method: "post",
  path: "/people/:person/record-papers",
  right: "document.print",
  program: "vaccination",
  purpose: "counter",
  audit: "vaccination-paper.issue-asked",
  async handle({ params, form, work, platform }) {
    const personNumber = personOfPath(platform, params.person);
    const kind = form.choice("kind", kinds);
    if (!kind) throw new Problem({ status: 422, message: "証明を選んでください。" });
    const { id, pdf } = await work((unit) =>
      issueRecordPaper(unit, {
        kind,
        personNumber,
        shotIds: form.all("shots").map(idOf),
        roman: form.text("roman").normalize("NFKC"),
      }),
    );
    return inlinePdf(`vaccination-${id}.pdf`, pdf);
  },
});

/** A certificate as it was issued, once more. */
export const paperAgain = defineRoute({
  method: "get",
  path: `${paths.papers}/:paper` as const,
  right: "document.print",
  program: "vaccination",
  purpose: "counter",
  audit: "vaccination-paper.printed-again",
  async handle({ params, work }) {
    const { row, pdf } = await work((unit) => readRecordPaper(unit, idOf(params.paper)));
    return inlinePdf(`vaccination-${row.id}.pdf`, pdf);
  },
});
