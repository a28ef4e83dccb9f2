import {
  getIncident,
  type Incident,
  listPeople,
  type peopleOf,
  tellingWays,
  tellPerson,
  unlistPerson,
} from "#src/platform/oversight/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { figures } from "#workflows/text/widths.ts";
import {
  Actions,
  Button,
  choicesOf,
  DateField,
  FieldRow,
  Form,
  Pagination,
  Panel,
  SelectField,
  Table,
  TextArea,
} from "../../components/index.ts";
import { readDate, showDateShort } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { redirect } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import { incidentGuard } from "./incident-list.tsx";

export const peopleAPage = 50;
export type Concerned = Awaited<ReturnType<typeof peopleOf>>[number];
const ways = Object.keys(tellingWays) as (keyof typeof tellingWays)[];
const wrong = (message: string, details: readonly string[] = []) =>
  new Problem({ status: 422, message, details });

/** The list of those whom an incident concerns, and that they were told. */
export const incidentPeopleScreens = [
  defineRoute({
    ...incidentGuard,
    method: "post",
    path: "/incidents/:incident/people",
    audit: "incident.people-sent",
    async handle({ params, form, work }) {
      const numbers = form
        .text("numbers")
        .split(/[\s,、]+/u)
        .map(figures)
        .filter(Boolean);
      const bad = numbers.filter((number) => !isPersonNumber(number));
      if (numbers.length === 0) throw wrong("統合宛名番号を入力してください。");
      if (bad.length > 0)
        throw wrong(`検査数字の合わない番号が${bad.length}件あります。何も加えていません。`);
      const added = await work(async (unit) =>
        listPeople(unit, await getIncident(unit, numberOf(params.incident)), numbers),
      );
      return redirect(
        `/incidents/${params.incident}`,
        `${added}人を加えました。すでに載っている方と、住民記録にない番号は加えていません。`,
      );
    },
  }),
  defineRoute({
    ...incidentGuard,
    method: "post",
    path: "/incidents/:incident/told",
    audit: "incident.telling-sent",
    async handle({ params, form, work }) {
      const how = form.choice("how", ways);
      const on = readDate(form.text("on"));
      const numbers = form.all("person");
      if (!how || !on) throw wrong("通知の方法と日を入力してください。");
      if (numbers.length === 0) throw wrong("通知した方を選んでください。");
      await work(async (unit) => {
        const found = await getIncident(unit, numberOf(params.incident));
        for (const number of numbers) await tellPerson(unit, found, { number, how, on });
      });
      return redirect(
        `/incidents/${params.incident}`,
        `${numbers.length}人への通知を記録しました。`,
      );
    },
  }),
  defineRoute({
    ...incidentGuard,
    method: "post",
    path: "/incidents/:incident/removal",
    audit: "incident.removal-sent",
    async handle({ params, form, work }) {
      const numbers = form.all("person");
      if (numbers.length === 0) throw wrong("外す方を選んでください。");
      await work(async (unit) => {
        const found = await getIncident(unit, numberOf(params.incident));
        for (const number of numbers) await unlistPerson(unit, found, number);
      });
      return redirect(`/incidents/${params.incident}`, `${numbers.length}人を一覧から外しました。`);
    },
  }),
];

/** Whom it concerns: who was told how and when; those not told yet can be ticked. */
export function PeoplePanel(props: {
  found: Incident;
  people: readonly Concerned[];
  page: number;
  today: Parameters<typeof showDateShort>[0];
}) {
  const { found, people, page } = props;
  const path = `/incidents/${found.id}`;
  const listed = found.people.toLocaleString("ja-JP");
  return (
    <Panel
      title={`影響を受けた本人 ${listed}人（未通知 ${found.notTold.toLocaleString("ja-JP")}人）`}
    >
      <Table
        caption="影響を受けた本人"
        columns={[
          { title: "統合宛名番号", cell: ({ personNumber }: Concerned) => personNumber },
          { title: "通知", cell: ({ told }) => (told ? tellingWays[told] : "まだ") },
          { title: "通知した日", cell: ({ toldOn }) => showDateShort(toldOn), nowrap: true },
        ]}
        rows={people}
        ticks={{
          form: "told",
          name: "person",
          value: ({ personNumber }) => personNumber,
          label: ({ personNumber }) => `${personNumber}を選ぶ`,
          offBecause: ({ told }) => (told ? "済" : undefined),
        }}
        empty="まだだれも載っていません。"
      />
      <Pagination
        page={page}
        pages={Math.ceil(found.people / peopleAPage)}
        href={(number) => `${path}?page=${number}`}
      />
      {found.notTold > 0 && (
        <Form action={`${path}/told`} id="told" class="form stacked">
          <FieldRow>
            <SelectField
              name="how"
              label="通知の方法"
              required
              empty="選んでください"
              options={choicesOf(tellingWays)}
            />
            <DateField name="on" label="通知した日" required value={showDateShort(props.today)} />
          </FieldRow>
          <Actions>
            <Button>選んだ方への通知を記録する</Button>
            <Button
              look="danger"
              formAction={`${path}/removal`}
              confirm="選んだ方を一覧から外します。よろしいですか。"
            >
              一覧から外す
            </Button>
          </Actions>
        </Form>
      )}
      {["found", "investigating", "reported", "dismissed"].includes(found.state) && (
        <Form action={`${path}/people`} class="form stacked">
          <TextArea
            name="numbers"
            label="加える方の統合宛名番号"
            rows={3}
            maxLength={19_000}
            hint="1行に1つ、又は空白で区切って入力します。"
          />
          <Button look="secondary">加える</Button>
        </Form>
      )}
    </Panel>
  );
}
