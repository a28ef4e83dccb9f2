import { applyEvent, CaseConflict } from "#src/platform/cases/index.ts";
import { documentStatusTitles } from "#src/platform/intake/index.ts";
import {
  Button,
  choicesOf,
  DefinitionList,
  Disclosure,
  Form,
  Panel,
  RadioGroup,
} from "../components/index.ts";
import { eventOf } from "./event-of.ts";
import type { PanelForm } from "./panel-form.ts";
import { StepFields } from "./parts.tsx";
import { casePath } from "./paths.ts";
import { readStep } from "./read-step.ts";
import { useSent } from "./sent.tsx";
import type { Shown } from "./shown.ts";

/** What was seen of the documents asked for; a form where it may be recorded now. Those not asked for stand behind. */
export function DocumentsPanel({ screens, view }: Shown) {
  const { values, errors, problem } = useSent("documents");
  const action = view.actions.find(({ rule }) => rule.panel === "documents");
  const statusOf = new Map(view.documentChecks.map(({ code, status }) => [code, status]));
  if (!action && statusOf.size === 0) return null;
  const rows = Object.entries(screens.application.documents).map(
    ([code, document]) => [code, document, statusOf.get(code) ?? "not-needed"] as const,
  );
  const asked = rows.filter(([, , status]) => status !== "not-needed");
  if (!action || action.reasons.length > 0) {
    return (
      <Panel title="書類">
        <DefinitionList
          items={asked.map(
            ([, { title }, status]) => [title, documentStatusTitles[status]] as const,
          )}
        />
      </Panel>
    );
  }
  // Somebody else recorded another status meanwhile: told at each document, so that it is not replaced unseen.
  const recorded =
    values && problem instanceof CaseConflict
      ? asked.filter(([code, , status]) => values.has(code) && values.text(code) !== status)
      : [];
  const clashes = Object.fromEntries(
    recorded.map(([code, { title }, status]) => [
      code,
      `${title}: 今の記録は「${documentStatusTitles[status]}」です。どちらにするか確かめてください。`,
    ]),
  );
  const field = ([code, { title, hint }, status]: (typeof rows)[number]) => (
    <RadioGroup
      key={code}
      name={code}
      label={title}
      hint={hint}
      value={status}
      options={choicesOf(documentStatusTitles)}
    />
  );
  return (
    <Panel title="書類">
      <Form
        action={`${casePath(view.found)}/documents`}
        values={values}
        errors={{ ...errors, ...clashes }}
      >
        <StepFields found={view.found} />
        {asked.map(field)}
        {asked.length < rows.length && (
          <Disclosure title="ほかの書類">
            {rows.filter((row) => !asked.includes(row)).map(field)}
          </Disclosure>
        )}
        <Button look="secondary">書類の確認を記録する</Button>
      </Form>
    </Panel>
  );
}

export const documentsForm: PanelForm = {
  path: "documents",
  audit: "documents.checked",
  purpose: "case",
  event: () => "documents",
  async run(work, { screens, found, form }) {
    const codes = Object.keys(screens.application.documents);
    const input = Object.fromEntries(
      codes.flatMap((code) => (form.text(code) ? [[code, form.text(code)]] : [])),
    );
    const event = { type: eventOf(found, { panel: "documents" }) };
    await applyEvent(work, { ...readStep(found.id, form), event, input });
    return undefined;
  },
};
