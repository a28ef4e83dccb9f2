import {
  Actions,
  Button,
  ButtonLink,
  type FieldErrors,
  Form,
  Panel,
  RadioGroup,
} from "../components/index.ts";
import type { Values } from "../values.ts";
import { type Clash, takeName } from "./clashes.ts";
import { StepFields } from "./parts.tsx";

/** What the form of a step carries beside its fields. */
const own = new Set(["_csrf", "key", "revision", "base", "chosen"]);

/** Field by field what somebody else saved beside what the person has; all that was typed goes along. */
export function ClashForm(props: {
  action: string;
  back: string;
  form: Values;
  clashes: readonly Clash[];
  /** Of the case when the form was opened, and as it stands now. */
  base: number;
  revision: number;
  errors: FieldErrors;
  /** 保存する. */
  button: string;
}) {
  const { action, back, form, clashes, base, revision, errors, button } = props;
  const typed = form.names().filter((name) => !own.has(name) && !name.startsWith("take:"));
  return (
    <Panel title={`ほかの職員の入力との違い（${clashes.length}項目）`}>
      <p>項目ごとに、どちらを残すか選んでください。選ぶまで、どちらの入力も変わりません。</p>
      <Form action={action} values={form} errors={errors} unsaved>
        <StepFields found={{ revision }} />
        <input type="hidden" name="base" value={base} />
        {typed.flatMap((name) =>
          form
            .all(name)
            .map((value, n) => (
              <input key={`${name} ${n}`} type="hidden" name={name} value={value} />
            )),
        )}
        {clashes.map(({ name, title, base, theirs, mine, proposed }, at) => (
          <RadioGroup
            key={name}
            name={takeName(name)}
            label={title}
            required
            autofocus={at === 0}
            value={proposed}
            hint={`画面を開いたとき: ${base}`}
            options={[
              { value: "theirs", label: `ほかの職員の入力: ${theirs}` },
              { value: "mine", label: `自分の入力: ${mine}` },
            ]}
          />
        ))}
        <Actions>
          <Button shortcut="Ctrl+Enter" name="chosen" value="save">
            選んだ内容で{button}
          </Button>
          <Button look="secondary" name="chosen" value="show">
            選んだ内容を入力欄に移して確かめる
          </Button>
          <ButtonLink href={back}>やめて申請の画面へ戻る</ButtonLink>
        </Actions>
      </Form>
    </Panel>
  );
}

/** Fields for which the person has not said whose value is kept. */
export const undecided = (form: Values, clashes: readonly Clash[]): FieldErrors =>
  Object.fromEntries(
    clashes
      .filter(({ name }) => !form.has(takeName(name)))
      .map(({ name, title }) => [takeName(name), `「${title}」を、どちらにするか選んでください。`]),
  );
