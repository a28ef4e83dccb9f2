import { holds } from "#src/platform/access/index.ts";
import { runNumber } from "#src/platform/mailings/index.ts";
import {
  type Character,
  formTitle,
  listCharacters,
  listEntries,
  type Settlement,
  settlementTitles,
  settleUnprintable,
  type UnprintableEntry,
} from "#src/platform/printing/index.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import {
  characterOfPath,
  characterPath,
  codeWords,
  kindWords,
  plainOf,
  tableCode,
} from "../../characters.ts";
import {
  Actions,
  Badge,
  Button,
  Columns,
  DefinitionList,
  Form,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  RadioGroup,
  Table,
  Tabs,
} from "../../components/index.ts";
import { dayOf, showDateShort } from "../../dates.ts";
import { personPath } from "../../person-path.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { ProgramScreens } from "../../screens.ts";
import { programTitles } from "../staff/duty-words.tsx";
import { guard, title } from "./list.tsx";

const pageSize = 50;
const settlements = Object.keys(settlementTitles) as Settlement[];
const hints: Record<Settlement, string> = {
  "font-supplied": "いまのフォントで印字できるかを確かめてから記録します。",
  reduced: "帳票の設定で縮退が承認されているかを確かめてから記録します。",
  corrected: "住民記録や申請の文字が誤りで、正しい字に直したとき。",
  "by-hand": "この人の分を、手書きなど別の方法で発行したとき。",
};

/** A character of the 外字一覧: the people and papers it stopped, and how it is settled. */
export function unprintableDetail(programs: readonly ProgramScreens[]) {
  return [
    defineRoute({
      ...guard,
      method: "get",
      path: "/unprintable/:character",
      audit: "unprintable.opened",
      handle: (request) => detailPage(request, request.params.character, programs),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: "/unprintable/:character/settle",
      right: "unprintable.settle",
      audit: "unprintable.settle-asked",
      async handle(request) {
        const { form, work, params } = request;
        const character = characterOfPath(params.character);
        const settlement = form.choice("settlement", settlements);
        const ids = form.all("entry").map(Number).filter(Number.isInteger);
        const chosen = form.text("scope") === "chosen";
        try {
          if (!settlement) throw wrong("どうしたかを選んでください。");
          if (chosen && ids.length === 0) throw wrong("処理する人を、下の一覧で選んでください。");
          const count = await work((unit) =>
            settleUnprintable(unit, { character, settlement, ...(chosen && { ids }) }),
          );
          return redirect(
            chosen ? characterPath(character) : "/unprintable",
            `${codeWords(character)} の${count.toLocaleString("ja-JP")}件を「${settlementTitles[settlement]}」として処理しました。`,
          );
        } catch (error) {
          if (!(error instanceof Problem) || error.status !== 422) throw error;
          return detailPage(request, params.character, programs, error);
        }
      },
    }),
  ];
}

const wrong = (message: string) => new Problem({ status: 422, message });

async function detailPage(
  { actor, work, platform, query, form }: ScreenRequest,
  part: string,
  programs: readonly ProgramScreens[],
  problem?: Problem,
) {
  const character = characterOfPath(part);
  const state = query.choice("state", ["open", "settled"]) ?? "open";
  const at = Math.max(1, query.integer("page") ?? 1);
  const { open, settled, entries } = await work(async (unit) => {
    const figures = async (of: "open" | "settled") =>
      (await listCharacters(unit, { state: of, codePoint: character.codePoint })).find(
        ({ ivs }) => ivs === character.ivs,
      );
    return {
      open: await figures("open"),
      settled: await figures("settled"),
      entries: await listEntries(unit, character, { state, page: at, size: pageSize }),
    };
  });
  if (!open && !settled) throw notFound("この文字は、外字一覧にありません。");
  const path = characterPath(character);
  const shown = state === "open" ? open : settled;
  const settles = state === "open" && open && holds(actor, "unprintable.settle");
  const titles = programTitles(programs);
  const words = codeWords(character);
  return page({
    title: `${title} ${words}`,
    breadcrumb: [{ title, path: "/unprintable" }, { title: words }],
    status: problem ? problem.status : 200,
    content: (
      <>
        <PageTitle
          badge={
            open ? <Badge tone="warning">未処理</Badge> : <Badge tone="success">処理済み</Badge>
          }
        >
          {words}
        </PageTitle>
        {problem && (
          <Notification tone="error" title={problem.message}>
            <ul>
              {problem.details.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Notification>
        )}
        <Columns>
          <CharacterPanel character={character} people={shown?.people ?? 0} />
          {settles ? (
            <Panel title="処理する">
              <Form
                action={`${path}/settle`}
                id="settle"
                class="form stacked"
                values={problem && form}
              >
                <RadioGroup
                  name="settlement"
                  label="どうしたか"
                  required
                  options={settlements.map((value) => ({
                    value,
                    label: `${settlementTitles[value]}: ${hints[value]}`,
                  }))}
                />
                <RadioGroup
                  name="scope"
                  label="対象"
                  value="all"
                  options={[
                    {
                      value: "all",
                      label: `未処理のすべて（${open.entries.toLocaleString("ja-JP")}件）`,
                    },
                    { value: "chosen", label: "下の一覧で選んだものだけ" },
                  ]}
                />
                <Actions>
                  <Button confirm="処理済みにします。よろしいですか。" shortcut="Ctrl+Enter">
                    処理済みにする
                  </Button>
                </Actions>
              </Form>
            </Panel>
          ) : null}
        </Columns>
        <Tabs
          label="処理"
          tabs={[
            { title: "未処理", href: path, current: state === "open", count: open?.entries ?? 0 },
            {
              title: "処理済み",
              href: `${path}?state=settled`,
              current: state === "settled",
              count: settled?.entries ?? 0,
            },
          ]}
        />
        <Table
          caption={`${words} で止まった人と帳票`}
          rows={entries}
          href={({ personNumber }) => personPath(platform, personNumber)}
          empty={state === "open" ? "すべて処理されました。" : "まだ処理されていません。"}
          columns={[
            {
              title: "氏名",
              cell: ({ person }) => (
                <>
                  {person?.name?.kanji ?? "（見られません）"}
                  <span class="cell-note">{person?.name?.kana}</span>
                </>
              ),
            },
            {
              title: "生年月日",
              cell: ({ person }) => showDateShort(person?.birthDate),
              nowrap: true,
            },
            ...(entries.some(({ person }) => person?.isProtected) ? [protection] : []),
            { title: "事務", cell: ({ program }) => titles.get(program) ?? program },
            { title: "帳票", cell: (entry) => formTitle(entry.form) },
            { title: "欄", cell: ({ field }) => field },
            {
              title: "止まったもの",
              cell: (entry) => <Stopped entry={entry} programs={programs} />,
            },
            {
              title: "見つかった日",
              cell: ({ foundAt }) => showDateShort(dayOf(foundAt)),
              nowrap: true,
            },
            ...(state === "settled" ? settledColumns : []),
            ...(settles
              ? [
                  {
                    title: "選ぶ",
                    align: "center" as const,
                    cell: ({ id, person }: UnprintableEntry) => (
                      <input
                        type="checkbox"
                        form="settle"
                        name="entry"
                        value={id}
                        aria-label={`${person?.name?.kanji ?? id}を選ぶ`}
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
        <Pagination
          page={at}
          pages={Math.ceil((shown?.entries ?? 0) / pageSize)}
          href={(next) => `${path}?state=${state}&page=${next}`}
        />
      </>
    ),
  });
}

const protection = {
  title: "支援措置",
  cell: ({ person }: UnprintableEntry) =>
    person?.isProtected && <Badge tone="protected">支援措置</Badge>,
  nowrap: true,
};

const settledColumns = [
  {
    title: "どうしたか",
    cell: ({ settlement }: UnprintableEntry) => settlement && settlementTitles[settlement],
  },
  {
    title: "処理",
    cell: ({ settledAt, settler }: UnprintableEntry) =>
      `${settledAt ? showDateShort(dayOf(settledAt)) : "―"} ${settler ?? ""}`,
    nowrap: true,
  },
];

/** The character as far as it can be shown: never another one in its place. */
function CharacterPanel({ character, people }: { character: Character; people: number }) {
  const plain = plainOf(character);
  const privateUse = kindWords(character).includes("私用領域");
  return (
    <Panel title="文字">
      <div class="glyph">
        <div class="glyph-box">
          <span>字形なし</span>
          <code>{codeWords(character)}</code>
        </div>
        <DefinitionList
          items={[
            ["種類", kindWords(character)],
            ...(plain ? [["基本の字", <span class="glyph-plain">{plain}</span>] as const] : []),
            [
              "字形の調べ方",
              privateUse
                ? "市町村の外字の一覧表を、この番号で探します。"
                : `文字情報基盤の検索で「${tableCode(character)}」を探します。`,
            ],
            ["人数", `${people.toLocaleString("ja-JP")}人`],
          ]}
        />
      </div>
    </Panel>
  );
}

/** The case or mailing whose paper was stopped, where the person who looks may see it. */
function Stopped({
  entry: { program, case: found, run },
  programs,
}: {
  entry: UnprintableEntry;
  programs: readonly ProgramScreens[];
}) {
  const of = found
    ? { folder: "cases", id: found.id, words: `申請 ${found.number}` }
    : run && { folder: "mailings", id: run.id, words: `一括発送 ${runNumber(run)}` };
  if (!of) return <span>窓口での発行</span>;
  const page = new RegExp(`^/${program}/${of.folder}/:\\w+$`);
  const known = programs.some(({ routes }) => routes.some(({ path }) => page.test(path)));
  return known ? (
    <a href={`/${program}/${of.folder}/${of.id}`}>{of.words}</a>
  ) : (
    <span>{of.words}</span>
  );
}
