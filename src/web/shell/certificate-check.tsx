import {
  Actions,
  Button,
  DefinitionList,
  Form,
  Notification,
  PageTitle,
  Panel,
  TextArea,
} from "../components/index.ts";
import { page } from "../reply.ts";
import { defineRoute } from "../route.ts";
import type { CertificateCheck, ProgramScreens } from "../screens.ts";
import type { Values } from "../values.ts";

const guard = { right: "certificate.verify", purpose: "inquiry" } as const;
const title = "受給者証の確認";

/** Checks the text of a certificate's QR code, of whichever 事務 issued it. */
export function certificateScreens(programs: readonly ProgramScreens[]) {
  const checking = programs.filter((program) => program.checkCertificate);
  return [
    defineRoute({
      ...guard,
      method: "get",
      path: "/certificates/check",
      audit: "certificate.check-opened",
      handle: async () => checkPage(undefined, undefined),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: "/certificates/check",
      audit: "certificate.checked",
      async handle({ form, work }) {
        const text = form.text("code").normalize("NFKC");
        if (!text) return checkPage(form, undefined, "二次元コードを読み取ってください。");
        for (const program of checking) {
          const found = await work(async (unit) => program.checkCertificate?.(unit, text), {
            program: program.id,
          });
          if (found) return checkPage(form, found);
        }
        return checkPage(form, {
          genuine: false,
          facts: [],
          problems: ["この市が発行した受給者証の二次元コードではありません。"],
        });
      },
    }),
  ];
}

function checkPage(
  values: Values | undefined,
  found: CertificateCheck | undefined,
  wrong?: string,
) {
  return page({
    title,
    breadcrumb: [{ title }],
    status: wrong ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        {found && <Outcome found={found} />}
        <Panel title="二次元コード">
          <Form
            action="/certificates/check"
            values={values}
            errors={wrong ? { code: wrong } : {}}
            keys="search"
          >
            <TextArea
              name="code"
              label="読み取った文字列"
              required
              autofocus
              hint="二次元コードリーダーで読み取ると、ここに文字列が入ります。Ctrl+Enterで確認します。"
            />
            <Actions>
              <Button shortcut="Ctrl+Enter">確認する</Button>
            </Actions>
          </Form>
        </Panel>
      </>
    ),
  });
}

function Outcome({ found }: { found: CertificateCheck }) {
  const good = found.genuine && found.problems.length === 0;
  const verdict = good
    ? "本物で、有効です。"
    : found.genuine
      ? "本物ですが、いまは使えません。"
      : "本物と確認できません。";
  return (
    <Notification tone={good ? "success" : found.genuine ? "warning" : "error"} title={verdict}>
      <ul>
        {found.problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
      {found.facts.length > 0 && <DefinitionList columns={2} items={found.facts} />}
    </Notification>
  );
}
