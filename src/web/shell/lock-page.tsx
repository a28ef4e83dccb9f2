import { Actions, Button, type FieldErrors, Form, TextField } from "../components/index.ts";

/** Shown instead of any page while the session is locked; the same page comes back after the password. */
export function LockedPage(props: {
  staffName: string;
  /** Nothing was done for so long that the one-time code is asked for too. */
  needsCode: boolean;
  back: string;
  errors?: FieldErrors;
  /** A form was sent into the lock: what was typed is carried over to its page. */
  carries?: boolean;
}) {
  return (
    <>
      <h1>画面をロックしています</h1>
      <p class="lead">
        {props.staffName && `${props.staffName} さん、`}
        続けるにはパスワード{props.needsCode && "と確認コード"}
        を入力してください。一定の時間操作がないときも自動でロックされます。
      </p>
      <div data-locked={props.back} data-carries={props.carries ? "" : undefined}>
        <Form action="/unlock" errors={props.errors} keys="search" class="form stacked">
          <input type="hidden" name="back" value={props.back} />
          <TextField
            name="password"
            label="パスワード"
            type="password"
            required
            width={20}
            autocomplete="current-password"
            autofocus
          />
          {props.needsCode && <UnlockCode />}
          <Actions>
            <Button>ロックを解除する</Button>
          </Actions>
        </Form>
      </div>
      <Form action="/locked/sign-out" keys="search" class="form">
        <Button look="quiet">別の職員でサインインする（この利用を終了）</Button>
      </Form>
    </>
  );
}

/** The second factor, which a lock takes after an hour without anything done. */
export function UnlockCode({ idPrefix = "field" }: { idPrefix?: string }) {
  return (
    <TextField
      name="code"
      label="確認コード（6桁）"
      width={8}
      inputMode="numeric"
      autocomplete="one-time-code"
      hint="操作がない時間が長かったため、認証アプリの確認コードも必要です。"
      idPrefix={idPrefix}
    />
  );
}
