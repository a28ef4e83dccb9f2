import { Fragment } from "preact";
import { staff } from "#db/schema/access.ts";
import type { FlowAction } from "#src/platform/flow.ts";
import {
  evidenceTitles,
  type Outsider,
  type OutsiderStep,
  outsiderActions,
  outsiderOf,
  outsiderSteps,
} from "#src/platform/outsiders/index.ts";
import { lookAtPeople, type Person, shownName } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import type { Work } from "#src/platform/work.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { outsiderV1 } from "#workflows/people/outsider-machine.ts";
import { useSent } from "../../cases/sent.tsx";
import {
  Badge,
  Button,
  ButtonLink,
  DefinitionList,
  DisabledAction,
  Form,
  Panel,
  ReasonField,
  Table,
} from "../../components/index.ts";
import { showDate, showMoment } from "../../dates.ts";
import { personPath } from "../../person-path.ts";
import type { ScreenSet } from "../../screens.ts";

/** How somebody outside the register stands, with what was done and who the people are that they are not. */
export interface OutsiderRows {
  outsider: Outsider;
  steps: (OutsiderStep & { staffName: string })[];
  others: ReadonlyMap<string, Person>;
  actions: readonly FlowAction[];
}

/** What the page of somebody shows of it; nothing of whoever was always in the register. The steps only where the 4情報 are open. */
export async function outsiderRows(
  work: Work,
  number: string,
  open: boolean,
): Promise<OutsiderRows | undefined> {
  const outsider = await outsiderOf(work, number);
  if (!outsider) return undefined;
  const steps = open ? await outsiderSteps(work, number) : [];
  const names = new Map(
    steps.length > 0
      ? (await work.tx.select({ id: staff.id, name: staff.displayName }).from(staff)).map(
          ({ id, name }) => [id, name],
        )
      : [],
  );
  const numbers = [...new Set(steps.flatMap(({ differsFrom }) => differsFrom))];
  const others = await lookAtPeople(
    work,
    numbers.filter((one) => one !== "*"),
    ["facts", "name"],
  );
  return {
    outsider,
    steps: steps.map((step) => ({ ...step, staffName: names.get(step.staffId) ?? "―" })),
    others: new Map(others.map((person) => [person.personNumber, person])),
    actions: outsiderActions(work, outsider),
  };
}

const stepTitles = { open: "登録", correct: "訂正", confirm: "確認", refuse: "却下" } as const;

/** 住登外者 on the page of a person: for what they were opened, by which paper, and whether a second person confirmed it. */
export function OutsiderPanel(props: {
  rows: OutsiderRows | undefined;
  sets: readonly ScreenSet[];
  platform: Platform;
  path: string;
  open: boolean;
}) {
  const { rows, sets, path, open, platform } = props;
  if (!rows) return null;
  const { outsider, steps, actions } = rows;
  const meta = stateMeta(outsiderV1, outsider.state);
  const last = steps.findLast(({ evidence }) => evidence !== null);
  return (
    <Panel
      title="住登外者"
      id="outsider"
      actions={
        outsider.outside ? (
          <Badge tone={meta.tone ?? "neutral"}>{meta.title}</Badge>
        ) : (
          <Badge>住民記録にある方になった</Badge>
        )
      }
    >
      {outsider.outside && outsider.state !== "confirmed" && (
        <p>2人目の職員が確認するまで、この方についての決裁も支払もできません。</p>
      )}
      {!open ? (
        <p>4情報を開くと、確認した書類と経過を見て、確認・訂正できます。</p>
      ) : (
        <>
          <DefinitionList
            columns={2}
            items={[
              [
                "登録した事務",
                sets.find(({ id }) => id === outsider.program)?.title ?? outsider.program,
              ],
              ["電話番号", last?.details ? last.details.telephone || "―" : "非表示"],
              ["確認した書類", last?.evidence ? evidenceTitles[last.evidence] : "―"],
              ["書類を確認した日", showDate(last?.evidenceOn)],
              ["書類の内容", last?.details?.evidenceNote || "―", "wide"],
            ]}
          />
          <Steps {...rows} platform={platform} />
          <Moves actions={actions} path={path} />
        </>
      )}
    </Panel>
  );
}

function Moves({ actions, path }: { actions: readonly FlowAction[]; path: string }) {
  const { values, errors } = useSent("outsider");
  const decisions = actions.filter(({ type }) => type !== "correct");
  const correct = actions.find(({ type }) => type === "correct");
  return (
    <>
      {decisions.length > 0 && (
        <Form
          action={`${path}/outsider/decision`}
          values={values}
          errors={errors}
          class="form stacked"
        >
          <ReasonField name="comment" label="却下の理由・コメント" width={40} hint="却下では必ず" />
          <div class="inline-buttons">
            {decisions.map(({ type, title, reasons }) =>
              reasons.length > 0 ? (
                <DisabledAction key={type} reasons={[...reasons]}>
                  {title}
                </DisabledAction>
              ) : type === "refuse" ? (
                <Button
                  key={type}
                  name="event"
                  value={type}
                  look="danger"
                  confirm="この方の登録を却下します。よろしいですか。"
                >
                  {title}
                </Button>
              ) : (
                <Button key={type} name="event" value={type}>
                  {title}
                </Button>
              ),
            )}
          </div>
        </Form>
      )}
      {correct && (
        <div class="inline-buttons">
          <ButtonLink href={`${path}/outsider/correction`}>{correct.title}</ButtonLink>
        </div>
      )}
    </>
  );
}

const Steps = ({ steps, others, platform }: OutsiderRows & { platform: Platform }) => (
  <Table
    caption="登録・確認の経過"
    columns={[
      { title: "したこと", cell: ({ what }) => stepTitles[what], nowrap: true },
      { title: "職員", cell: ({ staffName }) => staffName, nowrap: true },
      { title: "時刻", cell: ({ at }) => showMoment(at), nowrap: true },
      {
        title: "内容",
        cell: ({ evidence, details, differsFrom }) => (
          <>
            {evidence && evidenceTitles[evidence]}
            {details?.reason && <span class="cell-note">{details.reason}</span>}
            {differsFrom.length > 0 && (
              <span class="cell-note">
                別の方:{" "}
                {differsFrom.map((number, at) => {
                  const person = others.get(number);
                  return (
                    <Fragment key={number}>
                      {at > 0 && "、"}
                      {person ? (
                        <a href={personPath(platform, number)}>{shownName(person)}</a>
                      ) : (
                        "ほかの区の方"
                      )}
                    </Fragment>
                  );
                })}
                （{details?.differs}）
              </span>
            )}
          </>
        ),
      },
    ]}
    rows={steps}
  />
);
