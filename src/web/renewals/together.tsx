import {
  answerNumber,
  answerStateMeta,
  approveChosen,
  findingTitlesOf,
  judgePortion,
  listAnswers,
  nextProposed,
  outcomeTitles,
  proposeLapses,
  readSeason,
  reasonTitlesOf,
} from "#src/platform/renewals/index.ts";
import {
  Button,
  Form,
  Notification,
  PageTitle,
  Panel,
  Progress,
  Table,
  Tabs,
} from "../components/index.ts";
import { idOf } from "../params.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { fragment, page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Values } from "../values.ts";
import { count, day, rowsAPage, seasonTitle } from "./parts.tsx";
import type { Renewals } from "./set.ts";

/** So long a request goes on with the next portion, in milliseconds; the page then asks for more. */
const longEnough = 3000;
const decided = ["renewal-proposed", "lapse-proposed"] as const;
type DecidedState = (typeof decided)[number];

/** How far it has come: told from portion to portion by the page itself. */
interface Course {
  total: number;
  after: number;
  clear: number;
  exceptions: number;
}
const courseOf = (form: Values): Course => ({
  total: form.integer("total") ?? 0,
  after: form.integer("after") ?? 0,
  clear: form.integer("clear") ?? 0,
  exceptions: form.integer("exceptions") ?? 0,
});

/** 一括判定 and 一括決裁: portion by portion, in the name of the person who sits there, as long as the page stands open. */
export const togetherScreens = (of: Renewals): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    right: "case.propose",
    method: "get",
    path: `${of.paths.seasons}/seasons/:season/judge` as const,
    audit: "renewal-judgement.opened",
    async handle({ params, work }) {
      const id = idOf(params.season);
      const { season, received, exceptions } = await work(async (unit) => ({
        season: await readSeason(unit, id),
        received: (
          await listAnswers(unit, { seasonId: id, state: "received" }, { page: 1, size: 1 })
        ).total,
        exceptions: (
          await listAnswers(unit, { seasonId: id, state: "exception" }, { page: 1, size: 1 })
        ).total,
      }));
      const begin = (state: "received" | "exception", total: number, title: string) =>
        total > 0 && season.state === "open" ? (
          <Form action={`${of.paths.season(id)}/judge`} class="inline-form" keys="search">
            <input type="hidden" name="state" value={state} />
            <input type="hidden" name="total" value={total} />
            <Button look={state === "received" ? "primary" : "secondary"}>{title}</Button>
          </Form>
        ) : null;
      return page({
        title: `${seasonTitle(season, of.kind.title)} 一括判定`,
        breadcrumb: crumbs(of, season, "一括判定"),
        content: (
          <>
            <PageTitle>{`${seasonTitle(season, of.kind.title)} 一括判定`}</PageTitle>
            <Panel title="判定するもの">
              <p class="lead">
                所得、世帯、住民記録、変更の届出、書類を確かめます。明らかなものは更新を起案し、ほかは理由を付けて個別審査に回します。起案したものは、別の決裁者が決裁します。
              </p>
              {begin("received", received, `受け付けた${count(received)}件を判定する`) ?? (
                <p>判定を待っているものはありません。</p>
              )}
              {begin("exception", exceptions, `個別審査の${count(exceptions)}件をもう一度判定する`)}
            </Panel>
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...of.reading,
    right: "case.propose",
    method: "post",
    path: `${of.paths.seasons}/seasons/:season/judge` as const,
    audit: "renewal-judgement.went-on",
    async handle({ params, form, work, partial }) {
      const id = idOf(params.season);
      const state = form.choice("state", ["received", "exception"]) ?? "received";
      const course = courseOf(form);
      const until = Date.now() + longEnough;
      let after: number | null = course.after;
      while (after !== null && Date.now() < until) {
        const from: number = after;
        const portion = await work(async (unit) =>
          judgePortion(unit, of.kind, await readSeason(unit, id), { state, after: from }),
        );
        after = portion.after;
        course.clear += portion.clear;
        course.exceptions += portion.exceptions;
      }
      const said = `${count(course.clear)}件の更新を起案し、${count(course.exceptions)}件を個別審査に回しました。`;
      if (after === null) return redirect(of.paths.season(id), said);
      const more = { ...course, after };
      const running = (
        <Running
          action={`${of.paths.season(id)}/judge`}
          state={state}
          course={more}
          title="判定しています"
        />
      );
      return partial
        ? fragment(running)
        : runningPage(of, await work((unit) => readSeason(unit, id)), "一括判定", running);
    },
  }),
  defineRoute({
    ...of.reading,
    right: "case.approve",
    purpose: "approval",
    method: "get",
    path: `${of.paths.seasons}/seasons/:season/decide` as const,
    audit: "renewal-decisions.listed",
    async handle({ params, query, work, platform }) {
      const id = idOf(params.season);
      const state: DecidedState =
        query.text("state") === "lapse-proposed" ? "lapse-proposed" : "renewal-proposed";
      const { season, lists, people } = await work(async (unit) => {
        const lists = new Map<DecidedState, Awaited<ReturnType<typeof listAnswers>>>();
        for (const one of decided)
          lists.set(
            one,
            await listAnswers(
              unit,
              { seasonId: id, state: one },
              { page: 1, size: one === state ? rowsAPage : 1 },
            ),
          );
        return {
          season: await readSeason(unit, id),
          lists,
          people: await peopleOfRows(
            unit,
            (lists.get(state)?.rows ?? []).map(({ personNumber }) => personNumber),
          ),
        };
      });
      const list = lists.get(state) ?? { total: 0, rows: [] };
      const does =
        state === "renewal-proposed"
          ? "更新"
          : `未提出による${season.noAnswer === "lost" ? "資格喪失" : "支給停止"}`;
      return page({
        title: `${seasonTitle(season, of.kind.title)} 一括決裁`,
        breadcrumb: crumbs(of, season, "一括決裁"),
        content: (
          <>
            <PageTitle>{`${seasonTitle(season, of.kind.title)} 一括決裁`}</PageTitle>
            <Tabs
              label="決裁待ち"
              tabs={decided.map((one) => ({
                title: answerStateMeta(one).title,
                count: lists.get(one)?.total ?? 0,
                href: `${of.paths.season(id)}/decide?state=${one}`,
                current: one === state,
              }))}
            />
            <Panel title={`${does} ${count(list.total)}件`}>
              <p class="lead">
                {state === "renewal-proposed"
                  ? "一件ずつもう一度判定し、明らかなままのものだけを決裁します。事情の変わったものと、自分が入力・起案したものは、理由とともに残ります。"
                  : `${day(season.startsOn)}から${does}とします。通知は、決裁の後に「喪失・支給停止の通知」で送ります。遅れて提出されたときは、審査のうえ戻ります。`}
              </p>
              {list.total > 0 && season.state === "open" && (
                <Form action={`${of.paths.season(id)}/decide`} class="inline-form" keys="search">
                  <input type="hidden" name="state" value={state} />
                  <input type="hidden" name="total" value={list.total} />
                  <Button
                    confirm={`${count(list.total)}件の${does}を決裁します。よろしいですか。`}
                  >{`${count(list.total)}件を決裁する`}</Button>
                </Form>
              )}
              <Table
                caption="決裁を待っているもの"
                columns={[
                  { title: "整理番号", cell: answerNumber, nowrap: true },
                  {
                    title: "氏名・年齢",
                    cell: (row) => (
                      <PersonCell
                        person={people.get(row.personNumber)}
                        today={platform.clock.today()}
                      />
                    ),
                  },
                  { title: "受付日", cell: ({ receivedOn }) => day(receivedOn), nowrap: true },
                  {
                    title: "内容",
                    cell: ({ outcome, reason }) =>
                      `${outcome ? outcomeTitles[outcome] : ""}${reason ? `（${reasonTitlesOf(of.kind)[reason] ?? ""}）` : ""}`,
                  },
                  {
                    title: "起案のときに確かめたこと",
                    cell: ({ findings }) =>
                      findings.map((one) => findingTitlesOf(of.kind)[one] ?? one).join("、") ||
                      "なし",
                  },
                ]}
                rows={list.rows}
                href={({ id: answer }) => of.paths.answer(answer)}
                empty="決裁を待っているものはありません。"
              />
              {list.total > list.rows.length && (
                <p class="note">
                  はじめの{rowsAPage}件です。
                  <a href={of.paths.answers(id, { state })}>すべてを見る</a>
                </p>
              )}
            </Panel>
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...of.reading,
    right: "case.approve",
    purpose: "approval",
    method: "post",
    path: `${of.paths.seasons}/seasons/:season/decide` as const,
    audit: "renewal-decisions.went-on",
    async handle({ params, form, work, partial }) {
      const id = idOf(params.season);
      const state = form.choice("state", decided) ?? "renewal-proposed";
      const course = courseOf(form);
      const until = Date.now() + longEnough;
      let over = false;
      while (!over && Date.now() < until) {
        await work(async (unit) => {
          const chosen = await nextProposed(unit, { seasonId: id, state, after: course.after });
          const last = chosen.at(-1);
          if (!last) {
            over = true;
            return;
          }
          const { done, left } = await approveChosen(
            unit,
            of.kind,
            await readSeason(unit, id),
            chosen,
          );
          course.after = last.serial;
          course.clear += done.length;
          course.exceptions += left.length;
        });
      }
      if (over)
        return redirect(`${of.paths.season(id)}/decide?state=${state}`, {
          tone: course.exceptions > 0 ? "warning" : "success",
          text: `${count(course.clear)}件を決裁しました。${course.exceptions > 0 ? `${count(course.exceptions)}件は、事情が変わったか、自分が入力・起案したため、残っています。番号を開いて確かめてください。` : ""}`,
        });
      const running = (
        <Running
          action={`${of.paths.season(id)}/decide`}
          state={state}
          course={course}
          title="決裁しています"
        />
      );
      return partial
        ? fragment(running)
        : runningPage(of, await work((unit) => readSeason(unit, id)), "一括決裁", running);
    },
  }),
  defineRoute({
    ...of.reading,
    right: "case.propose",
    method: "post",
    path: `${of.paths.seasons}/seasons/:season/lapses` as const,
    audit: "renewal-lapses.proposed",
    async handle({ params, work }) {
      const id = idOf(params.season);
      const until = Date.now() + longEnough;
      let all = 0;
      let last = 0;
      do {
        last = await work((unit) => proposeLapses(unit, id));
        all += last;
      } while (last > 0 && Date.now() < until);
      return redirect(
        of.paths.season(id),
        all > 0
          ? `${count(all)}件を起案しました。別の決裁者が「まとめて決裁する」で決裁します。${last > 0 ? "まだ残っています。もう一度押してください。" : ""}`
          : { tone: "warning", text: "差止予告を送り、期限を過ぎた未提出の世帯はありません。" },
      );
    },
  }),
];

const crumbs = (of: Renewals, season: { id: string; year: number }, title: string) => [
  { title: of.kind.title, path: of.paths.seasons },
  { title: seasonTitle(season, ""), path: of.paths.season(season.id) },
  { title },
];

const runningPage = (
  of: Renewals,
  season: { id: string; year: number },
  title: string,
  content: preact.ComponentChildren,
) =>
  page({
    title: `${seasonTitle(season, of.kind.title)} ${title}`,
    breadcrumb: crumbs(of, season, title),
    content: (
      <>
        <PageTitle>{`${seasonTitle(season, of.kind.title)} ${title}`}</PageTitle>
        <Panel title={title}>{content}</Panel>
      </>
    ),
  });

/** How far it is; asks for the next portion by itself as long as the page stands open. */
function Running(props: { action: string; state: string; course: Course; title: string }) {
  const { action, state, course, title } = props;
  return (
    <div id="renewal-course" aria-live="polite">
      <Progress label={title} done={course.clear + course.exceptions} total={course.total} />
      <Notification
        tone="info"
        title="この画面を閉じると止まります。止まったところから、あとで続けられます。"
      />
      <Form action={action} keys="search" class="inline-form" replaces="#renewal-course" atOnce>
        <input type="hidden" name="state" value={state} />
        <input type="hidden" name="total" value={course.total} />
        <input type="hidden" name="after" value={course.after} />
        <input type="hidden" name="clear" value={course.clear} />
        <input type="hidden" name="exceptions" value={course.exceptions} />
        <Button look="secondary">続ける</Button>
      </Form>
    </div>
  );
}
