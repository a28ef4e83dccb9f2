import { Actions, Button, type FieldErrors, Form, TextField } from "../components/index.ts";

/** Shown instead of any page while the session is locked; the same page comes back after the password. */
export function LockedPage(props: { staffName: string; back: string; errors?: FieldErrors }) {
  return (
    <>
      <h1>画面をロックしています</h1>
      <p class="lead">
        {props.staffName && `${props.staffName} さん、`}
        続けるにはパスワードを入力してください。15分間操作がないときも自動でロックされます。
      </p>
      <Form action="/unlock" errors={props.errors} class="form stacked">
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
        <Actions>
          <Button>ロックを解除する</Button>
        </Actions>
      </Form>
      <Form action="/locked/sign-out" keys="search" class="form">
        <Button look="quiet">別の職員でサインインする（この利用を終了）</Button>
      </Form>
    </>
  );
}
