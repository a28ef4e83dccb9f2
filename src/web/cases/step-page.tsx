import type { ComponentChildren } from "preact";
import type { CaseHead } from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import type { Problem } from "#src/platform/problem.ts";
import { type FieldErrors, PageTitle } from "../components/index.ts";
import { page, type Reply } from "../reply.ts";
import type { Values } from "../values.ts";
import { caseTitle } from "./find-case.ts";
import { HeadLine } from "./head-line.tsx";
import { casePath, listPath } from "./paths.ts";
import { ProblemNote } from "./sent.tsx";

/** A form of a step that was sent and not taken. */
export interface SentStep {
  form?: Values;
  errors?: FieldErrors;
  problem?: Problem;
}

interface StepPageParts {
  title: string;
  head: CaseHead;
  sent: SentStep;
  content: ComponentChildren;
}

/** The page on which a step asks for what it needs; a form that was not taken comes back filled in. */
export function stepPage(found: CaseRow, { title, head, sent, content }: StepPageParts): Reply {
  const heading = `${caseTitle(found)} ${title}`;
  const path = casePath(found);
  const { form, problem } = sent;
  return page({
    title: heading,
    status: problem ? problem.status : form ? 422 : 200,
    breadcrumb: [
      { title: "申請一覧", path: listPath(found.program) },
      { title: found.number, path },
      { title },
    ],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <HeadLine head={head} />
        {problem && <ProblemNote problem={problem} />}
        {content}
      </>
    ),
  });
}
