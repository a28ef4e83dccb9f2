import { holds } from "#src/platform/access/actor.ts";
import {
  type Sent,
  SentContext,
  SentNote,
  sentWith,
  statusOf,
  useSent,
} from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  Columns,
  choicesOf,
  DateField,
  DefinitionList,
  Form,
  PageTitle,
  Panel,
  ProtectedBanner,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { readDate, showDate, showMoment } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { StepForm } from "#src/web/payments/parts.tsx";
import { PersonCell } from "#src/web/person-cell.tsx";
import { personPath } from "#src/web/person-path.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { FlowPicture } from "#src/web/shell/oversight/flow-picture.tsx";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  hasAddress,
  needsTwo,
  type SpecialEndReason,
  type SpecialEvidence,
  specialEndReasons,
  specialEvidence,
  specialKinds,
  specialReasonTitle,
} from "#workflows/vaccination/special/kinds.ts";
import { type SpecialEvent, specialV1 } from "#workflows/vaccination/special/machine.ts";
import {
  enterSpecial,
  mayChange,
  moveSpecial,
  readSpecial,
  type Special,
  type SpecialWords,
  specialActions,
  specialEventTitle,
  specialNumber,
} from "../../special/entries.ts";
import { readSpecialForm, SpecialFields } from "./fields.tsx";
import { period, SpecialBadge, untilLines } from "./parts.tsx";
import { specialPaths } from "./paths.ts";

const guard = { program: "vaccination", purpose: "case" } as const;
type Step = Exclude<SpecialEvent, "correct" | "amend">;
const steps: readonly Step[] = ["approve", "return", "end", "withdraw"];
const endReasonCodes = Object.keys(specialEndReasons) as SpecialEndReason[];

/** An entry: what it says, what stands next, its history. */
export const specialScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: `${specialPaths.list}/:entry` as const,
    audit: "special.opened",
    handle: (request) => specialPage(request),
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${specialPaths.list}/:entry/change` as const,
    audit: "special.change-asked",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.entry);
      try {
        await work(async (unit) => {
          const { row } = await readSpecial(unit, id);
          const said = readSpecialForm(form, row.kind, row.personNumber);
          await enterSpecial(unit, said, { id, seen: form.integer("revision") ?? 0 });
        });
      } catch (error) {
        return specialPage(request, sentWith("change", form, error));
      }
      return redirect(specialPaths.entry(id), "直しました。");
    },
  }),
  ...steps.map((type) =>
    defineRoute({
      ...guard,
      right: specialV1.events[type].right,
      method: "post",
      path: `${specialPaths.list}/:entry/${type}` as const,
      audit: `special.${type}-asked` as const,
      async handle(request) {
        const { form, work, params } = request;
        const id = idOf(params.entry);
        try {
          await work((unit) =>
            moveSpecial(unit, {
              id,
              seen: form.integer("revision") ?? 0,
              type,
              reason: form.choice("reason", endReasonCodes),
              endsOn: readDate(form.text("endsOn")),
            }),
          );
        } catch (error) {
          return specialPage(request, sentWith(type, form, error));
        }
        return redirect(
          specialPaths.entry(id),
          `「${specialV1.events[type].title}」を行いました。`,
        );
      },
    }),
  ),
];

async function specialPage(
  request: Pick<ScreenRequest<`${string}:entry`>, "params" | "work" | "platform" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const { params, work, platform, actor } = request;
  const { found, actions } = await work(async (unit) => {
    const found = await readSpecial(unit, idOf(params.entry));
    return { found, actions: specialActions(unit, found.row) };
  });
  const { row, person, words, withheld, events } = found;
  const today = platform.clock.today();
  const changes =
    holds(actor, "case.enter", { program: "vaccination", office: row.officeCode }) &&
    mayChange(row) &&
    !withheld;
  const title = `${specialKinds[row.kind]} ${specialNumber(row)}`;
  return page({
    title: `予防接種 ${title}`,
    breadcrumb: [{ title: "特例・注意", path: specialPaths.list }, { title }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<SpecialBadge row={row} today={today} />}>{title}</PageTitle>
        {person?.isProtected && <ProtectedBanner />}
        <SentNote />
        {needsTwo(row.kind) && <FlowPicture definition={specialV1} state={row.state} />}
        <Columns wide="first">
          <Panel title="内容">
            <p>
              {person && (
                <a href={personPath(platform, person.personNumber)}>
                  <PersonCell person={person} today={today} />
                </a>
              )}
            </p>
            <DefinitionList columns={2} items={itemsOf(row, words, withheld)} />
          </Panel>
          <Panel title="次の処理">
            {actions.map(({ type, title, reasons }) => (
              <StepForm
                key={type}
                action={`${specialPaths.entry(row.id)}/${type}`}
                revision={row.revision}
                type={type}
                title={title}
                reasons={reasons}
                aside={type !== "approve"}
              >
                {type === "end" && (
                  <DateField name="endsOn" label="終わりの日（この日まで有効）" required />
                )}
                {specialV1.events[type as Step].comment === "required" && (
                  <SelectField
                    name="reason"
                    idPrefix={type}
                    label="理由"
                    required
                    empty="選んでください"
                    options={choicesOf(specialEndReasons)}
                  />
                )}
              </StepForm>
            ))}
            {actions.length === 0 && <p>ここで行う操作はありません。</p>}
          </Panel>
        </Columns>
        {changes && <Change row={row} words={words} today={today} />}
        <Panel title="経過">
          <Table
            caption="経過"
            columns={[
              { title: "日時", cell: ({ at }) => showMoment(at), nowrap: true },
              { title: "職員", cell: ({ staffName }) => staffName },
              { title: "操作", cell: ({ event }) => specialEventTitle(event) },
              {
                title: "内容",
                cell: (one) =>
                  `${specialReasonTitle(row.kind, one.reason)}　${period(one)}　${evidenceTitle(one.evidence)}`,
              },
              {
                title: "理由",
                cell: ({ why }) =>
                  why === null ? "―" : (specialEndReasons[why as SpecialEndReason] ?? why),
              },
            ]}
            rows={events}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

const evidenceTitle = (code: string): string => specialEvidence[code as SpecialEvidence] ?? code;

function itemsOf(
  row: Special,
  words: SpecialWords,
  withheld: boolean,
): Parameters<typeof DefinitionList>[0]["items"] {
  const place = withheld
    ? "支援措置の対象者のため、住所を扱う権限のある職員だけに表示します。"
    : [
        words.name,
        words.postalCode && `〒${words.postalCode}`,
        words.address,
        words.building,
        words.telephone,
      ]
        .filter(Boolean)
        .join("　");
  return [
    ["種類", specialKinds[row.kind]],
    [row.kind === "disability" ? "障害の種類" : "理由", specialReasonTitle(row.kind, row.reason)],
    ["確認したもの", `${evidenceTitle(row.evidence)}（${showDate(row.evidenceOn as IsoDate)}）`],
    ...(row.kind === "long-illness"
      ? ([
          [
            "受けられなかった期間",
            `${showDate(row.hindranceFrom as IsoDate)} ～ ${showDate(row.hindranceTo as IsoDate)}`,
          ],
          ["特例の期限", untilLines(row).join("\n"), "wide"],
        ] as const)
      : row.kind === "pregnancy"
        ? ([
            ["出産予定日", showDate(row.dueOn as IsoDate)],
            ["RSウイルスを受けられる期間", period(row)],
          ] as const)
        : ([["期間", period(row)]] as const)),
    ...(hasAddress(row.kind)
      ? ([[specialKinds[row.kind], place, "wide"]] as const)
      : ([["内容", words.text || "―", "wide"]] as const)),
  ];
}

function Change({ row, words, today }: { row: Special; words: SpecialWords; today: IsoDate }) {
  const { values, errors } = useSent("change");
  const two = needsTwo(row.kind);
  return (
    <Panel title={two ? "直して決裁を求める" : "訂正する"}>
      <Form
        action={`${specialPaths.entry(row.id)}/change`}
        class="form stacked"
        values={values}
        errors={errors ?? {}}
      >
        <input type="hidden" name="revision" value={row.revision} />
        <SpecialFields kind={row.kind} row={row} words={words} today={today} />
        <Actions>
          <Button look="secondary">{two ? "直して決裁を求める" : "訂正する"}</Button>
        </Actions>
      </Form>
    </Panel>
  );
}
