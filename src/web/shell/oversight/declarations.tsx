import { declaredNumbers, declareNumber } from "#src/platform/oversight/index.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { figures } from "#workflows/text/widths.ts";
import {
  Button,
  type FieldErrors,
  FieldRow,
  Form,
  NumberField,
  PageTitle,
  Panel,
  SelectField,
  Table,
} from "../../components/index.ts";
import { showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import { guard, title as reviewTitle } from "./list.tsx";

const title = "職員の宛名番号";
const path = "/access-review/declarations";
type Row = Awaited<ReturnType<typeof declaredNumbers>>[number];

/** Numbers that staff declared as their own, by which own households and colleagues are told. */
export const declarationScreens = [
  defineRoute({
    ...guard,
    method: "get",
    path,
    audit: "own-numbers.listed",
    handle: (request) => declarationsPage(request, {}),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path,
    audit: "own-number.entered",
    async handle(request) {
      const { form, work, actor } = request;
      const staffId = form.integer("staff");
      const personNumber = figures(form.text("number"));
      const errors: Record<string, string> = {};
      if (!staffId) errors.staff = "職員を選んでください。";
      if (staffId === actor.staffId)
        errors.staff = "自分の番号は、ほかの監査担当に登録してもらってください。";
      if (!isPersonNumber(personNumber))
        errors.number = "統合宛名番号の検査数字が合いません。届出を確かめてください。";
      if (!staffId || Object.keys(errors).length > 0) return declarationsPage(request, errors);
      await work((unit) => declareNumber(unit, { staffId, personNumber }));
      return redirect(path, "登録しました。次の点検から使います。");
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/access-review/declarations/:staff/removal",
    audit: "own-number.removal-asked",
    async handle({ params, work }) {
      await work((unit) =>
        declareNumber(unit, { staffId: numberOf(params.staff), personNumber: null }),
      );
      return redirect(path, "届出の番号を消しました。");
    },
  }),
];

async function declarationsPage({ work, form, actor }: ScreenRequest, errors: FieldErrors) {
  const rows = await work(declaredNumbers);
  const declared = rows.filter(({ personNumber }) => personNumber !== null);
  return page({
    title,
    breadcrumb: [{ title: reviewTitle, path: "/access-review" }, { title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <p>
          本人の届出による番号を登録します。点検では、自分の世帯と同僚の閲覧を見分けるためだけに使います。
        </p>
        <Panel title="登録する">
          <Form
            action={path}
            values={form.names().length > 0 ? form : undefined}
            errors={errors}
            class="form stacked"
          >
            <FieldRow>
              <SelectField
                name="staff"
                label="職員"
                required
                empty="選んでください"
                options={rows
                  .filter(({ staffId }) => staffId !== actor.staffId)
                  .map(({ staffId, staffName, loginName }) => ({
                    value: String(staffId),
                    label: `${staffName}（${loginName}）`,
                  }))}
              />
              <NumberField name="number" label="統合宛名番号" check="person-number" required />
              <div class="row-button">
                <Button>登録する</Button>
              </div>
            </FieldRow>
          </Form>
        </Panel>
        <Panel title={`登録済み ${declared.length}人（職員 ${rows.length}人）`}>
          <Table
            caption="届出のあった職員"
            columns={[
              { title: "職員", cell: (row: Row) => `${row.staffName}（${row.loginName}）` },
              { title: "所属", cell: ({ officeName }) => officeName ?? "全市" },
              { title: "統合宛名番号", cell: ({ personNumber }) => personNumber, nowrap: true },
              {
                title: "登録",
                cell: ({ enteredAt }) => enteredAt && showMoment(enteredAt),
                nowrap: true,
              },
              {
                title: "操作",
                cell: ({ staffId }) =>
                  staffId !== actor.staffId && (
                    <Form
                      action={`/access-review/declarations/${staffId}/removal`}
                      keys="search"
                      class="inline-form"
                    >
                      <Button
                        look="danger"
                        confirm="この職員の届出の番号を消します。よろしいですか。"
                      >
                        消す
                      </Button>
                    </Form>
                  ),
              },
            ]}
            rows={declared}
            empty="届出のあった職員はまだいません。自分の世帯と同僚の閲覧は、届出があってはじめて見分けられます。"
          />
        </Panel>
      </>
    ),
  });
}
