import { holds } from "#src/platform/access/actor.ts";
import { EntryFaults } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, sentWith, useSent } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  DateField,
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
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  handOnFigures,
  handOnMeta,
  handOnNumber,
  handOnRules,
  handOnStates,
  listHandOns,
  openHandOn,
} from "../../exchange/hand-ons.ts";
import { personOfForm } from "../mistakes/parts.tsx";
import { AddresseeFields, readAddressee } from "./addressee-fields.tsx";
import { exchangePaths, figure, listAddress, rowsAPage } from "./exchange-paths.ts";
import { HandOnBadge, ruleChoices } from "./parts.tsx";

const guard = { program: "vaccination", purpose: "inquiry" } as const;
const { handOns } = exchangePaths;

/** 他市町村からの照会: the list, and receiving one. */
export const handOnScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: handOns,
    audit: "hand-ons.listed",
    handle: (request) => listPage(request),
  }),
  defineRoute({
    ...guard,
    right: "provision.request",
    method: "get",
    path: `${handOns}/new` as const,
    audit: "hand-on.new-opened",
    handle: (request) => newPage(request),
  }),
  defineRoute({
    ...guard,
    right: "provision.request",
    method: "post",
    path: `${handOns}/new` as const,
    audit: "hand-on.open-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const id = await work(async (unit) => {
          const faults = new EntryFaults();
          const personNumber = await faults.check(() => personOfForm(unit, form, undefined));
          const receivedOn = faults.need(
            "receivedOn",
            readDate(form.text("receivedOn")),
            "照会を受けた日を入力してください。例: R8.11.20",
          );
          faults.end();
          return openHandOn(unit, {
            personNumber,
            ...readAddressee(form),
            theirNumber: form.text("theirNumber"),
            receivedOn,
            rule: form.integer("rule"),
          });
        });
        return redirect(exchangePaths.handOn(id), "照会を受け付けました。");
      } catch (error) {
        return newPage(request, sentWith("new", form, error));
      }
    },
  }),
];

async function listPage({ work, query, platform, actor }: ScreenRequest): Promise<Reply> {
  const state = query.choice("state", handOnStates);
  const at = Math.max(1, query.integer("page") ?? 1);
  const { list, counts, people } = await work(async (unit) => {
    const list = await listHandOns(unit, state, { from: (at - 1) * rowsAPage, size: rowsAPage });
    return {
      list,
      counts: await handOnFigures(unit),
      people: await peopleOfRows(
        unit,
        list.rows.map(({ personNumber }) => personNumber),
      ),
    };
  });
  return page({
    title: "予防接種 他市町村からの照会",
    breadcrumb: [{ title: "他市町村からの照会" }],
    content: (
      <>
        <PageTitle
          actions={
            <>
              {holds(actor, "provision.request", { program: "vaccination" }) && (
                <ButtonLink href={`${handOns}/new`} look="primary">
                  照会を受け付ける
                </ButtonLink>
              )}
              <ButtonLink href={exchangePaths.inquiries}>接種歴等の照会</ButtonLink>
            </>
          }
        >
          他市町村からの照会
        </PageTitle>
        <Panel title={`${state ? handOnMeta(state).title : "すべて"} ${figure(list.total)}件`}>
          <FilterLinks
            label="状態"
            present={state}
            choices={handOnStates.flatMap((one) => {
              const found = counts.find((row) => row.state === one);
              return found
                ? [{ value: one, label: `${handOnMeta(one).title} ${figure(found.rows)}` }]
                : [];
            })}
            href={(value) => listAddress(handOns, { state: value })}
          />
          <Table
            caption="他市町村からの照会"
            columns={[
              { title: "番号", cell: handOnNumber, nowrap: true },
              {
                title: "氏名",
                cell: (row) => (
                  <PersonCell
                    person={people.get(row.personNumber)}
                    today={platform.clock.today()}
                  />
                ),
              },
              { title: "照会した市区町村", cell: ({ municipality }) => municipality },
              { title: "文書番号", cell: ({ theirNumber }) => theirNumber },
              {
                title: "受けた日",
                cell: ({ receivedOn }) => showDateShort(receivedOn as IsoDate),
                nowrap: true,
              },
              { title: "状態", cell: (row) => <HandOnBadge state={row.state} />, nowrap: true },
            ]}
            rows={list.rows}
            href={({ id }) => exchangePaths.handOn(id)}
            empty="他市町村からの照会はありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(list.total / rowsAPage)}
            href={(next) => listAddress(handOns, { state, page: next })}
          />
        </Panel>
      </>
    ),
  });
}

async function newPage(
  { work, platform }: Pick<ScreenRequest, "work" | "platform">,
  sent?: Sent,
): Promise<Reply> {
  const rules = await work(handOnRules);
  return page({
    title: "予防接種 他市町村からの照会の受付",
    breadcrumb: [{ title: "他市町村からの照会", path: handOns }, { title: "受付" }],
    status: sent?.problem?.status ?? (sent ? 422 : 200),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>他市町村からの照会を受け付ける</PageTitle>
        <SentNote />
        <Panel title="照会">
          <NewForm rules={rules} today={platform.clock.today()} />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

function NewForm({
  rules,
  today,
}: {
  rules: Awaited<ReturnType<typeof handOnRules>>;
  today: IsoDate;
}) {
  const { values, errors } = useSent("new");
  return (
    <Form
      action={`${handOns}/new`}
      class="form stacked"
      values={values}
      errors={errors ?? {}}
      focusFirst
    >
      <FieldRow>
        <NumberField name="personNumber" label="統合宛名番号" required check="person-number" />
        <TextField name="theirNumber" label="照会の文書番号" required width={20} />
        <DateField name="receivedOn" label="照会を受けた日" required value={showDateShort(today)} />
      </FieldRow>
      <AddresseeFields />
      <SelectField
        name="rule"
        label="提供先と根拠（提供先の表）"
        required
        empty="選んでください"
        options={ruleChoices(rules)}
      />
      {rules.length === 0 && (
        <p>
          予防接種の記録を紙で提供できる提供先が、提供先の表にありません。制度担当者が起案し、個人情報保護担当が承認します。
        </p>
      )}
      <Actions>
        <Button>受け付ける</Button>
      </Actions>
    </Form>
  );
}
