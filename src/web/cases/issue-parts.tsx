import { certificatesOfKind, titleOfSorts } from "#src/platform/applications/index.ts";
import type { CaseAction } from "#src/platform/cases/index.ts";
import { type Entitlement, nextIssue } from "#src/platform/entitlements/index.ts";
import {
  Badge,
  Button,
  ButtonLink,
  choicesOf,
  DefinitionList,
  DisabledAction,
  SelectField,
} from "../components/index.ts";
import { CertificateField } from "./certificate-field.tsx";
import { DraftedForm } from "./drafted-form.tsx";
import { CommentField, Period, StepFields } from "./parts.tsx";
import { casePath } from "./paths.ts";
import { questionOf } from "./question.ts";
import { reasonsOf } from "./reasons.ts";
import type { ShownCase } from "./show-case.ts";
import { nameIn, type Shown } from "./shown.ts";

/** Somebody's certificate that can be issued now. */
export interface Issuable {
  entitled: Entitlement;
  /** Under which the sort of certificate is recorded, and what it is called. */
  sort: string;
  title: string;
  issue: number;
  /** Whether one is valid, which this issue ends. */
  replaces: boolean;
  preview: string;
}

/** At first of everybody who has none, again of whatever is chosen; by a report those that it makes due. */
export function issuable({ shown }: ShownCase, { rule }: CaseAction): Issuable[] {
  const { certificates, entitlements, found } = shown.view;
  const kind = shown.screens.application;
  const of = (entitled: Entitlement, sort: string): Issuable => ({
    entitled,
    sort,
    title: titleOfSorts(kind, [sort]),
    issue: nextIssue(certificates, entitled.id, sort),
    replaces: certificates.some(
      (one) => one.entitlementId === entitled.id && one.kind === sort && one.endedOn === null,
    ),
    preview: `${casePath(found)}/preview/certificate?of=${entitlements.findIndex(({ id }) => id === entitled.id)}&sort=${sort}`,
  });
  if ("due" in shown.view) return shown.view.due.map(({ entitled, kind }) => of(entitled, kind));
  const granted = entitlements.filter(({ status }) => status === "granted");
  const cards = granted.map((entitled) => of(entitled, "card"));
  if (!rule.reasons) return cards.filter(({ replaces }) => !replaces);
  const others = Object.keys(certificatesOfKind(kind)).filter((sort) => sort !== "card");
  const held = granted.flatMap((entitled) =>
    others.map((sort) => of(entitled, sort)).filter(({ replaces }) => replaces),
  );
  return [...cards, ...held];
}

/** Person by person what is issued, and what it ends. */
export function IssueList(
  props: Shown & {
    action: CaseAction;
    rows: readonly Issuable[];
  },
) {
  const { view, action, rows } = props;
  // Again for one of several, who is chosen below.
  const ends =
    action.rule.reasons && rows.length > 1
      ? "この証を選ぶと無効になります"
      : "この操作で無効になります";
  return rows.map(({ entitled, sort, title, issue, replaces, preview }) => (
    <section
      key={`${entitled.id} ${sort}`}
      class="one-of-several"
      aria-label={`${nameIn(view, entitled.personNumber)}の${title}`}
    >
      {rows.length > 1 && (
        <h3>
          {nameIn(view, entitled.personNumber)} {title}{" "}
          <a href={preview} target="certificate">
            見本を見る
          </a>
        </h3>
      )}
      <DefinitionList
        items={[
          ...(rows.length > 1 ? [] : [["氏名", nameIn(view, entitled.personNumber)] as const]),
          ["受給者番号", entitled.recipientNumber],
          ["有効期間", <Period key="period" from={entitled.validFrom} to={entitled.validTo} />],
          ["発行", `${issue}回目`],
          [`これまでの${title}`, replaces ? <Badge tone="warning">{ends}</Badge> : "ありません"],
        ]}
      />
    </section>
  ));
}

/** The button that issues, with the reason and the person where it is issued again. */
export function IssueForm(props: Shown & { action: CaseAction; rows: readonly Issuable[] }) {
  const { screens, view, action, rows } = props;
  const { type, title, reasons, rule } = action;
  if (reasons.length > 0) return <DisabledAction reasons={reasons}>{title}</DisabledAction>;
  const path = casePath(view.found);
  return (
    <DraftedForm event={type} action={`${path}/step`} class="form stacked">
      <StepFields found={view.found} event={type} />
      {rule.reasons && (
        <SelectField
          name={`reason-${type}`}
          label="再交付の理由"
          required
          empty="選んでください"
          options={choicesOf(reasonsOf(screens.application, rule.reasons))}
        />
      )}
      {rule.reasons && rows.length > 1 && (
        <CertificateField {...props} name={`person-${type}`} label="再交付する証" choices={rows} />
      )}
      <CommentField event={type} />
      <Button confirm={questionOf(props, action)}>{title}</Button>{" "}
      <ButtonLink href={path}>戻る</ButtonLink>
    </DraftedForm>
  );
}
