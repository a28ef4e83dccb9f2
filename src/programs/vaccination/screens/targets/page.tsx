import { holds } from "#src/platform/access/actor.ts";
import { mostInOffice } from "#src/platform/mailings/index.ts";
import { EntryFaults } from "#src/platform/problem.ts";
import {
  type Sent,
  SentContext,
  SentNote,
  sentWith,
  statusOf,
  useSent,
} from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  DateField,
  DefinitionList,
  FieldRow,
  FilterLinks,
  Form,
  NumberField,
  PageTitle,
  Pagination,
  Panel,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDate, showDateShort, showMoment } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { inlinePdf, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { figures } from "#workflows/text/widths.ts";
import { readCriteria } from "#workflows/vaccination/targets/criteria.ts";
import { isGoing, outcomeIds } from "#workflows/vaccination/targets/outcomes.ts";
import { outputs } from "#workflows/vaccination/targets/outputs.ts";
import {
  discardExtraction,
  type Extraction,
  extractionNumber,
  type FoundRow,
  getExtraction,
  isOfToday,
  listFound,
} from "../../targets/extractions.ts";
import { printExtraction } from "../../targets/order.ts";
import { listSessions, seatSession } from "../../targets/sessions.ts";
import { subjectTitle } from "../../targets/titles.ts";
import { vaccineTitle } from "../../targets/vaccines.ts";
import { paths } from "../paths.ts";
import { targetCopyPath } from "./copies.tsx";
import { countsOf, ExtractionBadge, figure, outcomeTitle, rowsAPage } from "./parts.tsx";

const path = `${paths.targets}/:id` as const;
const guard = { program: "vaccination", purpose: "mailing" } as const;

/** An extraction: counts by reason, its people, and what is made of it. */
export const targetScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path,
    right: "mailing.read",
    audit: "targets.opened",
    handle: (request) => extractionPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path,
    right: "mailing.prepare",
    audit: "targets.step-asked",
    async handle(request) {
      const { form, params, work } = request;
      const pressed = form.pressed(["print", "seat", "discard"]);
      try {
        if (pressed === "print") {
          const { pdf } = await work((unit) =>
            printExtraction(unit, idOf(params.id), form.all("person")),
          );
          return inlinePdf("targets.pdf", pdf);
        }
        if (pressed === "seat") {
          const id = await work((unit) => seatSession(unit, idOf(params.id), readSession(request)));
          return redirect(paths.targetSession(id), "集団接種の名簿を作りました。");
        }
        await work((unit) => discardExtraction(unit, idOf(params.id)));
        return redirect(paths.target(idOf(params.id)), "抽出を破棄しました。");
      } catch (error) {
        return extractionPage(request, sentWith(pressed, form, error));
      }
    },
  }),
];

function readSession({ form, platform }: Pick<ScreenRequest, "form" | "platform">) {
  const faults = new EntryFaults();
  const named = form.text("place");
  const place = faults.need(
    "place",
    named !== "" && named.length <= 60 ? named : undefined,
    "会場を60字までで入力してください。",
  );
  const day = readDate(form.text("heldOn"));
  const heldOn = faults.need(
    "heldOn",
    day && day >= platform.clock.today() ? day : undefined,
    "今日以後の日付を入力してください。例: R8.12.10",
  );
  const time = figures(form.text("opensAt"));
  const opensAt = faults.need(
    "opensAt",
    /^([01]?\d|2[0-3]):[0-5]\d$/.test(time) ? time : undefined,
    "受付の時刻を入力してください。例: 13:00",
  );
  const together = faults.need(
    "together",
    between(form.integer("together"), 1, 200),
    "1から200までの数を入力してください。",
  );
  const minutes = faults.need(
    "minutes",
    between(form.integer("minutes"), 1, 240),
    "1から240までの数を入力してください。",
  );
  faults.end();
  return { place, heldOn, opensAt, together, minutes };
}

const between = (number: number | undefined, least: number, most: number): number | undefined =>
  number !== undefined && number >= least && number <= most ? number : undefined;

async function extractionPage(
  request: Pick<ScreenRequest<typeof path>, "work" | "query" | "params" | "platform" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const { work, query, params, platform, actor } = request;
  const outcome = query.choice("outcome", outcomeIds);
  const at = Math.max(1, query.integer("page") ?? 1);
  const { one, rows, people, sessions } = await work(async (unit) => {
    const one = await getExtraction(unit, idOf(params.id));
    const rows = await listFound(
      unit,
      { id: one.id, outcome },
      { from: (at - 1) * rowsAPage, size: rowsAPage },
    );
    const numbers = rows.map(({ personNumber }) => personNumber);
    return {
      one,
      rows,
      people: await peopleOfRows(unit, numbers),
      sessions: await listSessions(unit, one.id),
    };
  });
  const today = platform.clock.today();
  const total = outcome ? (one.counts[outcome] ?? 0) : (one.counts.rows ?? 0);
  const address = (given: { outcome?: string | undefined; page?: number }) =>
    `${paths.target(one.id)}?${new URLSearchParams(
      Object.entries(given).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    )}`;
  const prepares = holds(actor, "mailing.prepare", { program: "vaccination" });
  const works = prepares && one.state !== "discarded" && one.output !== "session";
  return page({
    title: `予防接種 対象者の抽出 ${extractionNumber(one)}`,
    breadcrumb: [{ title: "対象者抽出", path: paths.targets }, { title: extractionNumber(one) }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          actions={
            prepares &&
            one.state !== "discarded" && (
              <>
                {one.output !== "session" && (
                  <ButtonLink href={`${paths.target(one.id)}/mailing`} look="primary">
                    委託先への発送を始める
                  </ButtonLink>
                )}
                <ButtonLink href={targetCopyPath(one.id)}>一覧の写し</ButtonLink>
              </>
            )
          }
        >
          {`${extractionNumber(one)} ${one.title}`}
        </PageTitle>
        <SentNote />
        <Panel title="抽出">
          <Told one={one} today={today} />
        </Panel>
        {prepares && one.state !== "discarded" && one.output === "session" && (
          <SessionForm id={one.id} />
        )}
        {sessions.length > 0 && (
          <Panel title={`集団接種の名簿 ${figure(sessions.length)}件`}>
            <Table
              caption="集団接種の名簿"
              columns={[
                {
                  title: "期日",
                  cell: ({ session }) => showDateShort(session.heldOn as IsoDate),
                  nowrap: true,
                },
                { title: "会場", cell: ({ session }) => session.place },
              ]}
              rows={sessions}
              href={({ session }) => paths.targetSession(session.id)}
            />
          </Panel>
        )}
        <Panel title={`${outcome ? outcomeTitle(outcome) : "抽出した人"} ${figure(total)}件`}>
          <FilterLinks
            label="区分"
            present={outcome}
            choices={countsOf(one).map((row) => ({
              value: row.outcome,
              label: `${outcomeTitle(row.outcome)} ${figure(row.people)}`,
            }))}
            href={(value) => address({ outcome: value })}
          />
          <Table
            caption="抽出した人"
            columns={[
              { title: "統合宛名番号", cell: (row: FoundRow) => row.personNumber, nowrap: true },
              {
                title: "氏名",
                cell: (row: FoundRow) => (
                  <PersonCell person={people.get(row.personNumber)} today={today} />
                ),
              },
              { title: "予防接種・回", cell: (row: FoundRow) => subjectTitle(row.subject) },
              {
                title: "受けられる期間",
                cell: (row: FoundRow) =>
                  row.usableFrom && row.usableTo
                    ? `${showDateShort(row.usableFrom as IsoDate)}～${showDateShort(row.usableTo as IsoDate)}`
                    : "―",
                nowrap: true,
              },
              { title: "区分", cell: (row: FoundRow) => outcomeTitle(row.outcome) },
            ]}
            rows={rows}
            {...(works && {
              ticks: {
                form: "office",
                name: "person",
                value: (row: FoundRow) => row.personNumber,
                label: (row: FoundRow) => `${row.personNumber}を選ぶ`,
                offBecause: (row: FoundRow) =>
                  isGoing(row.outcome as never) ? undefined : outcomeTitle(row.outcome),
              },
            })}
            empty="この区分の人はいません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / rowsAPage)}
            href={(next) => address({ outcome, page: next })}
          />
          {works && <OfficeForm id={one.id} />}
        </Panel>
        {prepares && one.state === "made" && (
          <Form action={paths.target(one.id)} class="inline-buttons">
            <Button
              name="event"
              value="discard"
              look="quiet"
              confirm="この抽出の名簿を消します。よろしいですか。"
            >
              抽出を破棄する
            </Button>
          </Form>
        )}
      </SentContext.Provider>
    ),
  });
}

function Told({ one, today }: { one: Extraction; today: IsoDate }) {
  const { vaccines, doses, ahead, cohort, townName, movedSince } = readCriteria(one.criteria);
  const whom = cohort
    ? cohort.kind === "births"
      ? `${showDate(cohort.from)}から${showDate(cohort.to)}までに生まれた人`
      : cohort.kind === "fiscal-year"
        ? `年度に${cohort.ages.join("・")}歳になる人`
        : `${cohort.from}か月から${cohort.to}か月の人`
    : "受けられる年齢の人";
  return (
    <DefinitionList
      columns={2}
      items={[
        ["状態", <ExtractionBadge key="state" state={one.state} />],
        ["作るもの", outputs[one.output]],
        [
          "抽出日",
          `${showDate(one.asOf as IsoDate)}現在${isOfToday(one, today) ? "" : "（今日より前の抽出です。送る人は、作るときにもう一度確かめます）"}`,
        ],
        ["実行", showMoment(one.madeAt)],
        ["予防接種", vaccines.map(vaccineTitle).join("、"), "wide"],
        [
          "だれに",
          [
            whom,
            doses && `${doses.join("・")}回目`,
            ahead > 0 && `${ahead}日先までに受けられる人`,
            townName && `${townName}で始まる町`,
            movedSince && `${showDate(movedSince)}以後に転入・出生した人`,
          ]
            .filter(Boolean)
            .join("、"),
          "wide",
        ],
      ]}
    />
  );
}

/** A few are printed at once, in the office. */
const OfficeForm = ({ id }: { id: string }) => (
  <Form id="office" action={paths.target(id)} class="inline-buttons">
    <Button name="event" value="print" look="secondary" formTarget="_blank">
      選んだ人の分をここで印刷する（{mostInOffice}通まで）
    </Button>
  </Form>
);

function SessionForm({ id }: { id: string }) {
  const { values, errors } = useSent("seat");
  return (
    <Panel title="集団接種の名簿を作る">
      <Form action={paths.target(id)} class="form stacked" values={values} errors={errors ?? {}}>
        <FieldRow>
          <TextField name="place" label="会場" required width={30} />
          <DateField name="heldOn" label="期日" required />
          <TextField name="opensAt" label="受付の始まり" required width={8} hint="例 13:00" />
          <NumberField name="together" label="同じ時刻に来る人数" required width={4} />
          <NumberField name="minutes" label="次の人たちまでの分" required width={4} />
        </FieldRow>
        <Actions>
          <Button name="event" value="seat">
            名簿を作る
          </Button>
        </Actions>
      </Form>
    </Panel>
  );
}
