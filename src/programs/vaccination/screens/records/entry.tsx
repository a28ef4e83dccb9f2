import { Problem } from "#src/platform/problem.ts";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  choicesOf,
  DateField,
  Disclosure,
  FieldRow,
  Form,
  Notification,
  NumberField,
  PageTitle,
  Panel,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { fragment, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { acceptTitles } from "#workflows/vaccination/records/channels.ts";
import type { Doubt } from "#workflows/vaccination/records/doubts.ts";
import { clinicHints } from "../../clinics/hints.ts";
import { proposeRevision, readRecord } from "../../records/revisions.ts";
import { listEntered, type Slip, slipNumber } from "../../records/slips.ts";
import { judgeRecord, takeRecords } from "../../records/take.ts";
import { paths } from "../paths.ts";
import { doseTitle, SlipBadge, slipStateTitle } from "./parts.tsx";
import { readSlipForm } from "./read-told.ts";
import { BundleFields, DoseFields, FurtherFields, IdentityFields } from "./shot-fields.tsx";

/** How many of the last entries are seen. */
const shown = 10;
/** What stays for the next slip. */
const sticky = ["givenOn", "clinicCode", "clinicName", "doctor", "route", "interviewOn"] as const;
const accepts = Object.keys(acceptTitles) as (keyof typeof acceptTitles)[];
const common = { right: "case.enter", program: "vaccination", purpose: "case" } as const;

/** 予診票の入力: one slip after the other by keyboard, each judged at once; the last ten stay to be corrected. */
export const entryScreens: readonly AnyRoute[] = [
  defineRoute({
    ...common,
    method: "get",
    path: paths.slipEntry,
    audit: "vaccination-slips.entry-opened",
    handle: (request) => answer(request, {}),
  }),
  defineRoute({
    ...common,
    method: "post",
    path: paths.slipEntry,
    audit: "vaccination-slips.enter-asked",
    async handle(request) {
      const { form, work } = request;
      const errors: Record<string, string> = {};
      const told = readSlipForm(form, errors);
      if (Object.keys(errors).length > 0) return answer(request, { errors });
      const later = form.text("do") === "later";
      const accept = form.choice("accept", accepts);
      try {
        const doubts = await work(async (unit) => {
          const judged = await judgeRecord(unit, { ...told, accept });
          const waits = judged.state === "doubtful" || judged.state === "unmatched";
          if (waits && !later) return judged.doubts;
          await takeRecords(unit, [{ ...told, accept: later ? undefined : accept }]);
          return [];
        });
        if (doubts.length > 0) return answer(request, { doubts });
      } catch (error) {
        if (!(error instanceof Problem) || error.status >= 500) throw error;
        return answer(request, { refused: error });
      }
      return done(request);
    },
  }),
  defineRoute({
    ...common,
    method: "post",
    path: `${paths.slipEntry}/:shot` as const,
    audit: "vaccination-slips.correct-asked",
    async handle(request) {
      const { form, work, params } = request;
      try {
        await work(async (unit) => {
          const { record } = await readRecord(unit, idOf(params.shot));
          if (!record)
            throw new Problem({ status: 409, message: "この記録は取り消されています。" });
          const seen = form.integer("revision") ?? 0;
          const cancels = form.has("back");
          const givenOn = readDate(form.text("day"));
          const dose = form.integer("number");
          if (!cancels && (!givenOn || !dose))
            throw new Problem({ status: 422, message: "接種日と回数を入力してください。" });
          await proposeRevision(unit, {
            shotId: record.id,
            seen,
            kind: cancels ? "cancel" : "correct",
            values: cancels
              ? undefined
              : {
                  ...record,
                  givenOn: givenOn ?? (record.givenOn as IsoDate),
                  dose: dose ?? record.dose,
                  lot: form.text("lotNumber") || null,
                },
            reason: cancels ? "told-twice" : "typing",
          });
        });
      } catch (error) {
        if (!(error instanceof Problem) || error.status >= 500) throw error;
        return answer(request, { refused: error });
      }
      return done(request);
    },
  }),
];

/** The entry again, ready for the next slip. */
function done<Path extends string>(request: ScreenRequest<Path>): Promise<Reply> | Reply {
  if (!request.partial) return redirect(paths.slipEntry, "記録しました。");
  return answer(request, { next: true });
}

interface Told {
  errors?: Readonly<Record<string, string>>;
  doubts?: readonly Doubt[];
  refused?: Problem;
  /** What was typed is taken: only what stays for the next slip is kept. */
  next?: boolean;
}

async function answer(
  { work, partial, form, platform }: Pick<ScreenRequest, "work" | "partial" | "form" | "platform">,
  told: Told,
): Promise<Reply> {
  const { entered, people, revisions, hints } = await work(async (unit) => {
    const entered = await listEntered(unit, shown);
    const numbers = entered.rows.flatMap(({ personNumber }) => personNumber ?? []);
    const shots = entered.rows.flatMap(({ shotId }) => shotId ?? []);
    const revisions = await unit.sql<
      { id: string; revision: number; given: string; lot: string | null; dose: number }[]
    >`
      select id, revision, given_on::text as given, lot, dose from vaccination.shot where id = any(${shots}::uuid[])`;
    return {
      entered,
      people: await peopleOfRows(unit, numbers),
      revisions,
      hints: await clinicHints(unit, entered.rows),
    };
  });
  const kept = Object.fromEntries(
    sticky.map((name) => [name, form.text(name) || undefined] as const),
  );
  const again = told.errors || told.doubts || told.refused;
  const entry = (
    <Entry
      told={told}
      form={again ? form : undefined}
      kept={told.next ? kept : {}}
      entered={entered}
      people={people}
      shots={new Map(revisions.map((row) => [row.id, row]))}
      hints={new Map(entered.rows.map(({ id }, at) => [id, hints[at]]))}
      today={platform.clock.today()}
    />
  );
  if (partial) return fragment(entry);
  return page({
    title: "予防接種 予診票の入力",
    breadcrumb: [{ title: "予診票の処理", path: paths.slips }, { title: "入力" }],
    status: told.refused?.status ?? (again ? 422 : 200),
    content: (
      <>
        <PageTitle actions={<ButtonLink href={paths.slips}>待っている予診票を見る</ButtonLink>}>
          予診票の入力
        </PageTitle>
        {entry}
      </>
    ),
  });
}

function Entry(props: {
  told: Told;
  form: Values | undefined;
  kept: Readonly<Record<string, string | undefined>>;
  entered: Awaited<ReturnType<typeof listEntered>>;
  people: Awaited<ReturnType<typeof peopleOfRows>>;
  shots: ReadonlyMap<string, { revision: number; given: string; lot: string | null; dose: number }>;
  /** What the register of clinics says against a slip, by id. */
  hints: ReadonlyMap<string, string | undefined>;
  today: IsoDate;
}) {
  const { told, form, kept, entered, people, shots, hints, today } = props;
  const { doubts = [] } = told;
  const { total, states, rows } = entered;
  const figure = (n: number) => n.toLocaleString("ja-JP");
  const sums = states.map(({ state, slips }) => `${slipStateTitle(state)} ${figure(slips)}`);
  const acceptable = doubts.length > 0 && doubts.every((one) => one.acceptable);
  const opened = ["personNumber", "motherChildNumber", "kana", "name", "birth", "address"].some(
    (name) => form?.text(name),
  );
  return (
    <div id="slip-entry">
      <Panel title="読み取る">
        {told.refused && <Notification tone="error" title={told.refused.message} />}
        {doubts.length > 0 && (
          <Notification tone="warning" title="確かめてください。">
            <ul>
              {doubts.map(({ code, message }) => (
                <li key={code}>{message}</li>
              ))}
            </ul>
          </Notification>
        )}
        <Form
          action={paths.slipEntry}
          class="form stacked"
          replaces="#slip-entry"
          keep="slips"
          values={form}
          errors={told.errors ?? {}}
        >
          <FieldRow>
            <TextField
              name="coupon"
              label="券番号（OCRの行）"
              width={20}
              inputMode="numeric"
              autofocus={doubts.length === 0}
            />
            <DateField name="givenOn" label="接種日" required value={kept["givenOn"]} />
            <TextField name="lot" label="ロット番号" width={12} />
            {doubts.length > 0 && (
              <SelectField
                name="accept"
                label="このまま記録する理由"
                autofocus
                empty={acceptable ? "記録しない" : "記録できません"}
                options={acceptable ? choicesOf(acceptTitles) : []}
              />
            )}
            <Button shortcut="Ctrl+Enter">記録する</Button>
            {doubts.length > 0 && (
              <Button look="secondary" name="do" value="later">
                あとで確かめる
              </Button>
            )}
          </FieldRow>
          <DoseFields known={{}} byCoupon />
          <Disclosure title="券番号がないとき" open={opened}>
            <FieldRow>
              <NumberField
                name="personNumber"
                label="統合宛名番号（予防接種番号）"
                check="person-number"
              />
              <TextField name="motherChildNumber" label="母子健康手帳番号" width={12} />
            </FieldRow>
            <IdentityFields known={{}} />
          </Disclosure>
          <BundleFields known={kept} />
          <Disclosure title="製品名・接種量・予診票の日付">
            <FurtherFields known={kept} />
          </Disclosure>
          <p class="field-hint">
            Enter で次の欄、Ctrl+Enter で記録します。接種日と医療機関は次の1枚にも入ります。
          </p>
        </Form>
      </Panel>
      <Panel title={`今日の入力 ${figure(total)}枚`} actions={sums.join("　")}>
        <Table
          caption="最後の10枚"
          columns={[
            { title: "番号", cell: (row) => slipNumber(row), nowrap: true },
            {
              title: "氏名",
              cell: (row) => (
                <PersonCell person={people.get(row.personNumber ?? "")} today={today} />
              ),
            },
            { title: "予防接種", cell: (row) => doseTitle(row.vaccine, row.dose) },
            { title: "接種日", cell: (row) => showDateShort(row.givenOn as IsoDate), nowrap: true },
            { title: "ロット", cell: (row) => row.lot ?? "―" },
            {
              title: "医療機関",
              cell: (row) => (
                <>
                  {row.clinicName ?? row.clinicCode ?? "―"}
                  {hints.get(row.id) && " "}
                  {hints.get(row.id) && <Badge tone="warning">{hints.get(row.id)}</Badge>}
                </>
              ),
            },
            { title: "状態", cell: ({ state }) => <SlipBadge state={state} />, nowrap: true },
            {
              title: "訂正",
              cell: (row) => <Correction row={row} shot={shots.get(row.shotId ?? "")} />,
            },
          ]}
          rows={rows}
          href={(row) => (row.shotId ? paths.record(row.shotId) : paths.slip(row.id))}
          tone={({ state }) =>
            state === "doubtful" || state === "unmatched" ? "warning" : undefined
          }
          empty="今日はまだ入力していません。"
        />
      </Panel>
    </div>
  );
}

function Correction(props: {
  row: Slip;
  shot: { revision: number; given: string; lot: string | null; dose: number } | undefined;
}) {
  const { row, shot } = props;
  if (!shot || row.state !== "recorded") return <>―</>;
  return (
    <Disclosure title="直す">
      <Form
        action={`${paths.slipEntry}/${row.shotId}`}
        keys="search"
        class="form stacked"
        replaces="#slip-entry"
      >
        <input type="hidden" name="revision" value={shot.revision} />
        <FieldRow>
          <DateField
            name="day"
            idPrefix={slipNumber(row)}
            label="接種日"
            value={showDateShort(shot.given as IsoDate)}
          />
          <NumberField
            name="number"
            idPrefix={slipNumber(row)}
            label="回数"
            width={4}
            value={String(shot.dose)}
          />
          <TextField
            name="lotNumber"
            idPrefix={slipNumber(row)}
            label="ロット"
            width={12}
            value={shot.lot ?? ""}
          />
        </FieldRow>
        <Actions>
          <Button look="secondary">直す</Button>
          <Button
            look="danger"
            name="back"
            value="yes"
            confirm="この接種記録を取り消します。よろしいですか。"
          >
            記録を取り消す
          </Button>
        </Actions>
      </Form>
    </Disclosure>
  );
}
