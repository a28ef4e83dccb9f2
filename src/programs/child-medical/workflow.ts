import { declareWorkflow } from "#src/platform/cases/index.ts";
import { changeV1 } from "#workflows/child-medical/change-machine.ts";
import { applicationV1 } from "#workflows/child-medical/machine.ts";
import { carryOutApplication } from "./carry-out.ts";
import { carryOutChange } from "./change.ts";
import { type ChangeLetterKind, makeChangeLetter } from "./change-papers.ts";
import { applicationContext, changeContext } from "./context.ts";
import { issueLetter, type LetterKind, makeLetter } from "./papers.ts";

export const program = "child-medical";

declareWorkflow({
  program,
  kind: applicationV1.kind,
  versions: [applicationV1],
  context: applicationContext,
  carryOut: carryOutApplication,
  effect: (work, found, { params }) =>
    issueLetter(work, found, params.kind as LetterKind, makeLetter),
});

declareWorkflow({
  program,
  kind: changeV1.kind,
  versions: [changeV1],
  context: changeContext,
  carryOut: carryOutChange,
  effect: (work, found, { params }) =>
    issueLetter(work, found, params.kind as ChangeLetterKind, makeChangeLetter),
});
