import { certificatesOfKind } from "#src/platform/applications/index.ts";
import {
  type CertificateReturn,
  moveReturn,
  outstandingUnder,
  returnCauseTitles,
  returnStateMeta,
  settledToday,
} from "#src/platform/entitlements/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { certificateReturnV1 } from "#workflows/cases/certificate-return.ts";
import {
  Button,
  ButtonLink,
  FieldRow,
  Form,
  Notification,
  PageTitle,
  Panel,
  SelectField,
  Table,
  TextField,
} from "../components/index.ts";
import { idOf } from "../params.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { fragment, page, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { casePath, returnEntryPath, returnsPath } from "./paths.ts";

/** How many of the last entries are seen. */
const shown = 10;
const settling = ["return", "lose", "destroy"] as const;
const events = certificateReturnV1.events;

/** What a certificate is called, with its issue where there were several. */
export const certificateName = (
  { application }: AnyCaseScreens,
  { sort, issue }: Pick<CertificateReturn, "sort" | "issue">,
): string => `${certificatesOfKind(application)[sort]?.title ?? "証"}（${issue}回目）`;

interface Told {
  type?: (typeof settling)[number] | undefined;
  refused?: Problem;
}

/** What came back is entered in number: the code of a card or its 受給者番号, Enter, the next; the last ten can be taken back. */
export function returnEntryScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { program } = screens.application;
  const path = returnEntryPath(program);
  const common = { right: "certificate.issue", program, purpose: "inquiry" } as const;
  return [
    defineRoute({
      ...common,
      method: "get",
      path,
      audit: "certificate-returns.opened",
      handle: (request) => answer(screens, request, {}),
    }),
    defineRoute({
      ...common,
      method: "post",
      path,
      audit: "certificate-return.enter-asked",
      handle: (request) =>
        done(screens, request, async (unit) => {
          const { form } = request;
          const type = form.choice("type", settling) ?? "return";
          const [first] = await outstandingUnder(unit, program, readNumber(form.text("code")));
          if (first)
            await moveReturn(unit, {
              certificateId: first.certificateId,
              seen: first.revision,
              type,
            });
        }),
    }),
    ...(["reopen", "give-again", ...settling] as const).map((type) =>
      defineRoute({
        ...common,
        method: "post",
        path: `${path}/:certificate/${type}` as const,
        audit: `certificate-return.${type}-asked`,
        async handle(request) {
          const { form, params, work } = request;
          const certificateId = idOf(params.certificate);
          const seen = form.integer("revision") ?? 0;
          // From the page of a case it leads back there.
          if (form.has("case")) {
            const row = await work((unit) => moveReturn(unit, { certificateId, seen, type }));
            return redirect(
              casePath({ program, id: row.caseId }),
              `「${events[type].title}」を記録しました。`,
            );
          }
          return done(screens, request, async (unit) => {
            await moveReturn(unit, { certificateId, seen, type });
          });
        },
      }),
    ),
  ];
}

/** The 受給者番号 in what is typed, or read from the code of a card. @throws Problem 422 */
function readNumber(code: string): string {
  const text = code.normalize("NFKC").trim();
  const number = /^[A-Z0-9]+\.\d{8}-(\d{7})-/.exec(text)?.[1] ?? /^\d{7,9}$/.exec(text)?.[0];
  if (!number)
    throw new Problem({
      status: 422,
      message: "受給者番号（7桁）か、証の二次元コードを入力してください。",
    });
  return number;
}

async function done(
  screens: AnyCaseScreens,
  request: ScreenRequest,
  run: (unit: Work) => Promise<void>,
): Promise<Reply> {
  const type = request.form.choice("type", settling);
  try {
    await request.work(run);
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    return answer(screens, request, { type, refused: error });
  }
  if (!request.partial)
    return redirect(returnEntryPath(screens.application.program), "記録しました。");
  return answer(screens, request, { type });
}

async function answer(
  screens: AnyCaseScreens,
  request: Pick<ScreenRequest, "work" | "partial" | "form" | "platform">,
  told: Told,
): Promise<Reply> {
  const { program, title } = screens.application;
  const { work, partial, form, platform } = request;
  const entered = await work(async (unit) => {
    const { total, rows } = await settledToday(unit, program, shown);
    return {
      total,
      rows,
      people: await peopleOfRows(
        unit,
        rows.map(({ personNumber }) => personNumber),
      ),
    };
  });
  const path = returnEntryPath(program);
  const entry = (
    <div id="return-entry">
      <Panel title="読み取る">
        {told.refused && (
          <Notification
            tone="error"
            title={`${form.text("code") ? `「${form.text("code")}」 ` : ""}${told.refused.message}`}
          />
        )}
        <Form action={path} keys="search" class="form stacked" replaces="#return-entry">
          <FieldRow>
            <TextField
              name="code"
              label="受給者番号か証の二次元コード"
              required
              autofocus
              width={30}
            />
            <SelectField
              name="type"
              label="どうなったか"
              required
              value={told.type ?? "return"}
              options={settling.map((value) => ({ value, label: events[value].title }))}
            />
            <Button shortcut="Enter">入力する</Button>
          </FieldRow>
          <p class="field-hint">
            続けて入力できます。同じ番号の証が何枚か残っているときは、古いものから済みになります。
          </p>
        </Form>
      </Panel>
      <Panel title={`今日の入力 ${entered.total.toLocaleString("ja-JP")}枚`}>
        <Table
          caption={`最後の${shown}枚`}
          rows={entered.rows}
          empty="今日はまだ入力していません。"
          columns={[
            { title: "受給者番号", cell: (row) => row.recipientNumber, nowrap: true },
            {
              title: "氏名",
              cell: (row) => (
                <PersonCell
                  person={entered.people.get(row.personNumber)}
                  today={platform.clock.today()}
                />
              ),
            },
            { title: "証", cell: (row) => certificateName(screens, row) },
            { title: "理由", cell: (row) => returnCauseTitles[row.cause] },
            { title: "結果", cell: (row) => returnStateMeta(row.state).title, nowrap: true },
            { title: "訂正", cell: (row) => <TakeBack program={program} row={row} /> },
          ]}
        />
      </Panel>
    </div>
  );
  if (partial) return fragment(entry);
  return page({
    title: `${title} 返ってきた証の入力`,
    breadcrumb: [{ title: "証の回収", path: returnsPath(program) }, { title: "入力" }],
    status: told.refused?.status ?? 200,
    content: (
      <>
        <PageTitle
          actions={<ButtonLink href={returnsPath(program)}>回収を待っている証を見る</ButtonLink>}
        >
          返ってきた証の入力
        </PageTitle>
        {entry}
      </>
    ),
  });
}

const TakeBack = ({ program, row }: { program: string; row: CertificateReturn }) => (
  <Form
    action={`${returnEntryPath(program)}/${row.certificateId}/reopen`}
    keys="search"
    class="form stacked"
    replaces="#return-entry"
  >
    <input type="hidden" name="revision" value={row.revision} />
    <Button look="secondary">{events.reopen.title}</Button>
  </Form>
);
