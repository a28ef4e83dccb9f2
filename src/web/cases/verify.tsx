import { certificatesOfKind } from "#src/platform/applications/index.ts";
import { recordAudit } from "#src/platform/audit/write.ts";
import {
  certificateEndingTitles,
  findIssue,
  type Statement,
  type Verified,
  verifyStatement,
} from "#src/platform/entitlements/index.ts";
import type { Work } from "#src/platform/work.ts";
import {
  Actions,
  Badge,
  Button,
  DefinitionList,
  Form,
  Notification,
  PageTitle,
  Panel,
  TextField,
} from "../components/index.ts";
import { showDate } from "../dates.ts";
import { page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Values } from "../values.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { showPeriod } from "./parts.tsx";
import { verifyPath } from "./paths.ts";

/** Whether a certificate is genuine and still the valid one, by its QR code. */
export function verifyScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { program, certificate } = screens.application;
  const sorts = Object.entries(certificatesOfKind(screens.application));
  const shared = {
    program,
    right: "certificate.verify",
    purpose: "inquiry",
    path: verifyPath(program),
  } as const;
  const title = certificate.title;
  return [
    defineRoute({
      ...shared,
      method: "get",
      audit: "certificate-check.opened",
      handle: async () => checkPage({ program, title }),
    }),
    defineRoute({
      ...shared,
      method: "post",
      audit: "certificate.checked",
      async handle({ form, work, platform }) {
        const schemes = sorts.map(([, { statement }]) => statement);
        const verified = verifyStatement(form.text("statement"), schemes, {
          key: platform.keys.signingKey,
          today: platform.clock.today(),
        });
        if (!verified.genuine) return checkPage({ program, title, form, verified });
        const { prefix, statement } = verified;
        const [kind, sort] = sorts.find(([, one]) => one.statement.prefix === prefix) ?? [];
        const about = { program, title: sort?.title ?? title, kind: kind ?? "", statement };
        const known = await work((unit) => knownHere(unit, about));
        return checkPage({ program, title, form, verified, ...known });
      },
    }),
  ];
}

/** What only the register of certificates knows: whether this issue is still the valid one. */
async function knownHere(
  work: Work,
  about: { program: string; title: string; kind: string; statement: Statement },
): Promise<{ problem?: string }> {
  const { program, title, kind, statement } = about;
  const { recipientNumber, from, issue } = statement;
  const issued = await findIssue(work, { program, recipientNumber, from, issue, kind });
  if (!issued) return { problem: `台帳に、この${title}の発行記録がありません。` };
  const persons = [issued.personNumber];
  await recordAudit(work, { kind: "verify", action: "certificate.checked", persons });
  return issued.ending
    ? { problem: `この${title}は無効です（${certificateEndingTitles[issued.ending]}）。` }
    : {};
}

interface Check {
  program: string;
  title: string;
  form?: Values;
  verified?: Verified;
  problem?: string;
}

function checkPage({ program, title, form, verified, problem }: Check) {
  const problems = [...(verified?.problems ?? []), ...(problem ? [problem] : [])];
  const heading = `${title}の確認`;
  return page({
    title: heading,
    breadcrumb: [{ title: heading }],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <Form action={verifyPath(program)} keys="search" values={form}>
          <TextField
            name="statement"
            label="二次元コードの内容"
            hint="コードリーダーで読み取ると入力されます。"
            required
            autofocus
            width={40}
          />
          <Actions>
            <Button shortcut="Enter">確認する</Button>
          </Actions>
        </Form>
        {verified && (
          <Panel
            title="確認の結果"
            actions={
              problems.length === 0 ? (
                <Badge tone="success">有効</Badge>
              ) : (
                <Badge tone="error">要確認</Badge>
              )
            }
          >
            {problems.length > 0 && (
              <Notification tone="error">
                <ul>
                  {problems.map((one) => (
                    <li key={one}>{one}</li>
                  ))}
                </ul>
              </Notification>
            )}
            {verified.genuine && (
              <>
                <p>本市が発行した{title}です。券面の記載と次の内容が同じことを確かめてください。</p>
                <Facts statement={verified.statement} />
              </>
            )}
          </Panel>
        )}
      </>
    ),
  });
}

const Facts = ({ statement }: { statement: Statement }) => (
  <DefinitionList
    columns={2}
    items={[
      ["公費負担者番号", statement.payerNumber],
      ["受給者番号", statement.recipientNumber],
      ["生年月日", showDate(statement.birthDate)],
      ["有効期間", showPeriod(statement.from, statement.until)],
      ["発行日", showDate(statement.issuedOn)],
      ["発行回数", `${statement.issue}回目`],
    ]}
  />
);
