import { fileFor, type Provided, type ProvisionRule } from "#src/platform/provision/index.ts";
import { PageTitle } from "../../components/index.ts";
import { showMoment } from "../../dates.ts";
import { download, page, type Reply } from "../../reply.ts";
import type { ScreenRequest } from "../../route.ts";
import { Lines } from "./parts.tsx";

/** What is provided, in the way of its rule: a file that the recipient alone can open, or a sheet to print. */
export async function handOut(
  { platform, actor }: Pick<ScreenRequest, "platform" | "actor">,
  { request, rule, lines }: Extract<Provided, { outcome: "provided" }>,
  rules: readonly ProvisionRule[],
): Promise<Reply> {
  const by = rules.find(({ id }) => id === rule);
  if (!by) throw new Error("the rule of a provision was not found");
  if (by.publicKey)
    return download(
      `provision-${request}.csv.age`,
      "application/octet-stream",
      await fileFor(by.publicKey, lines),
    );
  const title = `提供票 第${request}号`;
  return page({
    title,
    breadcrumb: [{ title: "提供・移転の記録", path: "/provisions" }, { title }],
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <p class="lead">
          提供先 {by.recipient}（{by.work}）　根拠 {by.legalBasis}　
          {showMoment(platform.clock.now())}　{actor.staffName}。この画面を印刷して渡してください。
        </p>
        <Lines lines={lines} />
      </>
    ),
  });
}
