import { headOf } from "#src/platform/applications/index.ts";
import {
  identityMethodTitles,
  identitySchema,
  photoDocumentTitles,
  plainDocumentTitles,
} from "#src/platform/intake/index.ts";
import { Checkbox, CheckboxGroup, choicesOf, FieldGroup, RadioGroup } from "../components/index.ts";
import type { AnyRoute } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { findCase } from "./find-case.ts";
import { stepFormScreens } from "./step-screens.ts";

/** Whoever stands at the counter shows who they are (ACQ-1). */
export const identityScreens = (screens: AnyCaseScreens): AnyRoute[] =>
  stepFormScreens(screens, {
    said: "本人確認を記録しました。",
    page: "identity",
    right: "case.enter",
    purpose: "counter",
    audit: { opened: "identity-check.opened", sent: "identity-check.recorded" },
    async look(work, { caseId }) {
      const { found } = await findCase(work, screens, caseId);
      return { found, head: await headOf(work, found) };
    },
    title: () => "本人確認",
    Fields: IdentityFields,
    read: (form) =>
      identitySchema.safeParse({
        subject: form.text("subject"),
        method: form.text("method"),
        documents: form.all("documents"),
        mandateSeen: form.has("mandateSeen"),
      }),
    button: "記録する",
  });

function IdentityFields() {
  const withPhoto = choicesOf(photoDocumentTitles).map((one) => ({
    ...one,
    label: `${one.label}（写真付き）`,
  }));
  return (
    <>
      <FieldGroup title="窓口に来た方">
        <RadioGroup
          name="subject"
          label="来庁者"
          required
          value="applicant"
          options={choicesOf({ applicant: "申請者・届出者本人", agent: "代理人" })}
        />
        <Checkbox name="mandateSeen" label="委任状を確認した（代理人の場合）" />
      </FieldGroup>
      <FieldGroup title="確認した書類（番号は控えません）">
        <RadioGroup
          name="method"
          label="確認の方法"
          required
          options={choicesOf(identityMethodTitles)}
        />
        <CheckboxGroup
          name="documents"
          label="書類"
          options={[...withPhoto, ...choicesOf(plainDocumentTitles)]}
          hint="通知カード等の場合は写真付き1点、写真のない書類の場合は2点を選んでください。"
        />
      </FieldGroup>
    </>
  );
}
