import { Actions, Button, Form, TextField } from "./components/index.ts";
import { UnlockCode } from "./shell/lock-page.tsx";

/** Every key that does something, shown on `?`. */
const shortcuts = [
  ["/", "検索欄へ移る"],
  ["?", "この一覧を開く・閉じる"],
  ["F1", "この画面の手引きを別の画面で開く"],
  ["↑ ↓", "一覧の行を移る"],
  ["スペース", "選択欄のある一覧で、その行を選ぶ"],
  ["Enter", "一覧の行を開く／入力画面では次の項目へ"],
  ["Shift+Enter", "前の項目へ"],
  ["Ctrl+Enter", "画面の主な入力を送る（どこにいても）"],
  ["Alt+T", "理由やメモの欄に定型文を入れる"],
  ["Alt+H", "ホームへ"],
  ["Alt+P", "住民検索へ"],
  ["Alt+U", "住民の画面で、申請の受付へ移る（続けて押すと次の事務へ）"],
  ["Alt+L", "離席ロック"],
  ["Esc", "開いた窓を閉じる"],
] as const;

/** The keys over the page, opened with `?`. */
export function ShortcutHelp() {
  return (
    <dialog id="shortcuts" class="dialog" aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">キーボード操作</h2>
      <ShortcutList />
      <form method="dialog">
        <button type="submit" class="button button-secondary">
          閉じる
        </button>
      </form>
    </dialog>
  );
}

/** The keys and what they do, as a list. */
export function ShortcutList() {
  return (
    <dl class="shortcut-list">
      {shortcuts.map(([keys, what]) => (
        <div key={keys}>
          <dt>
            {keys.split(" ").map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Covers the page while the screen is locked, so that what was being entered is still there afterwards. */
export function LockDialog({ staffName }: { staffName: string }) {
  return (
    <dialog id="lock" class="dialog" aria-labelledby="lock-title">
      <h2 id="lock-title">画面をロックしています</h2>
      <p class="lead">{staffName} さん、続けるにはパスワードを入力してください。</p>
      <Form action="/unlock" keys="search" class="form stacked">
        <TextField
          name="password"
          label="パスワード"
          type="password"
          width={20}
          autocomplete="current-password"
          idPrefix="lock"
        />
        <div id="lock-second-factor" hidden>
          <UnlockCode idPrefix="lock" />
        </div>
        <p class="field-error" id="lock-error" role="alert" />
        <Actions>
          <Button>ロックを解除する</Button>
        </Actions>
      </Form>
    </dialog>
  );
}

/** The sentences of the office for the field that asked (定型文); filled by the script. */
export function PhraseDialog() {
  return (
    <dialog id="phrases" class="dialog" aria-labelledby="phrases-title">
      <h2 id="phrases-title">定型文</h2>
      <div id="phrase-choices" />
      <form method="dialog">
        <button type="submit" class="button button-secondary">
          やめる
        </button>
      </form>
    </dialog>
  );
}

/** Filled by the script with the question of `data-confirm`. */
export function ConfirmDialog() {
  return (
    <dialog id="confirm" class="dialog" aria-labelledby="confirm-question">
      <p id="confirm-question" />
      <form method="dialog" class="actions">
        <button type="submit" value="yes" class="button button-primary">
          実行する
        </button>
        <button type="submit" value="" class="button button-secondary">
          やめる
        </button>
      </form>
    </dialog>
  );
}
