import { type ClaimKind, recentClaims } from "#src/platform/claims/index.ts";
import { peopleOfRecipientNumber } from "#src/platform/entitlements/index.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { figures } from "#workflows/text/widths.ts";
import { yen } from "#workflows/text/yen.ts";
import { StateBadge } from "../cases/parts.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  type FieldErrors,
  FieldRow,
  Form,
  PageTitle,
  Panel,
  Table,
  TextField,
} from "../components/index.ts";
import { showDateShort } from "../dates.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { personPath } from "../person-path.ts";
import { moveOn, page, type Reply } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import type { Values } from "../values.ts";
import { claimPaths } from "./words.ts";

/** 償還払いの受付: the number on the card leads to the entry; what was keyed last stands below. */
export function intakeScreens(kind: ClaimKind): AnyRoute[] {
  const { program } = kind;
  const paths = claimPaths(program);
  const guard = { right: "case.enter", program, purpose: "counter" } as const;
  return [
    defineRoute({
      ...guard,
      method: "get",
      path: paths.intake as `/${string}`,
      audit: "claims.opened",
      handle: (request) => intakePage(kind, request),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: paths.find as `/${string}`,
      audit: "claims.person-looked-for",
      async handle(request) {
        const { form, work, platform } = request;
        const number = figures(form.text("recipient"));
        const people =
          number === "" ? [] : await work((unit) => peopleOfRecipientNumber(unit, program, number));
        const [person] = people;
        if (!person)
          return intakePage(kind, request, form, {
            recipient:
              "この受給者番号の方はいません。番号を確かめるか、住民の検索から開いてください。",
          });
        const token =
          personPath(platform, person as PersonNumber)
            .split("/")
            .at(-1) ?? "";
        return moveOn(paths.person(token));
      },
    }),
  ];
}

/** Where claims are received one after the other. */
async function intakePage(
  kind: ClaimKind,
  { work, platform }: Pick<ScreenRequest, "work" | "platform">,
  values?: Values,
  errors?: FieldErrors,
): Promise<Reply> {
  const { program, title } = kind;
  const paths = claimPaths(program);
  const today = platform.clock.today();
  const { rows, people } = await work(async (unit) => {
    const recent = await recentClaims(unit, kind, 10);
    const numbers = recent.map(({ personNumber }) => personNumber);
    return { rows: recent, people: await peopleOfRows(unit, numbers) };
  });
  const heading = `${title} 償還払いの受付`;
  return page({
    title: heading,
    status: errors ? 422 : 200,
    breadcrumb: [{ title: "償還払いの受付" }],
    content: (
      <>
        <PageTitle actions={<ButtonLink href={paths.list}>支給申請の一覧</ButtonLink>}>
          {heading}
        </PageTitle>
        <Panel title="受給者">
          <Form action={paths.find} keys="search" values={values} errors={errors} focusFirst>
            <FieldRow>
              <TextField
                name="recipient"
                label="受給者番号"
                hint="受給者証の番号。Enterで領収書の入力に進みます。番号が分からないときは、住民の検索から開いてください。"
                inputMode="numeric"
                width={12}
                required
              />
            </FieldRow>
            <Actions>
              <Button>領収書を入力する</Button>
            </Actions>
          </Form>
        </Panel>
        <Panel title="最近入力した申請">
          <Table
            caption="最近入力した申請"
            rows={rows}
            href={({ id }) => paths.claim(id)}
            empty="あなたが入力した申請は、まだありません。"
            columns={[
              { title: "番号", cell: ({ number }) => number, nowrap: true },
              {
                title: "氏名・年齢",
                cell: ({ personNumber }) => (
                  <PersonCell person={people.get(personNumber)} today={today} />
                ),
              },
              {
                title: "状態",
                cell: ({ tone, stateTitle }) => <StateBadge tone={tone} title={stateTitle} />,
                nowrap: true,
              },
              {
                title: "受付日",
                cell: ({ receivedOn }) => showDateShort(receivedOn),
                nowrap: true,
              },
              { title: "領収書", cell: ({ receipts }) => `${receipts}枚`, align: "end" },
              { title: "領収額", cell: ({ paid }) => yen(paid), align: "end", nowrap: true },
            ]}
          />
        </Panel>
      </>
    ),
  });
}
