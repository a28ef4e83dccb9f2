import { EntryFaults, EntryProblem } from "#src/platform/problem.ts";
import {
  addGroup,
  appoint,
  closeGroup,
  endTerm,
  groupTitles,
  listMembers,
  openGroups,
  type ReviewPanel,
  setGroups,
} from "#src/platform/review-panels/index.ts";
import type { Work } from "#src/platform/work.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Button,
  CheckboxGroup,
  Columns,
  choicesOf,
  DateField,
  PageTitle,
  Panel,
  PostalCodeField,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { figures } from "#workflows/text/widths.ts";
import { GroupPanel, groupActions } from "./groups.tsx";
import { choiceOfMember, type PanelSet } from "./set.ts";

const actions = ["appoint", "end", "groups", ...groupActions] as const;

/** Members of a panel: appointed, put into groups, and released before their term is over. */
export const memberListScreens = (of: PanelSet): readonly AnyRoute[] => [
  defineRoute({
    ...of.guard,
    method: "get",
    path: of.members,
    audit: "nothing-personal",
    because: "members are appointed experts, no citizens",
    handle: (request) => membersPage(of, request),
  }),
  defineRoute({
    ...of.guard,
    method: "post",
    path: of.members,
    audit: "nothing-personal",
    because: "the database records each appointment and its end",
    async handle(request) {
      const { form, work } = request;
      const action = form.pressed(actions, "do");
      try {
        const said = await work((unit) => act(unit, of.panel, action, form));
        return redirect(of.members, said);
      } catch (error) {
        return membersPage(of, request, sentWith(action, form, error));
      }
    },
  }),
];

/** What a form of the page does; gives what to say of it. */
async function act(
  work: Work,
  panel: ReviewPanel,
  action: (typeof actions)[number],
  form: Values,
): Promise<string> {
  const groups = form.all("group").map(Number);
  switch (action) {
    case "appoint":
      await appoint(work, panel, { ...appointmentOf(panel, form), groups });
      return "委員を登録しました。";
    case "end": {
      const on = readDate(form.text("on"));
      if (!on) throw new EntryProblem("on", "任期を終える日を入力してください。例: R9.3.31");
      await endTerm(work, memberOf(form), on);
      return "任期を終える日を記録しました。";
    }
    case "groups":
      await setGroups(work, memberOf(form), groups);
      return "委員の審査グループを改めました。";
    case "add-group":
      await addGroup(work, panel, titleOf(form));
      return "審査グループを登録しました。";
    case "close-group":
      await closeGroup(work, form.integer("closes") ?? 0);
      return "審査グループを終えました。";
  }
}

function memberOf(form: Values): number {
  const id = form.integer("member");
  if (id === undefined) throw new EntryProblem("member", "委員を選んでください。");
  return id;
}

function titleOf(form: Values): string {
  const title = form.text("title");
  if (!title) throw new EntryProblem("title", "審査グループの名前を入力してください。");
  if ([...title].length > 40) throw new EntryProblem("title", "40文字以内で入力してください。");
  return title;
}

/** @throws EntryProblem with all fields that are wrong */
function appointmentOf({ roles }: ReviewPanel, form: Values) {
  const faults = new EntryFaults();
  const given = (name: string, label: string, most: number): string => {
    const text = faults.need(name, form.text(name), `${label}を入力してください。`);
    const fits = [...text].length <= most ? text : undefined;
    return faults.need(name, fits, `${label}は${most}文字以内で入力してください。`);
  };
  const day = (name: string, label: string): IsoDate =>
    faults.need(name, readDate(form.text(name)), `${label}を入力してください。例: R8.4.1`);
  const postalCode = figures(form.text("postalCode")).replace("-", "");
  const member = {
    name: given("name", "氏名", 60),
    role: faults.need("role", form.choice("role", Object.keys(roles)), "区分を選んでください。"),
    organisation: given("organisation", "所属", 80),
    postalCode: faults.need(
      "postalCode",
      /^\d{7}$/.test(postalCode) ? postalCode : undefined,
      "郵便番号を7桁で入力してください。",
    ),
    address: given("address", "所在地", 120),
    from: day("from", "任期の始まり"),
    to: day("to", "任期の終わり"),
  };
  faults.end();
  return member;
}

async function membersPage(
  of: PanelSet,
  { work, platform }: Pick<ScreenRequest, "work" | "platform">,
  sent?: Sent,
): Promise<Reply> {
  const today = platform.clock.today();
  const { panel } = of;
  const { words, roles, grouped } = panel;
  const { members, titles, open } = await work(async (unit) => ({
    members: await listMembers(unit, panel),
    titles: await groupTitles(unit, panel),
    open: grouped ? await openGroups(unit, panel) : [],
  }));
  const present = members.filter(({ to }) => to >= today);
  const groups = open.map(({ id, title }) => ({ value: String(id), label: title }));
  const heading = `${words.panel}の委員`;
  return page({
    title: heading,
    status: statusOf(sent),
    breadcrumb: [{ title: words.panel, path: of.sessions }, { title: "委員" }],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>{heading}</PageTitle>
        <SentNote />
        <Columns wide="first">
          <div>
            <Panel title="委員">
              <Table
                caption={`委員（${members.length}人）`}
                captionShown
                rows={members}
                empty="委員は登録されていません。"
                tone={({ to }) => (to < today ? "muted" : undefined)}
                columns={[
                  { title: "氏名", cell: ({ name }) => name },
                  { title: "区分", cell: ({ role }) => roles[role] ?? role, nowrap: true },
                  { title: "所属", cell: ({ organisation }) => organisation },
                  ...(grouped
                    ? [
                        {
                          title: "審査グループ",
                          cell: (one: (typeof members)[number]) =>
                            one.groups.map((id) => titles.get(id)).join("、") || "―",
                        },
                      ]
                    : []),
                  {
                    title: "任期",
                    cell: ({ from, to }) =>
                      `${showDateShort(from as IsoDate)}〜${showDateShort(to as IsoDate)}`,
                    nowrap: true,
                  },
                ]}
              />
            </Panel>
            <Panel title="任期を終える（解任・辞任）">
              <SentForm class="form" event="end" action={of.members}>
                <input type="hidden" name="do" value="end" />
                <SelectField
                  name="member"
                  label="委員"
                  required
                  empty="選ぶ"
                  options={present.map((one) => choiceOfMember(panel, one))}
                />
                <DateField name="on" label="終える日" required value="" />
                <Actions>
                  <Button look="secondary">任期を終える</Button>
                </Actions>
              </SentForm>
            </Panel>
            {grouped && <GroupPanel of={of} groups={open} members={present} />}
          </div>
          <Panel title="委員を登録する">
            <SentForm class="form" event="appoint" action={of.members}>
              <input type="hidden" name="do" value="appoint" />
              <TextField name="name" label="氏名" required width={20} printed />
              <SelectField
                name="role"
                label="区分"
                required
                empty="選ぶ"
                options={choicesOf(roles)}
              />
              <TextField name="organisation" label="所属" required width={20} printed />
              <PostalCodeField name="postalCode" label="郵便番号" required address="address" />
              <TextField name="address" label="所在地" required width={30} printed />
              {groups.length > 0 && (
                <CheckboxGroup name="group" label="審査グループ" options={groups} />
              )}
              <DateField name="from" label="任期の始まり" required value="" />
              <DateField name="to" label="任期の終わり" required value="" />
              <Actions>
                <Button>登録する</Button>
              </Actions>
            </SentForm>
          </Panel>
        </Columns>
      </SentContext.Provider>
    ),
  });
}
