import { holds } from "#src/platform/access/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import {
  countRequests,
  decideRequest,
  getRequest,
  listRequests,
  listRules,
  type ProvisionRequest,
  type RegisterQuery,
  refusalTitles,
  releaseObstacle,
  requestStateTitles,
  takeReleased,
} from "#src/platform/provision/index.ts";
import {
  Actions,
  Badge,
  Button,
  choicesOf,
  DateField,
  DefinitionList,
  DisabledAction,
  type FieldErrors,
  FieldRow,
  Form,
  NumberField,
  PageTitle,
  Pagination,
  Panel,
  ReasonField,
  SelectField,
  Table,
  TextField,
  type Tone,
} from "../../components/index.ts";
import { readDate, showMoment } from "../../dates.ts";
import { FormMemory } from "../../form-memory.ts";
import { numberOf } from "../../params.ts";
import { moveOn, page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import { Values } from "../../values.ts";
import { handOut } from "./hand-out.tsx";
import { itemsInWords } from "./parts.tsx";

const reading = { right: "provision.read", purpose: "inquiry" } as const;
export const registerTitle = "提供・移転の記録";
const perPage = 50;
const lastFilter = new FormMemory("provisions");
const tones: Record<ProvisionRequest["state"], Tone> = {
  provided: "success",
  waiting: "warning",
  released: "info",
  refused: "error",
};

/** The register of provisions (PRV-1), and the release of what waits (PRV-2). */
export const registerScreens = [
  defineRoute({
    ...reading,
    method: "get",
    path: "/provisions",
    audit: "provisions.listed",
    handle: registerPage,
  }),
  // A 宛名番号 may be asked for: the question is kept for the session and not in the address.
  defineRoute({
    ...reading,
    method: "post",
    path: "/provisions",
    audit: "nothing-personal",
    because: "keeps the question; the page it leads to records the reading",
    async handle(request) {
      await lastFilter.set(request, request.form);
      return moveOn("/provisions");
    },
  }),
  defineRoute({
    ...reading,
    method: "get",
    path: "/provisions/:number",
    audit: "provision.opened",
    handle: (request) => requestPage(request, {}),
  }),
  defineRoute({
    right: "provision.release",
    purpose: "approval",
    method: "post",
    path: "/provisions/:number/decision",
    audit: "provision.decision-sent",
    async handle(request) {
      const { params, form, work } = request;
      const id = numberOf(params.number);
      const event = form.pressed(["released", "refused"]);
      try {
        await work((unit) => decideRequest(unit, id, event, form.text("reason")));
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        return requestPage(request, error.errors);
      }
      return redirect(
        `/provisions/${id}`,
        event === "released" ? "解除しました。取り出せます。" : "解除せず、拒否しました。",
      );
    },
  }),
  defineRoute({
    right: "provision.request",
    purpose: "inquiry",
    method: "post",
    path: "/provisions/:number/take",
    audit: "provision.handed-out",
    async handle(request) {
      const { given, rules } = await request.work(async (unit) => ({
        given: await takeReleased(unit, numberOf(request.params.number)),
        rules: await listRules(unit),
      }));
      return handOut(request, given, rules);
    },
  }),
];

function readFilter(form: Values) {
  const errors: Record<string, string> = {};
  const day = (name: string) => {
    if (form.text(name) === "") return undefined;
    const read = readDate(form.text(name));
    if (!read) errors[name] = "日付で入力してください。例: R8.11.20";
    return read;
  };
  const query: RegisterQuery = {
    recipient: form.text("recipient") || undefined,
    state: form.choice("state", ["provided", "waiting", "released", "refused"]),
    person: form.text("person").normalize("NFKC") || undefined,
    from: day("from"),
    to: day("to"),
  };
  return { query, errors };
}

async function registerPage(request: ScreenRequest) {
  const { work, query: address } = request;
  const form = (await lastFilter.get(request)) ?? new Values();
  const { query, errors } = readFilter(form);
  const at = Math.max(1, address.integer("page") ?? 1);
  const { rows, total } = await work(async (unit) => ({
    rows: await listRequests(unit, query, { page: at, size: perPage }),
    total: await countRequests(unit, query),
  }));
  return page({
    title: registerTitle,
    breadcrumb: [{ title: registerTitle }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{registerTitle}</PageTitle>
        <Panel title="絞り込み">
          <Form
            action="/provisions"
            values={form}
            errors={errors}
            keys="search"
            class="form stacked"
          >
            <FieldRow>
              <SelectField
                name="state"
                label="結果"
                empty="すべて"
                options={choicesOf(requestStateTitles)}
              />
              <TextField name="recipient" label="提供先" />
              <NumberField name="person" label="統合宛名番号" check="person-number" />
            </FieldRow>
            <FieldRow>
              <DateField name="from" label="いつから" />
              <DateField name="to" label="いつまで" />
              <div class="row-button">
                <Button>絞り込む</Button>
              </div>
            </FieldRow>
          </Form>
        </Panel>
        <Panel title={`記録 ${total.toLocaleString("ja-JP")}件`}>
          <Table
            caption={registerTitle}
            columns={[
              { title: "番号", cell: ({ id }: ProvisionRequest) => `第${id}号`, nowrap: true },
              { title: "日時", cell: ({ askedAt }) => showMoment(askedAt), nowrap: true },
              {
                title: "提供先・根拠",
                cell: ({ recipient, legalBasis }) => (
                  <>
                    {recipient}
                    <span class="cell-note">{legalBasis}</span>
                  </>
                ),
              },
              { title: "宛名番号", cell: ({ personNumber }) => personNumber, nowrap: true },
              { title: "項目", cell: ({ items }) => itemsInWords(items) },
              { title: "依頼", cell: ({ asker }) => asker, nowrap: true },
              { title: "結果", cell: (row) => <State of={row} />, nowrap: true },
            ]}
            rows={rows}
            href={({ id }) => `/provisions/${id}`}
            empty="この条件の記録はありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / perPage)}
            href={(number) => `/provisions?page=${number}`}
          />
        </Panel>
      </>
    ),
  });
}

const State = ({ of }: { of: ProvisionRequest }) => (
  <>
    <Badge tone={tones[of.state]}>{requestStateTitles[of.state]}</Badge>
    {of.refusal && <span class="cell-note">{refusalTitles[of.refusal]}</span>}
  </>
);

async function requestPage(
  { params, work, actor, form }: ScreenRequest<"/provisions/:number">,
  errors: FieldErrors,
) {
  const { one, obstacle } = await work(async (unit) => {
    const one = await getRequest(unit, numberOf(params.number));
    return { one, obstacle: releaseObstacle(unit, one) };
  });
  const heading = `提供の記録 第${one.id}号`;
  const by = (who: string | null, at: Date | null) =>
    who && at ? `${who}（${showMoment(at)}）` : "―";
  return page({
    title: heading,
    status: Object.keys(errors).length > 0 ? 422 : 200,
    breadcrumb: [{ title: registerTitle, path: "/provisions" }, { title: heading }],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <Panel title="内容">
          <DefinitionList
            items={[
              ["結果", <State of={one} />],
              ["提供先", one.recipient],
              ["法令上の根拠", one.legalBasis],
              ["宛名番号", one.personNumber],
              ["項目", itemsInWords(one.items)],
              ["依頼", by(one.asker, one.askedAt)],
              ["解除・拒否", by(one.decider, one.decidedAt)],
              ["解除・拒否の理由", one.decisionReason ?? "―"],
              ["提供", by(one.taker, one.takenAt)],
            ]}
          />
        </Panel>
        {one.state === "waiting" && holds(actor, "provision.release") && (
          <Panel title="自動応答不可の解除">
            {obstacle ? (
              <DisabledAction reasons={[obstacle]}>解除する・拒否する</DisabledAction>
            ) : (
              <Form
                action={`/provisions/${one.id}/decision`}
                values={form.names().length > 0 ? form : undefined}
                errors={errors}
              >
                <ReasonField name="reason" label="理由（個人の情報は書かない）" required rows={2} />
                <Actions>
                  <Button name="event" value="released">
                    解除する
                  </Button>
                  <Button
                    name="event"
                    value="refused"
                    look="danger"
                    confirm="この提供を拒否します。よろしいですか。"
                  >
                    拒否する
                  </Button>
                </Actions>
              </Form>
            )}
          </Panel>
        )}
        {one.state === "released" && holds(actor, "provision.request") && (
          <Form action={`/provisions/${one.id}/take`}>
            <Actions>
              <Button>取り出す</Button>
            </Actions>
          </Form>
        )}
      </>
    ),
  });
}
