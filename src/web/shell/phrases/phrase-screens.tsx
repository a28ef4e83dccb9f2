import { officeList } from "#src/platform/access/index.ts";
import {
  addPhrase,
  endPhrase,
  keptPhrases,
  offeredPhrases,
  type Phrase,
  type PhraseUse,
  phraseUses,
} from "#src/platform/phrases/index.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  Actions,
  Button,
  choicesOf,
  DateField,
  type FieldErrors,
  FieldRow,
  Form,
  PageTitle,
  Panel,
  SelectField,
  Table,
  TextArea,
} from "../../components/index.ts";
import { readDate, showDateShort } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { fragment, page, redirect } from "../../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../../route.ts";
import type { ProgramScreens } from "../../screens.ts";
import { type ProgramTitles, programTitles } from "../staff/duty-words.tsx";

const guard = { right: "phrase.keep", purpose: "administration" } as const;
const title = "定型文";
const uses = Object.keys(phraseUses) as PhraseUse[];

/** 定型文: the sentences of an office for comments and reasons, where they are kept and where they are offered. */
export function phraseScreens(programs: readonly ProgramScreens[]): AnyRoute[] {
  const titles = programTitles(programs);
  return [
    defineRoute({
      ...guard,
      method: "get",
      path: "/phrases",
      audit: "phrases.listed",
      handle: (request) => phrasesPage(request, titles, {}),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: "/phrases",
      audit: "phrase.sent",
      async handle(request) {
        const { form, work } = request;
        try {
          const one = readPhrase(request, titles);
          await work((unit) => addPhrase(unit, one));
        } catch (error) {
          if (!(error instanceof EntryProblem)) throw error;
          return phrasesPage(request, titles, error.errors);
        }
        const use = form.choice("use", uses) ?? "note";
        return redirect("/phrases", `「${phraseUses[use]}」の定型文を登録しました。`);
      },
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: "/phrases/:phrase/end",
      audit: "phrase.end-asked",
      async handle({ params, work }) {
        await work((unit) => endPhrase(unit, numberOf(params.phrase)));
        return redirect("/phrases", "定型文を今日までで終わりにしました。");
      },
    }),
    defineRoute({
      method: "get",
      path: "/phrases/offered/:use",
      right: "signed-in",
      purpose: "inquiry",
      audit: "nothing-personal",
      because: "sentences of the office, about nobody",
      async handle({ params, query, work }) {
        const use = uses.find((one) => one === params.use);
        if (!use) throw notFound();
        const program = query.text("program") || undefined;
        return fragment(
          <Offered words={await work((unit) => offeredPhrases(unit, use, program))} />,
        );
      },
    }),
  ];
}

function readPhrase({ form }: ScreenRequest, titles: ProgramTitles) {
  const use = form.choice("use", uses);
  if (!use) throw new EntryProblem("use", "使う欄を選んでください。");
  const officeCode = form.text("office");
  if (!officeCode) throw new EntryProblem("office", "区を選んでください。");
  const validFrom = readDate(form.text("validFrom"));
  if (!validFrom) throw new EntryProblem("validFrom", "いつからを入力してください。例: R8.11.20");
  const program = form.choice("program", [...titles.keys()]) ?? null;
  return { use, officeCode, program, words: form.text("words"), validFrom };
}

/** The choices of the window that opens over a field; a digit takes one of the first nine. */
function Offered({ words }: { words: readonly string[] }) {
  if (words.length === 0)
    return <p>この欄の定型文は、まだありません。決裁者か制度担当者が「定型文」で登録します。</p>;
  return (
    <ol class="phrase-list">
      {words.map((one, index) => (
        <li key={one}>
          <button type="button" class="button button-quiet" data-phrase={one}>
            {index < 9 && <kbd>{index + 1}</kbd>} {one}
          </button>
        </li>
      ))}
    </ol>
  );
}

async function phrasesPage(
  { work, form, actor, platform }: ScreenRequest,
  titles: ProgramTitles,
  errors: FieldErrors,
) {
  const { phrases, offices } = await work(async (unit) => ({
    phrases: await keptPhrases(unit),
    offices: await officeList(unit),
  }));
  return page({
    title,
    breadcrumb: [{ title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Panel title="登録する">
          <Form
            action="/phrases"
            values={form.names().length > 0 ? form : undefined}
            errors={errors}
            class="form stacked"
          >
            <FieldRow>
              <SelectField
                name="use"
                label="使う欄"
                required
                empty="選んでください"
                options={choicesOf(phraseUses)}
              />
              <SelectField
                name="office"
                label="区"
                required
                empty="選んでください"
                value={actor.officeCode ?? ""}
                options={offices.map(({ code, name }) => ({ value: code, label: name }))}
              />
              <SelectField
                name="program"
                label="事務"
                empty="全事務"
                options={[...titles].map(([value, label]) => ({ value, label }))}
              />
              <DateField
                name="validFrom"
                label="いつから"
                required
                value={showDateShort(platform.clock.today())}
              />
            </FieldRow>
            <TextArea
              name="words"
              label="文"
              required
              rows={2}
              hint="200文字以内。氏名や番号など、個人の情報は書かないでください。"
            />
            <Actions>
              <Button shortcut="Ctrl+Enter">登録する</Button>
            </Actions>
          </Form>
        </Panel>
        <Panel title={`登録済み ${phrases.length}件`}>
          <Phrases phrases={phrases} titles={titles} />
        </Panel>
      </>
    ),
  });
}

function Phrases({ phrases, titles }: { phrases: readonly Phrase[]; titles: ProgramTitles }) {
  return (
    <Table
      caption="定型文"
      columns={[
        { title: "使う欄", cell: ({ use }: Phrase) => phraseUses[use], nowrap: true },
        { title: "文", cell: ({ words }) => words },
        { title: "区", cell: ({ officeName }) => officeName, nowrap: true },
        {
          title: "事務",
          cell: ({ program }) => (program ? (titles.get(program) ?? "その他") : "全事務"),
        },
        {
          title: "期間",
          cell: ({ validFrom, validTo }) =>
            `${showDateShort(validFrom as IsoDate)}～${validTo ? showDateShort(validTo as IsoDate) : ""}`,
          nowrap: true,
        },
        {
          title: "操作",
          cell: ({ id, validTo }) =>
            validTo === null && (
              <Form action={`/phrases/${id}/end`} keys="search" class="inline-form">
                <Button
                  look="danger"
                  confirm="この定型文を今日までで終わりにします。よろしいですか。"
                >
                  終わりにする
                </Button>
              </Form>
            ),
        },
      ]}
      rows={phrases}
      empty="定型文はまだありません。"
    />
  );
}
