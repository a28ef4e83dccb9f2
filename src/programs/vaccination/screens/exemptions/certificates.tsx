import { holds } from "#src/platform/access/actor.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
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
  ButtonLink,
  Columns,
  choicesOf,
  DateField,
  DefinitionList,
  FieldRow,
  Form,
  NumberField,
  PageTitle,
  Pagination,
  Panel,
  PrintPreview,
  ProtectedBanner,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { readDate, showDate, showDateShort } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { personPath } from "#src/web/person-path.ts";
import { inlinePdf, moveOn, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { NumberHit } from "#src/web/screens.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  exemptionEndReasons,
  exemptionGrounds,
} from "#workflows/vaccination/exemptions/grounds.ts";
import { exemptionReasonTitle } from "../../exemptions/applications.ts";
import {
  type ExemptionCertificate,
  endCertificate,
  findCertificate,
  listCertificates,
  readCertificate,
  readCertificateNumber,
} from "../../exemptions/certificates.ts";
import { printCertificate } from "../../exemptions/papers.ts";
import { vaccineTitles } from "../../special/titles.ts";
import { rowsAPage } from "../records/parts.tsx";
import { CertificateBadge } from "./parts.tsx";
import { exemptionPaths } from "./paths.ts";

const guard = { program: "vaccination", purpose: "counter" } as const;
const path = `${exemptionPaths.certificates}/:certificate` as const;

/** A number typed into the search that is a certificate's. */
export async function certificateHits(work: Work, number: string): Promise<readonly NumberHit[]> {
  const read = readCertificateNumber(number);
  if (!read || !holds(work.actor, "case.read", { program: "vaccination" })) return [];
  const found = await findCertificate(work, read);
  return found
    ? [
        {
          title: `無料（減免）対象者確認証 ${found.number}`,
          to: { path: exemptionPaths.certificate(found.id) },
        },
      ]
    : [];
}

/** 確認証: all, the newest first; one by its number; printed again as it was; of a run ended before its time. */
export const certificateScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: exemptionPaths.certificates,
    audit: "exemption-certificates.listed",
    handle: (request) => listPage(request, {}),
  }),
  defineRoute({
    ...guard,
    right: "case.read",
    method: "post",
    path: exemptionPaths.certificates,
    audit: "exemption-certificates.searched",
    async handle(request) {
      const { form, work } = request;
      const number = readCertificateNumber(form.text("number"));
      const found = number && (await work((unit) => findCertificate(unit, number)));
      if (found) return moveOn(exemptionPaths.certificate(found.id));
      return listPage(request, {
        number: number
          ? "この番号の確認証はありません。"
          : "確認証の番号10桁を入力してください。最後の数字は検査用です。",
      });
    },
  }),
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path,
    audit: "exemption-certificate.opened",
    handle: (request) => certificatePage(request),
  }),
  defineRoute({
    ...guard,
    right: "document.print",
    method: "get",
    path: `${exemptionPaths.certificates}/:certificate/paper` as const,
    audit: "exemption-certificate.printed",
    async handle({ params, work }) {
      const { number, pdf } = await work((unit) =>
        printCertificate(unit, idOf(params.certificate), { again: false }),
      );
      return inlinePdf(`certificate-${number}.pdf`, pdf);
    },
  }),
  defineRoute({
    ...guard,
    right: "document.print",
    method: "post",
    path: `${exemptionPaths.certificates}/:certificate/paper` as const,
    audit: "exemption-certificate.print-asked",
    async handle({ params, work }) {
      const { number, pdf } = await work((unit) =>
        printCertificate(unit, idOf(params.certificate), { again: true }),
      );
      return inlinePdf(`certificate-${number}.pdf`, pdf);
    },
  }),
  defineRoute({
    ...guard,
    right: "case.approve",
    method: "post",
    path: `${exemptionPaths.certificates}/:certificate/end` as const,
    audit: "exemption-certificate.end-asked",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.certificate);
      try {
        await work((unit) =>
          endCertificate(unit, {
            id,
            reason: form.text("reason") || undefined,
            from: readDate(form.text("endsFrom")),
          }),
        );
      } catch (error) {
        return certificatePage(request, sentWith("end", form, error));
      }
      return redirect(exemptionPaths.certificate(id), "確認証を失効させました。");
    },
  }),
];

async function listPage(
  { work, query, form, platform }: Pick<ScreenRequest, "work" | "query" | "form" | "platform">,
  errors: Record<string, string>,
): Promise<Reply> {
  const at = Math.max(1, query.integer("page") ?? 1);
  const today = platform.clock.today();
  const { list, people } = await work(async (unit) => {
    const list = await listCertificates(unit, { from: (at - 1) * rowsAPage, size: rowsAPage });
    return {
      list,
      people: await peopleOfRows(
        unit,
        list.rows.map(({ personNumber }) => personNumber),
      ),
    };
  });
  return page({
    title: "予防接種 無料（減免）対象者確認証",
    breadcrumb: [{ title: "自己負担減免", path: exemptionPaths.list }, { title: "確認証" }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>無料（減免）対象者確認証</PageTitle>
        <Panel title="番号で探す">
          <Form
            keys="search"
            action={exemptionPaths.certificates}
            class="form stacked"
            values={errors.number ? form : undefined}
            errors={errors}
          >
            <FieldRow>
              <NumberField name="number" label="確認証の番号" required check="person-number" />
              <Button look="secondary">探す</Button>
            </FieldRow>
          </Form>
        </Panel>
        <Panel title={`${list.total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="確認証"
            columns={[
              { title: "番号", cell: ({ number }) => number, nowrap: true },
              {
                title: "氏名",
                cell: (row) => <PersonCell person={people.get(row.personNumber)} today={today} />,
              },
              { title: "予防接種", cell: ({ vaccines }) => vaccineTitles(vaccines) },
              {
                title: "有効期間",
                cell: (row) =>
                  `${showDateShort(row.validFrom as IsoDate)} ～ ${showDateShort(row.validUntil as IsoDate)}`,
                nowrap: true,
              },
              { title: "交付", cell: ({ listId }) => (listId ? "名簿から一括" : "申請") },
              {
                title: "状態",
                cell: (row) => <CertificateBadge row={row} today={today} />,
                nowrap: true,
              },
            ]}
            rows={list.rows}
            href={({ id }) => exemptionPaths.certificate(id)}
            empty="確認証はまだ交付されていません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(list.total / rowsAPage)}
            href={(next) => `${exemptionPaths.certificates}?page=${next}`}
          />
        </Panel>
      </>
    ),
  });
}

async function certificatePage(
  request: Pick<ScreenRequest<typeof path>, "params" | "work" | "platform" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const { params, work, platform, actor } = request;
  const today = platform.clock.today();
  const { row, person } = await work(async (unit) => {
    const row = await readCertificate(unit, idOf(params.certificate));
    return { row, person: await lookAtPerson(unit, row.personNumber, ["facts", "name"]) };
  });
  const prints =
    holds(actor, "document.print", { program: "vaccination", office: row.officeCode }) &&
    !person?.addressMasked;
  const ends =
    row.listId !== null &&
    row.state === "issued" &&
    holds(actor, "case.approve", { program: "vaccination", office: row.officeCode });
  return page({
    title: `無料（減免）対象者確認証 ${row.number}`,
    breadcrumb: [
      { title: "自己負担減免", path: exemptionPaths.list },
      { title: "確認証", path: exemptionPaths.certificates },
      { title: row.number },
    ],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          badge={<CertificateBadge row={row} today={today} />}
          actions={
            row.applicationId && (
              <ButtonLink href={exemptionPaths.application(row.applicationId)}>申請</ButtonLink>
            )
          }
        >
          確認証 {row.number}
        </PageTitle>
        {person?.isProtected && <ProtectedBanner />}
        <SentNote />
        <Columns wide="first">
          <Panel title="確認証">
            <p>
              {person && (
                <a href={personPath(platform, person.personNumber)}>
                  <PersonCell person={person} today={today} />
                </a>
              )}
            </p>
            <DefinitionList columns={2} items={itemsOf(row)} />
          </Panel>
          <Panel title="次の処理">
            {prints && (
              <Form action={`${exemptionPaths.certificate(row.id)}/paper`} class="form stacked">
                <p>同じ番号、同じ内容で、もう一度印刷します。回数が残ります。</p>
                <Button look="secondary">再印刷する</Button>
              </Form>
            )}
            {ends && <End row={row} today={today} />}
            {!prints && !ends && <p>ここで行う操作はありません。</p>}
          </Panel>
        </Columns>
        {prints && (
          <Panel title="紙面">
            <PrintPreview
              src={`${exemptionPaths.certificate(row.id)}/paper`}
              title={`確認証 ${row.number}`}
            />
          </Panel>
        )}
      </SentContext.Provider>
    ),
  });
}

const itemsOf = (row: ExemptionCertificate): Parameters<typeof DefinitionList>[0]["items"] => [
  ["減免の要件", exemptionGrounds[row.ground]],
  ["交付日", showDate(row.issuedOn as IsoDate)],
  [
    "有効期間",
    `${showDate(row.validFrom as IsoDate)}から${showDate(row.validUntil as IsoDate)}まで`,
  ],
  ["印刷した回数", `${row.printCount}回`],
  ["予防接種", vaccineTitles(row.vaccines), "wide"],
  ...(row.endedFrom
    ? ([
        [
          "使えなくなった日",
          `${showDate(row.endedFrom as IsoDate)}　${exemptionReasonTitle(row.endReason)}`,
          "wide",
        ],
      ] as const)
    : []),
];

function End({ row, today }: { row: ExemptionCertificate; today: IsoDate }) {
  const { values, errors } = useSent("end");
  return (
    <Form
      action={`${exemptionPaths.certificate(row.id)}/end`}
      class="form stacked"
      values={values}
      errors={errors ?? {}}
    >
      <DateField
        name="endsFrom"
        label="いつから使えなくなるか"
        required
        value={showDateShort(today)}
      />
      <SelectField
        name="reason"
        label="理由"
        required
        empty="選んでください"
        options={choicesOf(exemptionEndReasons)}
      />
      <Actions>
        <Button look="danger" confirm="この確認証は使えなくなります。">
          失効させる
        </Button>
      </Actions>
    </Form>
  );
}
