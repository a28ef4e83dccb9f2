import { holds } from "#src/platform/access/actor.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  choicesOf,
  FilterLinks,
  Form,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { download, moveOn, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { readClinicCode } from "#workflows/vaccination/clinics/code.ts";
import { contractKinds } from "#workflows/vaccination/contract-prices.ts";
import { clinicCsv } from "../../clinics/file/export.ts";
import { type ClinicFilter, clinicFigures, districtsOf, listClinics } from "../../clinics/list.ts";
import { registerClinic } from "../../clinics/register.ts";
import { clinicKinds, clinicPlaces, clinicStates } from "../../clinics/words.ts";
import { rowsAPage, vaccineChoices } from "../records/parts.tsx";
import { ClinicFields, readClinicFacts } from "./facts-form.tsx";
import { ClinicStateBadge, contractChoices, contractTitle, guard } from "./parts.tsx";
import { clinicPaths } from "./paths.ts";

const codes = <Code extends string>(titles: Readonly<Record<Code, string>>): Code[] =>
  Object.keys(titles) as Code[];
const states = { ...clinicStates, none: "契約なし" } as const;

/** By what a list is narrowed, as it stands in its address. */
export function readClinicFilter(query: Values): ClinicFilter {
  const vaccine = query.text("vaccine");
  return {
    text: query.text("q").slice(0, 80) || undefined,
    kind: query.choice("kind", codes(clinicKinds)),
    place: query.choice("place", codes(clinicPlaces)),
    district: query.text("district") || undefined,
    vaccine: vaccineChoices.find(({ value }) => value === vaccine)?.value,
    contract: query.choice("contract", codes(contractKinds)),
    state: query.choice("state", codes(states)),
  };
}

function queryOf(filter: ClinicFilter & { page?: number | undefined }): string {
  const { text, listed: _, ...rest } = filter;
  return new URLSearchParams(
    Object.entries({ q: text, ...rest }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ).toString();
}

/** The list with its filter in the address. */
export const listAddress = (filter: ClinicFilter & { page?: number }) =>
  `${clinicPaths.list}?${queryOf(filter)}` as const;

/** 医療機関台帳: the list, its export, and what registers a clinic. */
export const clinicListScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: clinicPaths.list,
    right: "case.read",
    audit: "nothing-personal",
    because: "the list shows clinics, whose names, addresses and contracts are public",
    handle: (request) => listPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${clinicPaths.list}/filter` as const,
    right: "case.read",
    audit: "nothing-personal",
    because: "it leads to the list",
    handle: async ({ form }) => moveOn(listAddress(readClinicFilter(form))),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${clinicPaths.list}/export` as const,
    right: "case.read",
    audit: "clinics.exported",
    async handle({ form, work, platform }) {
      const today = platform.clock.today();
      const { csv } = await work((unit) => clinicCsv(unit, readClinicFilter(form), today));
      return download(`医療機関台帳-${today}.csv`, "text/csv; charset=utf-8", Buffer.from(csv));
    },
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: `${clinicPaths.list}/new` as const,
    right: "case.examine",
    audit: "nothing-personal",
    because: "an empty form",
    handle: async () => newPage(),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${clinicPaths.list}/new` as const,
    right: "case.examine",
    audit: "clinic.register-asked",
    async handle({ form, work }) {
      const code = readClinicCode(form.text("code"));
      try {
        await work(async (unit) => registerClinic(unit, code, readClinicFacts(form, code)));
      } catch (error) {
        return newPage(sentWith("register", form, error));
      }
      return redirect(
        clinicPaths.clinic(code),
        "医療機関を登録しました。扱う接種と契約を入力してください。",
      );
    },
  }),
];

async function listPage({ work, query, actor }: ScreenRequest): Promise<Reply> {
  const filter = readClinicFilter(query);
  const at = Math.max(1, query.integer("page") ?? 1);
  const { list, figures, districts } = await work(async (unit) => ({
    list: await listClinics(unit, filter, { from: (at - 1) * rowsAPage, size: rowsAPage }),
    figures: await clinicFigures(unit),
    districts: await districtsOf(unit),
  }));
  const enters = holds(actor, "case.examine", { program: "vaccination" });
  return page({
    title: "予防接種 医療機関台帳",
    breadcrumb: [{ title: "医療機関台帳" }],
    content: (
      <>
        <PageTitle
          actions={
            <>
              {enters && (
                <ButtonLink href={`${clinicPaths.list}/new`} look="primary">
                  医療機関を登録する
                </ButtonLink>
              )}
              <ButtonLink href={clinicPaths.waiting}>確認を待つもの</ButtonLink>
              <ButtonLink href={clinicPaths.prices}>契約単価</ButtonLink>
              <ButtonLink href={clinicPaths.bodies}>取りまとめ団体</ButtonLink>
              {enters && <ButtonLink href={clinicPaths.imports}>一括登録</ButtonLink>}
            </>
          }
        >
          医療機関台帳
        </PageTitle>
        <Form action={`${clinicPaths.list}/filter`} keys="search" class="form search-form">
          <div class="search-bar">
            <TextField name="q" label="名称・カナ・番号" width={20} value={filter.text} />
            <SelectField
              name="vaccine"
              label="扱う接種"
              empty="すべて"
              options={vaccineChoices}
              value={filter.vaccine ?? ""}
            />
            <SelectField
              name="contract"
              label="契約"
              empty="すべて"
              options={contractChoices}
              value={filter.contract ?? ""}
            />
            <SelectField
              name="district"
              label="地区"
              empty="すべて"
              options={districts.map((value) => ({ value, label: value }))}
              value={filter.district ?? ""}
            />
            <SelectField
              name="kind"
              label="区分"
              empty="すべて"
              options={choicesOf(clinicKinds)}
              value={filter.kind ?? ""}
            />
            <SelectField
              name="place"
              label="所在"
              empty="すべて"
              options={choicesOf(clinicPlaces)}
              value={filter.place ?? ""}
            />
            <input type="hidden" name="state" value={filter.state ?? ""} />
            <Button look="secondary">探す</Button>
          </div>
        </Form>
        <Panel
          title={`医療機関 ${list.total.toLocaleString("ja-JP")}件`}
          actions={
            <div class="inline-buttons">
              <ListForm
                action={`${clinicPaths.list}/export`}
                filter={filter}
                title="CSVを取り出す"
              />
              <ListForm
                action={`${clinicPaths.list}/residents`}
                filter={filter}
                title="市民向けの一覧を印刷する"
                pdf
              />
            </div>
          }
        >
          <FilterLinks
            label="状態"
            present={filter.state}
            choices={codes(states).map((value) => ({
              value,
              label: `${states[value]} ${figures[value].toLocaleString("ja-JP")}`,
            }))}
            href={(value) =>
              listAddress({ ...filter, state: codes(states).find((one) => one === value) })
            }
          />
          <Table
            caption="医療機関"
            columns={[
              { title: "番号", cell: ({ code }) => code, nowrap: true },
              { title: "名称", cell: ({ name }) => name },
              { title: "区分", cell: ({ kind }) => clinicKinds[kind], nowrap: true },
              { title: "地区", cell: ({ district, place }) => district || clinicPlaces[place] },
              {
                title: "契約",
                cell: ({ contracts }) => contracts.map(contractTitle).join("、") || "なし",
              },
              {
                title: "扱う接種",
                cell: ({ vaccines }) => `${vaccines.length}種類`,
                align: "end",
                nowrap: true,
              },
              { title: "電話", cell: ({ phone }) => phone || "―", nowrap: true },
              {
                title: "状態",
                cell: ({ state }) => <ClinicStateBadge state={state} />,
                nowrap: true,
              },
            ]}
            rows={list.rows}
            href={({ code }) => clinicPaths.clinic(code)}
            tone={({ state }) => (state === "closed" ? "muted" : undefined)}
            empty="条件に合う医療機関はありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(list.total / rowsAPage)}
            href={(next) => listAddress({ ...filter, page: next })}
          />
        </Panel>
      </>
    ),
  });
}

/** What is done with the list as it is narrowed. */
function ListForm(props: { action: string; filter: ClinicFilter; title: string; pdf?: boolean }) {
  const { text, listed: _, ...rest } = props.filter;
  return (
    <Form action={props.action} class="inline-buttons">
      {Object.entries({ q: text, ...rest }).map(
        ([name, value]) =>
          value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <Button
        look="secondary"
        {...(props.pdf && { formAction: props.action, formTarget: "_blank" })}
      >
        {props.title}
      </Button>
    </Form>
  );
}

function newPage(sent?: Sent): Reply {
  return page({
    title: "予防接種 医療機関の登録",
    breadcrumb: [{ title: "医療機関台帳", path: clinicPaths.list }, { title: "登録" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>医療機関の登録</PageTitle>
        <SentNote />
        <SentForm class="form" event="register" action={`${clinicPaths.list}/new`} focusFirst>
          <ClinicFields />
          <Actions>
            <Button>登録する</Button>
          </Actions>
        </SentForm>
      </SentContext.Provider>
    ),
  });
}
