import { holds } from "#src/platform/access/actor.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { FoldedForm, SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Badge,
  Button,
  CheckboxGroup,
  Columns,
  choicesOf,
  DateField,
  DefinitionList,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
  Tabs,
  TextField,
} from "#src/web/components/index.ts";
import { readDate } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { clinicAccountsOf } from "../../clinics/accounts.ts";
import { listBodies } from "../../clinics/bodies.ts";
import { clinicOn } from "../../clinics/clinic-on.ts";
import { closuresOf, contractsOf } from "../../clinics/entries.ts";
import {
  addDoctor,
  changesAPage,
  changesOf,
  correctClinic,
  doctorsOf,
  endDoctor,
  getClinic,
  handledOf,
  setHandled,
} from "../../clinics/register.ts";
import { clinicKinds, clinicPlaces, doctorRoles } from "../../clinics/words.ts";
import { doseTitle, vaccineChoices } from "../records/parts.tsx";
import { AccountsPanel } from "./accounts-panel.tsx";
import { ChangesTable } from "./changes.tsx";
import { ClosurePanel, ContractPanel } from "./entry-panels.tsx";
import { ClinicFields, readClinicFacts } from "./facts-form.tsx";
import { ClinicStateBadge, codeOfPath, contractTitle, day, guard, period } from "./parts.tsx";
import { clinicPaths } from "./paths.ts";

const tabs = {
  overview: "契約・休止",
  handled: "扱う接種・医師",
  facts: "基本の内容",
  accounts: "振込先口座",
  history: "履歴",
} as const;
type Tab = keyof typeof tabs;

const at = `${clinicPaths.list}/:code` as const;

/** The page of a clinic, by tabs, and what changes it at once. */
export const clinicScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: at,
    right: "case.read",
    audit: "clinic.opened",
    handle: (request) => clinicPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${at}/facts` as const,
    right: "case.examine",
    audit: "clinic.correct-asked",
    handle: (request) =>
      step(
        request,
        { tab: "facts", event: "facts", done: "基本の内容を変更しました。" },
        (unit, code) =>
          correctClinic(
            unit,
            { code, revision: request.form.integer("revision") ?? 0 },
            readClinicFacts(request.form),
          ),
      ),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${at}/handled` as const,
    right: "case.examine",
    audit: "clinic.handled-asked",
    handle: (request) =>
      step(
        request,
        { tab: "handled", event: "handled", done: "扱う接種を変更しました。" },
        (unit, code) =>
          setHandled(
            unit,
            { code, revision: request.form.integer("revision") ?? 0 },
            {
              vaccines: request.form.all("vaccines"),
              from: readDate(request.form.text("from")),
            },
          ),
      ),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${at}/doctors` as const,
    right: "case.examine",
    audit: "clinic.doctor-asked",
    handle: (request) =>
      step(
        request,
        { tab: "handled", event: "doctor", done: "医師を登録しました。" },
        (unit, code) =>
          addDoctor(unit, code, {
            role: request.form.text("role"),
            name: request.form.text("doctor"),
            from: readDate(request.form.text("doctorFrom")),
          }).catch((error) => {
            throw renamed(error, { name: "doctor", from: "doctorFrom" });
          }),
      ),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${at}/doctor-end` as const,
    right: "case.examine",
    audit: "clinic.doctor-end-asked",
    handle: (request) =>
      step(
        request,
        { tab: "handled", event: "doctor-end", done: "医師の登録を終えました。" },
        (unit, code) => {
          const { form } = request;
          const text = form.text("to");
          const last = text === "" ? undefined : readDate(text);
          if (form.text("doctorId") === "")
            throw new EntryProblem("doctorId", "医師を選んでください。");
          const mistake = form.choice("ending", ["mistake", "left"]);
          if (!mistake) throw new EntryProblem("ending", "終える理由を選んでください。");
          if (mistake === "left" && !last)
            throw new EntryProblem("to", "最後の日を入力してください。例: R9.3.31");
          return endDoctor(
            unit,
            code,
            idOf(form.text("doctorId")),
            mistake === "left" ? last : undefined,
          );
        },
      ),
  }),
];

/** Faults of another part, under the names of the fields of this form. */
function renamed(error: unknown, names: Readonly<Record<string, string>>): unknown {
  if (!(error instanceof EntryProblem)) return error;
  const [first, ...others] = Object.entries(error.errors).map(
    ([field, message]) => [names[field] ?? field, message] as const,
  );
  return first ? new EntryProblem(...first, Object.fromEntries(others)) : error;
}

type ClinicRequest = ScreenRequest<`${string}:code`>;

/** Does something with a clinic and leads back to its tab; comes back filled in where it was not taken. */
export async function step(
  request: ClinicRequest,
  { tab, event, done }: { tab: Tab; event: string; done: string },
  run: (
    unit: Parameters<Parameters<ScreenRequest["work"]>[0]>[0],
    code: string,
  ) => Promise<unknown>,
): Promise<Reply> {
  const code = codeOfPath(request.params.code);
  try {
    await request.work(async (unit) => {
      await getClinic(unit, code);
      await run(unit, code);
    });
  } catch (error) {
    return clinicPage(request, sentWith(event, request.form, error), tab);
  }
  return redirect(`${clinicPaths.clinic(code)}?tab=${tab}`, done);
}

/** The page of a clinic; with what was sent and not taken. */
export async function clinicPage(request: ClinicRequest, sent?: Sent, shown?: Tab): Promise<Reply> {
  const { params, query, work, platform, actor } = request;
  const code = codeOfPath(params.code);
  const tab = shown ?? query.choice("tab", Object.keys(tabs) as Tab[]) ?? "overview";
  const today = platform.clock.today();
  const changesAt = Math.max(1, query.integer("page") ?? 1);
  const enters = holds(actor, "case.examine", { program: "vaccination" });
  const content = await work(async (unit) => {
    const found = await getClinic(unit, code);
    const now = await clinicOn(unit, code, today);
    return { found, now, body: await tabOf() };

    async function tabOf() {
      if (tab === "overview") {
        const bodies = await listBodies(unit);
        return (
          <Columns wide="first">
            <ContractPanel
              work={unit}
              code={code}
              rows={await contractsOf(unit, code)}
              bodies={bodies}
              enters={enters}
              today={today}
            />
            <ClosurePanel
              work={unit}
              code={code}
              rows={await closuresOf(unit, code)}
              enters={enters}
              today={today}
            />
          </Columns>
        );
      }
      if (tab === "handled")
        return (
          <HandledTab
            code={code}
            revision={found.revision}
            rows={await handledOf(unit, code)}
            vaccines={now?.vaccines ?? []}
            doctors={await doctorsOf(unit, code)}
            enters={enters}
            today={today}
          />
        );
      if (tab === "facts")
        return (
          <Panel title="基本の内容">
            {enters ? (
              <SentForm
                class="form"
                event="facts"
                action={`${clinicPaths.clinic(code)}/facts`}
                revision={found.revision}
              >
                <ClinicFields known={found} />
                <Actions>
                  <Button>変更する</Button>
                </Actions>
              </SentForm>
            ) : (
              <p>変更する権限がありません。</p>
            )}
          </Panel>
        );
      if (tab === "accounts")
        return (
          <AccountsPanel payee={code} rows={await clinicAccountsOf(unit, code)} actor={actor} />
        );
      const { rows, total } = await changesOf(unit, code, changesAt);
      return (
        <Panel title={`変更の履歴 ${total.toLocaleString("ja-JP")}件`}>
          <ChangesTable rows={rows} />
          <Pagination
            page={changesAt}
            pages={Math.ceil(total / changesAPage)}
            href={(next) => `${clinicPaths.clinic(code)}?tab=history&page=${next}`}
          />
        </Panel>
      );
    }
  });
  const { found, now, body } = content;
  return page({
    title: `医療機関 ${code}`,
    breadcrumb: [{ title: "医療機関台帳", path: clinicPaths.list }, { title: code }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<ClinicStateBadge state={now?.state ?? "active"} />}>
          {found.name}
        </PageTitle>
        <SentNote />
        <Panel title="医療機関">
          <DefinitionList
            columns={2}
            items={[
              ["番号", code],
              ["カナ", found.kana],
              ["区分・所在", `${clinicKinds[found.kind]}・${clinicPlaces[found.place]}`],
              [
                "住所",
                `〒${found.postalCode.slice(0, 3)}-${found.postalCode.slice(3)} ${found.address}`,
              ],
              ["地区・電話", [found.district, found.phone].filter(Boolean).join("　") || "―"],
              [
                "今日の契約",
                now && now.contractKinds.length > 0 ? (
                  now.contractKinds.map(contractTitle).join("、")
                ) : (
                  <Badge tone="warning">契約なし</Badge>
                ),
              ],
              ["扱う接種", `${now?.vaccines.length ?? 0}種類`],
              ["市民向けの一覧", found.listed ? "載せる" : "載せない"],
            ]}
          />
        </Panel>
        <Tabs
          label="医療機関の内容"
          tabs={(Object.keys(tabs) as Tab[])
            .filter(
              (one) =>
                one !== "accounts" || holds(actor, "payment.read", { program: "vaccination" }),
            )
            .map((one) => ({
              title: tabs[one],
              href: `${clinicPaths.clinic(code)}?tab=${one}`,
              current: one === tab,
            }))}
        />
        {body}
      </SentContext.Provider>
    ),
  });
}

function HandledTab(props: {
  code: string;
  revision: number;
  rows: Awaited<ReturnType<typeof handledOf>>;
  vaccines: readonly string[];
  doctors: Awaited<ReturnType<typeof doctorsOf>>;
  enters: boolean;
  today: IsoDate;
}) {
  const { code, revision, rows, vaccines, doctors, enters, today } = props;
  return (
    <Columns wide="first">
      <div>
        <Panel title="扱う接種">
          <Table
            caption="扱う接種"
            columns={[
              { title: "予防接種", cell: ({ vaccine }) => doseTitle(vaccine) },
              {
                title: "期間",
                cell: ({ validFrom, validTo }) => period(validFrom, validTo),
                nowrap: true,
              },
            ]}
            rows={rows}
            tone={({ validFrom, validTo }) =>
              validFrom > today || (validTo ?? today) < today ? "muted" : undefined
            }
            empty="扱う接種は登録されていません。"
          />
        </Panel>
        {enters && (
          <Panel title="扱う接種を変更する">
            <SentForm
              class="form"
              event="handled"
              action={`${clinicPaths.clinic(code)}/handled`}
              revision={revision}
            >
              <DateField
                name="from"
                label="いつから"
                required
                value={day(today)}
                hint="この日から、選んだ接種だけを扱います。ほかは前の日で終わります。"
              />
              <CheckboxGroup
                name="vaccines"
                label="扱う接種"
                options={vaccineChoices}
                values={vaccines}
              />
              <Actions>
                <Button>変更する</Button>
              </Actions>
            </SentForm>
          </Panel>
        )}
      </div>
      <div>
        <Panel title="開設者・管理者・接種医">
          <Table
            caption="開設者・管理者・接種医"
            columns={[
              { title: "氏名", cell: ({ name }) => name },
              { title: "区分", cell: ({ role }) => doctorRoles[role], nowrap: true },
              {
                title: "期間",
                cell: ({ validFrom, validTo }) => period(validFrom, validTo),
                nowrap: true,
              },
            ]}
            rows={doctors}
            tone={({ validTo }) => (validTo && validTo < today ? "muted" : undefined)}
            empty="登録されていません。"
          />
        </Panel>
        {enters && (
          <Panel title="医師などを登録する">
            <SentForm event="doctor" action={`${clinicPaths.clinic(code)}/doctors`}>
              <SelectField
                name="role"
                label="区分"
                required
                options={choicesOf(doctorRoles).toReversed()}
                value="doctor"
              />
              <TextField name="doctor" label="氏名" required width={20} />
              <DateField name="doctorFrom" label="いつから" required value={day(today)} />
              <Actions>
                <Button look="secondary">登録する</Button>
              </Actions>
            </SentForm>
            {doctors.some(({ validTo }) => validTo === null) && (
              <FoldedForm
                title="登録を終える"
                event="doctor-end"
                action={`${clinicPaths.clinic(code)}/doctor-end`}
              >
                <SelectField
                  name="doctorId"
                  label="氏名"
                  required
                  empty="選んでください"
                  options={doctors
                    .filter(({ validTo }) => validTo === null)
                    .map(({ id, name, role }) => ({
                      value: id,
                      label: `${name}（${doctorRoles[role]}）`,
                    }))}
                />
                <SelectField
                  name="ending"
                  label="理由"
                  required
                  empty="選んでください"
                  options={[
                    { value: "left", label: "退職・交代" },
                    { value: "mistake", label: "登録の誤り" },
                  ]}
                />
                <DateField name="to" label="最後の日（退職・交代のとき）" />
                <Actions>
                  <Button look="secondary">終える</Button>
                </Actions>
              </FoldedForm>
            )}
          </Panel>
        )}
      </div>
    </Columns>
  );
}
