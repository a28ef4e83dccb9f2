import { EntryFaults } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Button,
  choicesOf,
  DateField,
  FieldRow,
  NumberField,
  PageTitle,
  Panel,
  SelectField,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { figures } from "#workflows/text/widths.ts";
import { findVaccine } from "#workflows/vaccination/schedule.ts";
import { foundByTitles, openMistake } from "../../mistakes/incidents.ts";
import type { RecordRow } from "../../records/revisions.ts";
import { paths } from "../paths.ts";
import { doseTitle, vaccineChoices } from "../records/parts.tsx";
import { personOfForm, recordOfForm } from "./parts.tsx";

const guard = { right: "case.enter", program: "vaccination", purpose: "case" } as const;
const { entry: _, ...told } = foundByTitles;
const tellers = Object.keys(told) as (keyof typeof told)[];

/** Begins an incident that somebody told of, of a record or of a shot that has none. */
export const mistakeNewScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: `${paths.mistakes}/new` as const,
    audit: "mistake.new-opened",
    handle: (request) => newPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${paths.mistakes}/new` as const,
    audit: "mistake.open-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const id = await work(async (unit) => {
          const record = await recordOfForm(unit, form);
          const faults = new EntryFaults();
          const personNumber = await faults.check(() => personOfForm(unit, form, record));
          const vaccine = faults.need(
            "vaccine",
            findVaccine(record?.vaccine ?? form.text("vaccine"))?.id,
            "予防接種を選んでください。",
          );
          const givenOn = faults.need(
            "givenOn",
            record ? (record.givenOn as IsoDate) : readDate(form.text("givenOn")),
            "接種日を入力してください。例: R8.11.20",
          );
          const foundBy = faults.need(
            "foundBy",
            form.choice("foundBy", tellers),
            "どうして分かったかを選んでください。",
          );
          const knownOn = faults.need(
            "knownOn",
            readDate(form.text("knownOn")),
            "知った日を入力してください。例: R8.11.20",
          );
          faults.end();
          return openMistake(unit, {
            personNumber,
            shotId: record?.id,
            foundBy,
            knownOn,
            vaccine,
            dose: record?.dose ?? form.integer("dose"),
            givenOn,
            clinicCode: record?.clinicCode ?? (figures(form.text("clinicCode")) || undefined),
            clinicName: record?.clinicName ?? (form.text("clinicName") || undefined),
          });
        });
        return redirect(paths.mistake(id), "間違い接種の事案を始めました。");
      } catch (error) {
        return newPage(request, sentWith("new", form, error));
      }
    },
  }),
];

async function newPage(
  { work, query, form, platform }: Pick<ScreenRequest, "work" | "query" | "form" | "platform">,
  sent?: Sent,
): Promise<Reply> {
  const record = await work((unit) => recordOfForm(unit, sent ? form : query));
  return page({
    title: "予防接種 間違い接種の入力",
    breadcrumb: [{ title: "間違い接種", path: paths.mistakes }, { title: "入力" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>間違い接種の入力</PageTitle>
        <SentNote />
        <Panel title={record ? doseTitle(record.vaccine, record.dose) : "だれの、どの接種か"}>
          <NewForm record={record} today={platform.clock.today()} />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

function NewForm({ record, today }: { record: RecordRow | undefined; today: IsoDate }) {
  return (
    <SentForm event="new" action={`${paths.mistakes}/new`} focusFirst>
      {record && <input type="hidden" name="record" value={record.id} />}
      {record && <p>接種日 {showDateShort(record.givenOn as IsoDate)}</p>}
      {!record && (
        <>
          <FieldRow>
            <NumberField name="personNumber" label="統合宛名番号" required check="person-number" />
            <SelectField
              name="vaccine"
              label="予防接種"
              required
              empty="選んでください"
              options={vaccineChoices}
            />
            <NumberField name="dose" label="回数" width={4} />
            <DateField name="givenOn" label="接種日" required />
          </FieldRow>
          <FieldRow>
            <NumberField name="clinicCode" label="医療機関コード" />
            <TextField name="clinicName" label="医療機関名" width={20} />
          </FieldRow>
        </>
      )}
      <FieldRow>
        <SelectField
          name="foundBy"
          label="どうして分かったか"
          required
          empty="選んでください"
          options={choicesOf(told)}
        />
        <DateField name="knownOn" label="知った日" required value={showDateShort(today)} />
      </FieldRow>
      <Actions>
        <Button>事案を始める</Button>
      </Actions>
    </SentForm>
  );
}
