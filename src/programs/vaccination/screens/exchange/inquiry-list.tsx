import { holds } from "#src/platform/access/actor.ts";
import { EntryFaults, EntryProblem } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, sentWith, useSent } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  choicesOf,
  DateField,
  Disclosure,
  FieldRow,
  FilterLinks,
  Form,
  NumberField,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { inlinePdf, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type InquiryKind,
  type InquiryState,
  inquiryKinds,
} from "#workflows/vaccination/exchange/inquiry.ts";
import { takeAnswerFile } from "../../exchange/answer-file.ts";
import { type Asked, askInquiry, inquiryRules } from "../../exchange/asking.ts";
import { joined } from "../../exchange/exchange-papers.ts";
import {
  inquiryFigures,
  inquiryMeta,
  inquiryNumber,
  inquiryStates,
  listInquiries,
  openedAmong,
  openInquiries,
} from "../../exchange/inquiries.ts";
import { askedMunicipalities } from "../../exchange/inquiry-file.ts";
import { linkOf, personOfForm } from "../mistakes/parts.tsx";
import { monthAfter } from "./addressee-fields.tsx";
import { exchangePaths, figure, listAddress, rowsAPage } from "./exchange-paths.ts";
import { InquiryFiles, requireNoFaults, takenInWords } from "./inquiry-file.tsx";
import { InquiryBadge, inWords, ruleChoices } from "./parts.tsx";

const guard = { program: "vaccination", purpose: "case" } as const;
const { inquiries, inMovers } = exchangePaths;
const kinds = Object.keys(inquiryKinds) as InquiryKind[];
/** How many letters are made at once: one file of them is printed together. */
const lettersAtOnce = 50;
const formId = "inquiries";

/** Inquiries: what is under way, one begun by hand, and letters made together. */
export const inquiryListScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: inquiries,
    audit: "inquiries.listed",
    handle: (request) => listPage(request),
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: inquiries,
    audit: "inquiry.open-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const { made, id } = await work(async (unit) => {
          const faults = new EntryFaults();
          const person = await faults.check(() => personOfForm(unit, form, undefined));
          const kind = faults.need(
            "kind",
            form.choice("kind", kinds),
            "照会する事項を選んでください。",
          );
          const caseId = await faults.check(async () => linkOf(form, "case"));
          faults.end();
          return openInquiries(unit, { kind, people: [person], caseId });
        });
        if (made === 0)
          return redirect(inquiries, {
            tone: "warning",
            text: "この方には、同じ事項の照会が進んでいます。",
          });
        return redirect(exchangePaths.inquiry(id), "照会を始めました。照会先を入力してください。");
      } catch (error) {
        return listPage(request, sentWith("new", form, error));
      }
    },
  }),
  defineRoute({
    ...guard,
    right: "provision.request",
    method: "post",
    path: `${inquiries}/letters` as const,
    audit: "inquiries.letters-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const ids = form.all("inquiry").map(idOf);
        if (ids.length === 0) throw new EntryProblem("rule", "照会書を作る照会を選んでください。");
        if (ids.length > lettersAtOnce)
          throw new EntryProblem("rule", `一度に${lettersAtOnce}件までです。`);
        const rule = form.integer("rule");
        const dueOn = readDate(form.text("dueOn"));
        const asked = await work(async (unit) => {
          const rows = (await openedAmong(unit, ids)).filter(
            ({ municipality }) => municipality !== null,
          );
          if (rows.length === 0)
            throw new EntryProblem("rule", "照会先を入力した、照会前の照会を選んでください。");
          const done: Asked[] = [];
          for (const row of rows)
            done.push(await askInquiry(unit, { id: row.id, seen: row.revision, rule, dueOn }));
          return done;
        });
        const letters = asked.flatMap((one) => (one.outcome === "asked" ? [one.pdf] : []));
        if (letters.length > 0) return inlinePdf("inquiries.pdf", await joined(letters));
        return redirect(inquiries, inWords(asked));
      } catch (error) {
        return listPage(request, sentWith("letters", form, error));
      }
    },
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${inquiries}/answers` as const,
    takesFiles: "5mb",
    audit: "inquiries.answers-sent",
    async handle(request) {
      const { form, work } = request;
      try {
        const file = form.file("file");
        if (!file || file.size === 0) throw new EntryProblem("file", "ファイルを選んでください。");
        const bytes = new Uint8Array(await file.arrayBuffer());
        const taken = await work(async (unit) => {
          const taken = await takeAnswerFile(unit, bytes);
          requireNoFaults(taken);
          return taken;
        });
        return redirect(listAddress(inquiries, { state: "asked" }), takenInWords(taken));
      } catch (error) {
        return listPage(request, sentWith("file", form, error));
      }
    },
  }),
];

async function listPage(
  { work, query, platform, actor }: Pick<ScreenRequest, "work" | "query" | "platform" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const state = query.choice("state", [...inquiryStates, "overdue"] as const);
  const kind = query.choice("kind", kinds);
  const at = Math.max(1, query.integer("page") ?? 1);
  const asks = holds(actor, "provision.request", { program: "vaccination" });
  const enters = holds(actor, "case.enter", { program: "vaccination" });
  const { list, counts, people, rules, municipalities } = await work(async (unit) => {
    const list = await listInquiries(
      unit,
      { state, kind },
      { from: (at - 1) * rowsAPage, size: rowsAPage },
    );
    return {
      list,
      counts: await inquiryFigures(unit),
      people: await peopleOfRows(
        unit,
        list.rows.map(({ personNumber }) => personNumber),
      ),
      rules: asks ? await inquiryRules(unit) : [],
      municipalities: await askedMunicipalities(unit),
    };
  });
  const today = platform.clock.today();
  const ready = list.rows.some((row) => toAsk(row));
  return page({
    title: "予防接種 照会",
    breadcrumb: [{ title: "接種歴等の照会" }],
    status: sent?.problem?.status ?? (sent ? 422 : 200),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          actions={
            <>
              {enters && (
                <ButtonLink href={inMovers} look="primary">
                  転入者から始める
                </ButtonLink>
              )}
              <ButtonLink href={exchangePaths.handOns}>他市町村からの照会</ButtonLink>
            </>
          }
        >
          接種歴等の照会
        </PageTitle>
        <SentNote />
        {enters && <One />}
        <Panel
          title={`${state === "overdue" ? "期限切れ" : state ? inquiryMeta(state).title : "処理中"} ${figure(list.total)}件`}
        >
          <FilterLinks
            label="状態"
            present={state}
            choices={[
              ...inquiryStates.flatMap((one) => {
                const found = counts.find((row) => row.state === one);
                return found
                  ? [{ value: one, label: `${inquiryMeta(one).title} ${figure(found.inquiries)}` }]
                  : [];
              }),
              { value: "overdue" as const, label: "期限切れ" },
            ]}
            href={(value) => listAddress(inquiries, { state: value, kind })}
          />
          <Table
            caption="照会"
            columns={[
              { title: "番号", cell: inquiryNumber, nowrap: true },
              {
                title: "氏名",
                cell: (row) => <PersonCell person={people.get(row.personNumber)} today={today} />,
              },
              { title: "照会する事項", cell: (row) => inquiryKinds[row.kind] },
              { title: "照会先", cell: ({ municipality }) => municipality ?? "（未入力）" },
              {
                title: "照会した日",
                cell: ({ askedOn }) => showDateShort(askedOn as IsoDate | null),
                nowrap: true,
              },
              {
                title: "期限",
                cell: ({ dueOn, reminders }) =>
                  `${showDateShort(dueOn as IsoDate | null)}${reminders > 0 ? `（督促${reminders}回）` : ""}`,
                nowrap: true,
              },
              { title: "状態", cell: (row) => <InquiryBadge state={row.state} />, nowrap: true },
            ]}
            rows={list.rows}
            href={({ id }) => exchangePaths.inquiry(id)}
            tone={({ state: one, dueOn }) =>
              one === "asked" && dueOn !== null && dueOn < today ? "warning" : undefined
            }
            {...(asks && ready
              ? {
                  ticks: {
                    form: formId,
                    name: "inquiry",
                    value: ({ id }: (typeof list.rows)[number]) => id,
                    label: (row: (typeof list.rows)[number]) => `${inquiryNumber(row)}を選ぶ`,
                    offBecause: (row: (typeof list.rows)[number]) =>
                      toAsk(row) ? undefined : row.askedOn ? "照会済" : "照会先が未入力",
                  },
                }
              : {})}
            empty="照会はありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(list.total / rowsAPage)}
            href={(next) => listAddress(inquiries, { state, kind, page: next })}
          />
          {asks && ready && <Letters rules={rules} today={today} />}
        </Panel>
        <InquiryFiles municipalities={municipalities} asks={asks} enters={enters} />
      </SentContext.Provider>
    ),
  });
}

const toAsk = (row: { state: InquiryState; municipality: string | null }): boolean =>
  (row.state === "opened" || row.state === "awaiting-release") && row.municipality !== null;

function One() {
  const { values, errors, sent } = useSent("new");
  return (
    <Disclosure title="1人の照会を始める" open={sent}>
      <Form action={inquiries} class="form stacked" values={values} errors={errors ?? {}}>
        <FieldRow>
          <NumberField name="personNumber" label="統合宛名番号" required check="person-number" />
          <SelectField
            name="kind"
            label="照会する事項"
            required
            empty="選んでください"
            options={choicesOf(inquiryKinds)}
          />
          <TextField name="case" label="必要とする請求（画面のアドレス）" width={20} />
        </FieldRow>
        <Actions>
          <Button look="secondary">照会を始める</Button>
        </Actions>
      </Form>
    </Disclosure>
  );
}

function Letters({
  rules,
  today,
}: {
  rules: Awaited<ReturnType<typeof inquiryRules>>;
  today: IsoDate;
}) {
  const { values, errors } = useSent("letters");
  return (
    <Form
      id={formId}
      action={`${inquiries}/letters`}
      keys="search"
      class="form stacked"
      values={values}
      errors={errors ?? {}}
    >
      <FieldRow>
        <SelectField
          name="rule"
          label="提供先と根拠（提供先の表）"
          required
          empty="選んでください"
          options={ruleChoices(rules)}
        />
        <DateField
          name="dueOn"
          label="回答の期限"
          required
          value={showDateShort(monthAfter(today))}
        />
      </FieldRow>
      {rules.length === 0 && (
        <p>
          照会書を紙で送る提供先が、提供先の表にありません。制度担当者が起案し、個人情報保護担当が承認します。
        </p>
      )}
      <Actions>
        <Button confirm="選んだ照会の照会書を作ります。だれの何を知らせたかが、提供の記録に残ります。よろしいですか。">
          選んだ照会の照会書を作る
        </Button>
      </Actions>
    </Form>
  );
}
