import { useSent } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  DefinitionList,
  Form,
  NumberField,
  Panel,
} from "#src/web/components/index.ts";
import { punchedItemTitle } from "../../punched-files/items.ts";
import type { FileRow } from "../../punched-files/move.ts";
import type { Accuracy } from "../../punched-files/rekeying.ts";
import { paths } from "../paths.ts";
import { rowsInWords } from "./parts.tsx";

/** 再入力検査: how well the contractor keyed, by rows that were keyed once more. */
export function AccuracyPanel(props: { file: FileRow; accuracy: Accuracy; enters: boolean }) {
  const { file, accuracy, enters } = props;
  const open = file.state === "judged" || file.state === "taken";
  const { values, errors } = useSent("draw");
  if (accuracy.drawn === 0 && !(open && enters)) return null;
  const right = accuracy.items - accuracy.differing;
  return (
    <Panel title="再入力検査">
      {accuracy.drawn === 0 ? (
        <Form
          action={`${paths.punchedFile(file.id)}/draws`}
          class="form stacked"
          values={values}
          errors={errors ?? {}}
        >
          <NumberField
            name="many"
            label="抜き取る行の数"
            required
            width={8}
            value="20"
            hint="無作為に抜き取り、委託先の入力を見ずに原本から入れ直して、正しさを測ります。"
          />
          <Actions>
            <Button look="secondary">抜き取る</Button>
          </Actions>
        </Form>
      ) : (
        <>
          <DefinitionList
            columns={3}
            items={[
              ["抜き取った行", rowsInWords(accuracy.drawn)],
              ["入れ直した行", rowsInWords(accuracy.keyed)],
              [
                "正しさ（項目）",
                accuracy.items === 0
                  ? "―"
                  : `${((100 * right) / accuracy.items).toFixed(2)}%（${right}／${accuracy.items}）`,
              ],
              [
                "違った項目",
                accuracy.byItem
                  .map(({ item, count }) => `${punchedItemTitle(item)} ${count}`)
                  .join("、") || "なし",
              ],
            ]}
          />
          {open && enters && accuracy.keyed < accuracy.drawn && (
            <Actions>
              <ButtonLink href={paths.punchedRekeying(file.id)}>次の行を入れ直す</ButtonLink>
            </Actions>
          )}
        </>
      )}
    </Panel>
  );
}
