import {
  getStaff,
  keysOf,
  limitedStaff,
  officeList,
  openResets,
  resetActions,
  staffList,
} from "#src/platform/access/index.ts";
import {
  Badge,
  Button,
  ButtonLink,
  Columns,
  DefinitionList,
  Form,
  Notification,
  PageTitle,
  Panel,
  SelectField,
} from "../../components/index.ts";
import { readDate, showDate, showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { moveOn, page } from "../../reply.ts";
import type { ScreenRequest } from "../../route.ts";
import { KeyTable } from "../account/key-screens.tsx";
import { DutyWords, kindTitles, type ProgramTitles } from "./duty-words.tsx";
import { ResetPart } from "./reset-part.tsx";

/** One id: what it holds, transfer, new password, end of use. */
export async function staffPage(
  { params, work, actor }: ScreenRequest<"/staff/:staff">,
  titles: ProgramTitles,
) {
  const id = numberOf(params.staff);
  const { entry, offices, reset, keys, limitedUntil } = await work(async (unit) => {
    await getStaff(unit, id);
    const list = await staffList(unit);
    const reset = (await openResets(unit)).find(({ staffId }) => staffId === id);
    return {
      entry: list.find((other) => other.id === id),
      offices: await officeList(unit),
      reset: reset && { ...reset, actions: resetActions(unit, reset) },
      keys: await keysOf(unit, id),
      limitedUntil: (await limitedStaff(unit)).get(id),
    };
  });
  if (!entry) return moveOn("/staff");
  const isSelf = actor.staffId === id;
  const next = entry.status === "active" ? "disabled" : "active";
  return page({
    title: "職員",
    breadcrumb: [{ title: "職員", path: "/staff" }, { title: entry.loginName }],
    content: (
      <>
        <PageTitle
          badge={
            <Badge tone={entry.status === "active" ? "success" : "warning"}>
              {entry.status === "active" ? "利用中" : "停止"}
            </Badge>
          }
          actions={<ButtonLink href={`/grants/new?staff=${id}`}>権限を申請</ButtonLink>}
        >
          {entry.displayName}
        </PageTitle>
        {limitedUntil && (
          <Notification
            tone="warning"
            title={`サインインの再設定があったため、${showMoment(limitedUntil)}までは照会・入力・承認ができません。`}
          />
        )}
        <Columns>
          <Panel title="登録内容">
            <DefinitionList
              items={[
                ["職員番号", entry.loginName],
                ["区分", kindTitles[entry.kind]],
                ["所属", entry.officeName ?? "全市"],
                ["利用期限", showDate(readDate(entry.validTo ?? ""))],
                ["職務", <DutyWords key="duties" entry={entry} titles={titles} />],
              ]}
            />
          </Panel>
          <Panel title="変更">
            {isSelf ? (
              <p>自分自身の登録は変更できません。ほかの管理者に依頼してください。</p>
            ) : (
              <>
                <Form action={`/staff/${id}/move`}>
                  <input type="hidden" name="had" value={entry.officeCode ?? ""} />
                  <SelectField
                    name="office"
                    label="異動先"
                    empty="全市"
                    value={entry.officeCode}
                    options={offices.map(({ code, name }) => ({ value: code, label: name }))}
                  />
                  <Button
                    confirm="所属を変更します。いまの権限と利用中の画面は直ちに終了します。"
                    look="secondary"
                  >
                    所属を変更する
                  </Button>
                </Form>
                <div class="actions">
                  <Form action={`/staff/${id}/status`} class="inline-form">
                    <input type="hidden" name="status" value={next} />
                    {next === "disabled" ? (
                      <Button
                        look="danger"
                        confirm="利用を停止します。いまの利用と権限は直ちに終了します。"
                      >
                        利用を停止する
                      </Button>
                    ) : (
                      <Button look="secondary" confirm="利用を再開します。権限は改めて申請します。">
                        利用を再開する
                      </Button>
                    )}
                  </Form>
                </div>
              </>
            )}
          </Panel>
          {!isSelf && (
            <Panel title="サインインの再設定">
              <ResetPart staffId={id} reset={reset} />
            </Panel>
          )}
        </Columns>
        {keys.length > 0 && (
          <Panel title="セキュリティキー">
            <KeyTable keys={keys} removal={(key) => `/staff/${id}/keys/${key}/removal`} />
          </Panel>
        )}
      </>
    ),
  });
}
