import { office } from "#db/schema/access.ts";
import { holds } from "#src/platform/access/index.ts";
import { townCodesOf } from "#src/platform/city/index.ts";
import {
  findPeople,
  lookAtPeople,
  nameWord,
  otherNames,
  type Person,
  type PersonQuery,
  searchLimit,
  shownKana,
  shownName,
} from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { Problem } from "#src/platform/problem.ts";
import { keepReason } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import { isPersonNumber, type PersonNumber } from "#workflows/numbers/person-number.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import {
  Actions,
  Badge,
  Button,
  Form,
  Notification,
  PageTitle,
  Panel,
  ReasonField,
  Table,
} from "../../components/index.ts";
import { showAge, showDateShort } from "../../dates.ts";
import { personPath } from "../../person-path.ts";
import { moveOn, page } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import type { NumberHit, ScreenSet } from "../../screens.ts";
import type { Values } from "../../values.ts";
import { residenceState, sexTitles } from "./describe.ts";
import { asksForSomebody, type ReadQuery, readQuery } from "./read-query.ts";
import { lastSearch } from "./remembered.ts";
import { SearchBox } from "./search-box.tsx";

/** More than so many are shown only to those who say why they need a wide list. */
const narrowEnough = 30;
const title = "住民検索";

type Found =
  | {
      kind: "list";
      people: Person[];
      more: boolean;
      marks: ReadonlyMap<string, string[]>;
      hits: readonly NumberHit[];
    }
  | { kind: "too-wide"; count: number; fault?: string }
  | { kind: "wrong"; error: string };

export function peopleSearch(sets: readonly ScreenSet[]) {
  return [
    defineRoute({
      method: "get",
      path: "/people",
      right: "person.search",
      purpose: "counter",
      audit: "search.opened",
      handle: async ({ work }) =>
        page({
          title,
          breadcrumb: [{ title }],
          content: (
            <>
              <PageTitle>{title}</PageTitle>
              <SearchBox offices={await work(officesOf)} autofocus />
              <p class="lead">
                例:「ミホン ハナコ」「ﾔﾏﾀﾞ」「髙橋」「R2.4.1」「ヤマダ
                20200401」。外国人の方は通称でも本名でも、姓だけ・名だけでも探せます。世帯番号・受給者番号・申請番号（R8-001234）・券番号も入力できます。検索した記録は残ります。
              </p>
            </>
          ),
        }),
    }),
    // What was searched for is kept for the session, so that the address says nothing and 戻る finds the list again.
    defineRoute({
      method: "post",
      path: "/people",
      right: "person.search",
      purpose: "counter",
      audit: "nothing-personal",
      because: "keeps the question; the page it leads to records the search",
      async handle(request) {
        await lastSearch.set(request, request.form);
        return moveOn("/people/found");
      },
    }),
    defineRoute({
      method: "get",
      path: "/people/found",
      right: "person.search",
      purpose: "counter",
      audit: "search.made",
      async handle({ actor, work, platform }) {
        const form = await lastSearch.get({ actor, platform });
        if (!form) return moveOn("/people");
        const read = readQuery(form);
        if (read.query.individualNumber && !holds(actor, "person.read-individual-number")) {
          throw new Problem({
            status: 403,
            message: "個人番号で検索する権限がありません。",
            details: ["必要な権限: 「個人番号を見る」"],
          });
        }
        const reason = form.text("reason");
        const said =
          reason && !reasonFault(reason, "一覧が必要な理由")
            ? await work((unit) => keepReason(unit, { text: reason }))
            : undefined;
        const { found, offices } = await work(
          async (unit) => ({
            found: await search(unit, read, reason, sets),
            offices: await officesOf(unit),
          }),
          { ...(said && { reason: { code: "wide-search", said } as const }) },
        );
        const only = onlyOne(found, read);
        if (only) return moveOn(pathOf(platform, only));
        return page({
          title: "住民検索 結果",
          breadcrumb: [{ title, path: "/people" }, { title: "結果" }],
          status: found.kind === "wrong" ? 422 : 200,
          content: (
            <>
              <PageTitle>{title}</PageTitle>
              <SearchBox
                values={form}
                offices={offices}
                errors={found.kind === "wrong" ? { q: found.error } : {}}
              />
              <Result found={found} form={form} platform={platform} />
            </>
          ),
        });
      },
    }),
  ];
}

const officesOf = (work: Work) =>
  work.tx.select({ code: office.code, name: office.name }).from(office).orderBy(office.code);

/** Where an exact number leads to alone: nothing else was found by it. */
function onlyOne(found: Found, { number, query }: ReadQuery): NumberHit["to"] | undefined {
  if (found.kind !== "list" || !number) return undefined;
  const { hits, people } = found;
  const [hit] = hits;
  if (people.length === 0) return hits.length === 1 ? hit?.to : undefined;
  const [person] = people;
  return hits.length === 0 && people.length === 1 && person && query.personNumber
    ? { personNumber: person.personNumber }
    : undefined;
}

const pathOf = (platform: Platform, to: NumberHit["to"]): `/${string}` =>
  "path" in to ? to.path : personPath(platform, to.personNumber as PersonNumber);

async function search(
  work: Work,
  { query, number, town, error }: ReadQuery,
  reason: string,
  sets: readonly ScreenSet[],
): Promise<Found> {
  if (error) return { kind: "wrong", error };
  const townCodes = town ? await townCodesOf(work, town) : undefined;
  if (town && !townCodes)
    return { kind: "wrong", error: "町の一覧が登録されていないため、町名では探せません。" };
  if (townCodes?.length === 0) return { kind: "wrong", error: "その名で始まる町はありません。" };
  const named = !asksForSomebody(query)
    ? []
    : townCodes
      ? await findInTowns(work, query, townCodes)
      : await findPeople(work, query);
  const { sex, officeCode } = query;
  const household = number
    ? await findPeople(work, { householdNumber: number, sex, officeCode })
    : [];
  const numbers = [...new Set([...household, ...named])];
  const hits: NumberHit[] = [];
  for (const set of number ? sets : []) {
    hits.push(...((await set.numberHits?.(work, number ?? "")) ?? []));
  }
  if (number && numbers.length === 0 && hits.length === 0)
    return { kind: "wrong", error: nothingBears(number) };
  const fault = reasonFault(reason, "一覧が必要な理由");
  if (numbers.length > narrowEnough && fault)
    return { kind: "too-wide", count: numbers.length, ...(reason ? { fault } : {}) };
  const shown = numbers.slice(0, searchLimit);
  const people = await lookAtPeople(work, shown, ["facts", "name", "address"]);
  const marks = new Map<string, string[]>();
  for (const set of sets) {
    for (const [number, words] of (await set.personMarks?.(work, shown)) ?? []) {
      marks.set(number, [...(marks.get(number) ?? []), ...words]);
    }
  }
  return { kind: "list", people, more: numbers.length > searchLimit, marks, hits };
}

/** A slip of the pen is told by the check digit; otherwise the same is said of what is not there and of what may not be seen. */
const nothingBears = (number: string): string =>
  /^\d{10}$/.test(number) && !isPersonNumber(number)
    ? "番号の検査数字が合いません。統合宛名番号・券番号を確かめてください。"
    : /^\d{12}$/.test(number) && !checkNumber("individual", number).valid
      ? "個人番号の検査数字が合いません。番号を確かめてください。"
      : "この番号のものは見つかりません。桁数と、扱う権限のある事務の番号かを確かめてください。";

/** The same search in each town that is meant, one after the other. */
async function findInTowns(work: Work, query: PersonQuery, townCodes: readonly string[]) {
  const found: string[] = [];
  for (const townCode of townCodes) found.push(...(await findPeople(work, { ...query, townCode })));
  return found;
}

function Result({ found, form, platform }: { found: Found; form: Values; platform: Platform }) {
  if (found.kind === "wrong") return null;
  if (found.kind === "too-wide") return <TooWide {...found} form={form} />;
  const today = platform.clock.today();
  return (
    <>
      {found.hits.length > 0 && <Hits hits={found.hits} platform={platform} />}
      <Panel title={`検索結果 ${found.people.length}人`}>
        {found.more && (
          <Notification tone="warning" title={`先頭の${searchLimit}人だけを表示しています。`} />
        )}
        <Table
          caption="検索結果"
          columns={[
            { title: "氏名", cell: (person) => <Names person={person} /> },
            { title: "カナ", cell: (person) => shownKana(person) || "―" },
            {
              title: "生年月日",
              cell: (person) =>
                `${showDateShort(person.birthDate)}（${showAge(person.birthDate, person.diedOn ?? today)}）`,
              nowrap: true,
            },
            { title: "性別", cell: (person) => sexTitles[person.sex], align: "center" },
            {
              title: "町名",
              cell: (person) =>
                person.addressMasked
                  ? "非表示"
                  : (person.address?.town.replace(/^.+?市/, "") ?? "―"),
            },
            {
              title: "世帯番号",
              cell: (person) => (person.outside ? "―" : person.householdNumber),
              nowrap: true,
            },
            {
              title: "状態",
              cell: (person) => <State person={person} today={today} />,
              nowrap: true,
            },
            ...(found.marks.size > 0 ? [marksColumn(found.marks)] : []),
          ]}
          rows={found.people}
          href={(person) => personPath(platform, person.personNumber)}
          tone={(person) => (residenceState(person, today).word === "在住" ? undefined : "muted")}
          empty="該当する方はいません。カナの先頭だけにする、生年月日だけにするなど、条件をゆるめてください。"
        />
      </Panel>
    </>
  );
}

/** What bears the number that was typed. */
const Hits = ({ hits, platform }: { hits: readonly NumberHit[]; platform: Platform }) => (
  <Panel title={`番号が一致するもの ${hits.length}件`}>
    <Table
      caption="番号が一致するもの"
      columns={[{ title: "番号", cell: ({ title }) => title }]}
      rows={hits}
      href={({ to }) => pathOf(platform, to)}
    />
  </Panel>
);

/** The name that the register says to use, which it is, and the others. */
const Names = ({ person }: { person: Person }) => {
  const word = nameWord(person);
  const others = otherNames(person);
  return (
    <>
      {shownName(person) || "―"}{" "}
      {word && others.length > 0 && <span class="name-word">{word}</span>}
      {others.map((name) => (
        <span key={name} class="cell-note">
          {name}
        </span>
      ))}
    </>
  );
};

const marksColumn = (marks: ReadonlyMap<string, string[]>) => ({
  title: "受給資格",
  cell: (person: Person) => marks.get(person.personNumber)?.join("、"),
});

function State({ person, today }: { person: Person; today: Parameters<typeof residenceState>[1] }) {
  const state = residenceState(person, today);
  return (
    <>
      {state.tone === "warning" ? (
        <Badge tone="warning">{state.word}</Badge>
      ) : (
        <span class="state-word">{state.word}</span>
      )}
      {person.isProtected && <Badge tone="protected">支援措置</Badge>}
    </>
  );
}

function TooWide({ count, fault, form }: { count: number; fault?: string; form: Values }) {
  return (
    <Panel title="該当者が多数です">
      <Notification
        tone="warning"
        title={`${count > searchLimit ? `${searchLimit}人を超える` : `${count}人の`}方が該当します。`}
      >
        <p>氏名の文字数を増やす、生年月日を加えるなどして絞り込んでください。</p>
      </Notification>
      <Form action="/people" values={form} errors={fault ? { reason: fault } : {}}>
        {["q", "sex", "office", "town"].map((name) => (
          <input key={name} type="hidden" name={name} value={form.text(name)} />
        ))}
        <ReasonField
          name="reason"
          label="一覧が必要な理由"
          required
          width={40}
          hint="理由はアクセス記録に残ります。"
        />
        <Actions>
          <Button look="secondary">理由を記録して一覧を表示</Button>
        </Actions>
      </Form>
    </Panel>
  );
}
