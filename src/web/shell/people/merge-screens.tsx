import {
  clashWords,
  dismissMatch,
  type LineAfter,
  linesAfter,
  type Merge,
  type MergePreview,
  mergeOf,
  moveMerge,
  previewMerge,
  proposeMerge,
  proposeUnmerge,
  settleLine,
} from "#src/platform/merges/index.ts";
import { identityOfPerson } from "#src/platform/outsiders/index.ts";
import { canonicalOf, lookAtPeople, type Person, shownName } from "#src/platform/people/index.ts";
import { EntryProblem, notFound, type Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { isPersonNumber, type PersonNumber } from "#workflows/numbers/person-number.ts";
import { likeness, likenessGrades } from "#workflows/people/likeness.ts";
import { figures } from "#workflows/text/widths.ts";
import { mistakesOf, ProblemNote, sentWith } from "../../cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  DefinitionList,
  type FieldErrors,
  Form,
  Notification,
  NumberField,
  PageTitle,
  Panel,
  RadioGroup,
  ReasonField,
  Table,
} from "../../components/index.ts";
import { showBirth, showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { PersonCell } from "../../person-cell.tsx";
import { personOfPath, personPath } from "../../person-path.ts";
import { page, type Reply, redirect } from "../../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../../route.ts";
import type { ScreenSet } from "../../screens.ts";
import type { Values } from "../../values.ts";
import { addressLine, residenceState, sexTitles } from "./describe.ts";
import { programTitle, thingTitle } from "./merge-words.ts";
import { personPage } from "./person-page.tsx";

const title = "番号の統合";

interface Shown {
  form?: Values;
  errors?: FieldErrors;
  problem?: Problem | undefined;
}
type Request = ScreenRequest & { params: { person: string } };

/** Merging two numbers of a person, and the end of a merge that was a mistake. */
export function mergeScreens(sets: readonly ScreenSet[]): AnyRoute[] {
  const common = { purpose: "counter" } as const;
  return [
    defineRoute({
      ...common,
      method: "get",
      path: "/people/:person/merge",
      right: "person.link",
      audit: "merge.form-opened",
      handle: (request) => mergePage(sets, request, request.query.text("with"), {}),
    }),
    defineRoute({
      ...common,
      method: "post",
      path: "/people/:person/merge",
      right: "person.link",
      audit: "merge.sent",
      async handle(request) {
        const { form, platform, work, params } = request;
        const number = personOfPath(platform, params.person);
        const step = form.pressed(["look", "propose", "other-person"], "step");
        const typed = figures(form.text("other"));
        if (!isPersonNumber(typed)) {
          const errors = {
            other: "統合宛名番号が正しくありません。10桁の数字と検査数字を確かめてください。",
          };
          return mergePage(sets, request, "", { form, errors });
        }
        if (step === "look") return mergePage(sets, request, partOf(request, typed), { form });
        const stays = form.choice("stays", [number, typed]);
        if (step === "propose" && !stays) {
          const errors = { stays: "残す番号を選んでください。" };
          return mergePage(sets, request, partOf(request, typed), { form, errors });
        }
        try {
          await work(async (unit) => {
            const reason = form.whole("reason");
            if (step === "other-person")
              return dismissMatch(unit, { outsider: number, resident: typed, reason });
            const canonical = stays === number ? number : typed;
            const merged = stays === number ? typed : number;
            const [person] = await lookAtPeople(unit, [merged], ["facts"]);
            await proposeMerge(unit, {
              merged,
              canonical,
              ground: person?.outside ? "registered" : "same-person",
              reason,
            });
          });
        } catch (error) {
          return mergePage(sets, request, partOf(request, typed), { form, ...mistakesOf(error) });
        }
        return redirect(
          `${personPath(platform, number)}#merges`,
          step === "propose"
            ? "番号の統合を起案しました。別の職員の決裁を待ちます。"
            : "別の方であることを記録しました。",
        );
      },
    }),
    defineRoute({
      ...common,
      method: "post",
      path: "/people/:person/merges/:merge/decision",
      right: "person.link",
      audit: "merge.decision-sent",
      async handle(request) {
        const { form, platform, params, work } = request;
        const number = personOfPath(platform, params.person);
        const event = form.pressed([
          "approve",
          "refuse",
          "withdraw",
          "approve-unmerge",
          "refuse-unmerge",
        ]);
        try {
          await work(async (unit) =>
            moveMerge(unit, await mergeOf(unit, number, numberOf(params.merge)), event),
          );
        } catch (error) {
          return personPage(request, sets, number, sentWith("merge", form, error));
        }
        const said = {
          approve: "番号を統合しました。",
          refuse: "統合を却下しました。",
          withdraw: "統合の起案を取り下げました。",
          "approve-unmerge": "番号を分離しました。",
          "refuse-unmerge": "分離を却下しました。",
        }[event];
        const top = await work((unit) => canonicalOf(unit, number));
        return redirect(`${personPath(platform, top)}#merges`, said);
      },
    }),
    defineRoute({
      ...common,
      method: "get",
      path: "/people/:person/merges/:merge/end",
      right: "person.link",
      audit: "merge.end-opened",
      handle: (request) => endPage(sets, request, numberOf(request.params.merge), {}),
    }),
    defineRoute({
      ...common,
      method: "post",
      path: "/people/:person/merges/:merge/end",
      right: "person.link",
      audit: "merge.end-sent",
      async handle(request) {
        const { form, platform, params, work } = request;
        const number = personOfPath(platform, params.person);
        const id = numberOf(params.merge);
        try {
          await work(async (unit) => {
            const merge = await mergeOf(unit, number, id);
            const lines = await linesAfter(unit, merge);
            const belongs = lines.map((line) => {
              const chosen = form.choice(fieldOf(line), [merge.merged, merge.canonical]);
              if (!chosen)
                throw new EntryProblem(fieldOf(line), "どちらの番号の方のものかを選んでください。");
              return chosen;
            });
            await proposeUnmerge(
              unit,
              { ...merge, revision: form.integer("revision") ?? 0 },
              { lines, belongs, reason: form.whole("reason") },
            );
          });
        } catch (error) {
          return endPage(sets, request, id, { form, ...mistakesOf(error) });
        }
        return redirect(
          `${personPath(platform, number)}#merges`,
          "分離を起案しました。別の職員の決裁を待ちます。",
        );
      },
    }),
    defineRoute({
      ...common,
      method: "post",
      path: "/people/:person/merges/:merge/lines",
      right: "person.link",
      audit: "merge.line-sent",
      async handle(request) {
        const { form, platform, params, work } = request;
        const number = personOfPath(platform, params.person);
        try {
          await work(async (unit) =>
            settleLine(unit, await mergeOf(unit, number, numberOf(params.merge)), {
              what: form.text("what"),
              key: form.text("key"),
            }),
          );
        } catch (error) {
          return personPage(request, sets, number, sentWith("merge", form, error));
        }
        return redirect(`${personPath(platform, number)}#merges`, "直したことを記録しました。");
      },
    }),
  ];
}

const fieldOf = ({ what, key }: Pick<LineAfter, "what" | "key">) => `belongs.${what}.${key}`;

const partOf = ({ platform }: Pick<ScreenRequest, "platform">, number: PersonNumber): string =>
  personPath(platform, number).slice("/people/".length);

interface Compared {
  person: Person;
  other: Person;
  preview: MergePreview;
  obstacles: string[];
}

async function compare(work: Work, number: string, otherNumber: string): Promise<Compared> {
  const people = await lookAtPeople(work, [number, otherNumber], ["facts", "name", "address"]);
  const [person, other] = [number, otherNumber].map((one) =>
    people.find(({ personNumber }) => personNumber === one),
  );
  if (!person || !other)
    throw new EntryProblem(
      "other",
      "この番号の方は見つからないか、扱う権限のある方ではありません。",
    );
  return { person, other, ...(await previewMerge(work, otherNumber, number)) };
}

async function mergePage(
  sets: readonly ScreenSet[],
  request: Request,
  part: string,
  shown: Shown,
): Promise<Reply> {
  const { platform, work, params } = request;
  const number = personOfPath(platform, params.person);
  const { form } = shown;
  let { errors = {}, problem } = shown;
  let compared: Compared | undefined;
  if (part !== "") {
    try {
      compared = await work((unit) => compare(unit, number, personOfPath(platform, part)));
    } catch (error) {
      ({ errors = {}, problem } = mistakesOf(error));
    }
  }
  const person =
    compared?.person ??
    (await work(async (unit) => (await lookAtPeople(unit, [number], ["facts", "name"]))[0]));
  const path = personPath(platform, number);
  const wrong = Object.keys(errors).length > 0 || problem !== undefined;
  return page({
    title,
    breadcrumb: [{ title: "住民検索", path: "/people" }, { title: "住民", path }, { title }],
    status: wrong ? (problem?.status ?? 422) : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <p class="lead">
          同じ方に2つの番号があるとき、片方の番号をもう片方に統合します。記録は書き換えず、古い番号でもその方が見つかります。別の職員が決裁します。
        </p>
        {problem && <ProblemNote problem={problem} />}
        <DefinitionList
          columns={2}
          items={[
            ["氏名", <PersonCell key="person" person={person} today={platform.clock.today()} />],
            ["統合宛名番号", number],
          ]}
        />
        <Form
          action={`${path}/merge`}
          {...(form && { values: form })}
          errors={errors}
          keys="search"
        >
          <NumberField
            name="other"
            label="もう1つの統合宛名番号"
            required
            check="person-number"
            value={compared?.other.personNumber}
          />
          <Actions>
            <Button look={compared ? "secondary" : "primary"} name="step" value="look">
              2つの番号を比べる
            </Button>
          </Actions>
          {compared && <Both sets={sets} request={request} compared={compared} />}
        </Form>
      </>
    ),
  });
}

function Both(props: { sets: readonly ScreenSet[]; request: Request; compared: Compared }) {
  const { sets, request, compared } = props;
  const { person, other, preview, obstacles } = compared;
  const { clock } = request.platform;
  const like = likeness(identityOfPerson(person), identityOfPerson(other));
  const pair = [person, other];
  // Who was outside the register is followed into it.
  const stays =
    other.outside === person.outside ? "" : (other.outside ? person : other).personNumber;
  return (
    <>
      <Panel title={`2つの番号の方（${like.score}点 ${likenessGrades[like.grade]}）`}>
        <Table
          caption="2つの番号の方"
          columns={[
            {
              title: "番号",
              cell: (one) => (
                <a href={personPath(request.platform, one.personNumber)}>{one.personNumber}</a>
              ),
              nowrap: true,
            },
            { title: "氏名", cell: (one) => shownName(one) },
            { title: "生年月日", cell: (one) => showBirth(one) },
            { title: "性別", cell: (one) => sexTitles[one.sex], align: "center" },
            { title: "住所", cell: (one) => addressLine(one) },
            { title: "状態", cell: (one) => residenceState(one, clock.today()).word, nowrap: true },
          ]}
          rows={pair}
        />
        <p class="field-hint">
          {like.reasons
            .map(({ words, points }) => `${words}（${points > 0 ? "+" : ""}${points}）`)
            .join("、")}
        </p>
      </Panel>
      <Panel title="統合でまとまるもの">
        {preview.clashes.length > 0 && (
          <Notification tone="warning" title="両方の番号にあるもの">
            <ul>
              {preview.clashes.map(({ program, what, once }) => (
                <li key={`${program} ${what} ${once}`}>
                  {`${programTitle(sets, program)}: ${clashWords[what] ?? "同じものが両方の番号にあります。"}`}
                </li>
              ))}
            </ul>
          </Notification>
        )}
        <Table
          caption="統合でまとまるもの"
          columns={[
            { title: "事務", cell: ({ program }) => programTitle(sets, program) },
            { title: "種類", cell: ({ what }) => thingTitle(what) },
            { title: person.personNumber, cell: ({ canonical }) => canonical, align: "end" },
            { title: other.personNumber, cell: ({ merged }) => merged, align: "end" },
            { title: "うち進行中・有効", cell: ({ open }) => open, align: "end" },
          ]}
          rows={preview.counts}
          empty="どちらの番号にも、記録はありません。"
        />
        {preview.others > 0 && (
          <p class="field-hint">{`ほかに、見る権限のない事務が${preview.others}つあります。`}</p>
        )}
      </Panel>
      {obstacles.length > 0 ? (
        <Notification tone="error" title="統合できません。">
          <ul>
            {obstacles.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notification>
      ) : (
        <>
          <RadioGroup
            name="stays"
            label="残す番号"
            required
            value={stays}
            options={pair.map((one) => ({
              value: one.personNumber,
              label: `${one.personNumber}（${residenceState(one, clock.today()).word}）`,
            }))}
          />
          <ReasonField
            name="reason"
            label="理由"
            required
            width={40}
            hint="同じ方（又は別の方）と確かめた資料"
          />
          <Actions>
            <Button name="step" value="propose">
              統合を起案する
            </Button>
            {person.outside && !other.outside && (
              <Button name="step" value="other-person" look="secondary">
                別の方であると記録する
              </Button>
            )}
          </Actions>
        </>
      )}
    </>
  );
}

async function endPage(
  sets: readonly ScreenSet[],
  { platform, work, params }: Request,
  id: number,
  { form, errors = {}, problem }: Shown,
): Promise<Reply> {
  const number = personOfPath(platform, params.person);
  const { merge, lines } = await work(
    async (unit): Promise<{ merge: Merge; lines: LineAfter[] }> => {
      const merge = await mergeOf(unit, number, id);
      if (merge.state !== "merged") throw notFound("分離できる統合ではありません。");
      return { merge, lines: await linesAfter(unit, merge) };
    },
  );
  const path = personPath(platform, number);
  return page({
    title: "番号の分離",
    breadcrumb: [
      { title: "住民検索", path: "/people" },
      { title: "住民", path },
      { title: "番号の分離" },
    ],
    status: form ? (problem?.status ?? 422) : 200,
    content: (
      <>
        <PageTitle>番号の分離</PageTitle>
        <p class="lead">
          {`番号 ${merge.merged} の統合を取り消し、統合の前の2人に戻します。統合の前の記録は、それぞれの番号に戻ります。`}
        </p>
        {problem && <ProblemNote problem={problem} />}
        <Form action={`${path}/merges/${id}/end`} {...(form && { values: form })} errors={errors}>
          <input type="hidden" name="revision" value={merge.revision} />
          <Panel title={`統合のあとに増えた行 ${lines.length}件`}>
            <p>
              1行ずつ、どちらの番号の方のものかを選んでください。いまの番号と違う番号を選んだ行は、分離のあと、事務で直すまで仕事に残ります。
            </p>
            {lines.length === 0 && <p>統合のあとに増えた行はありません。</p>}
            {lines.map((line) => (
              <RadioGroup
                key={fieldOf(line)}
                name={fieldOf(line)}
                label={`${programTitle(sets, line.program)} ${thingTitle(line.what)} ${showMoment(line.at)}`}
                required
                options={[merge.canonical, merge.merged].map((value) => ({
                  value,
                  label: value === line.personNumber ? `${value}（いまの番号）` : value,
                }))}
              />
            ))}
          </Panel>
          <ReasonField name="reason" label="分離の理由" required width={40} />
          <Actions>
            <Button shortcut="Ctrl+Enter">分離を起案する</Button>
            <ButtonLink href={path}>やめる</ButtonLink>
          </Actions>
        </Form>
      </>
    ),
  });
}
