import {
  beginVerification,
  carryOutVerification,
  listVerifications,
  sealingLag,
  sealState,
} from "#src/platform/audit/index.ts";
import type { Work } from "#src/platform/work.ts";
import { PageTitle } from "../../components/index.ts";
import { eventStream, page, redirect } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import { RunProgress, VerificationPanels } from "./verification.tsx";

const guard = { right: "audit.read", purpose: "audit" } as const;
const path = "/audit/verification";
const title = "改ざんの検証";

/** Whether the records are as they were written: one verification at a time, followed by whoever looks. */
export const verificationScreens = [
  defineRoute({
    ...guard,
    method: "get",
    path,
    audit: "audit.verification-opened",
    async handle({ work, platform }) {
      const late = await sealingLag(platform);
      const found = await work(async (unit) => ({
        seals: await sealState(unit),
        runs: await listVerifications(unit),
      }));
      return page({
        title,
        breadcrumb: [{ title: "アクセス記録", path: "/audit" }, { title }],
        content: (
          <>
            <PageTitle>{title}</PageTitle>
            <VerificationPanels {...found} late={late} />
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path,
    audit: "audit.verified",
    async handle({ work, platform }) {
      const id = await work(beginVerification);
      if (id === undefined)
        return redirect(path, { tone: "info", text: "検証はすでに進んでいます。" });
      // It goes on when the page is closed; how far it is stands in the register.
      carryOutVerification(platform, id).catch((error: Error & { code?: string }) =>
        console.error(`アクセス記録の検証: ${error.code ?? error.name}`),
      );
      return redirect(path, "検証を始めました。");
    },
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: `${path}/progress` as const,
    askedByPage: true,
    audit: "audit.verification-followed",
    handle: async ({ work }) =>
      eventStream(async function* (closed) {
        while (!closed.aborted) {
          const run = await work(running);
          if (!run) return;
          yield <RunProgress run={run} />;
          await new Promise((resolve) => setTimeout(resolve, 1_000));
        }
      }),
  }),
];

/** The verification that goes on now. */
async function running(work: Work) {
  const [last] = await listVerifications(work, 1);
  return last && !last.finishedAt ? last : undefined;
}
