import { Button, type FieldErrors, Form, SelectField, TextField } from "../../components/index.ts";
import type { Values } from "../../values.ts";

interface SearchBoxProps {
  values?: Values | undefined;
  errors?: FieldErrors | undefined;
  /** Choices to narrow by; left out on the home page. */
  offices?: readonly { code: string; name: string }[];
  autofocus?: boolean;
}

/** One box for name, kana, birth date and number. */
export function SearchBox({ values, errors, offices, autofocus }: SearchBoxProps) {
  return (
    <Form action="/people" keys="search" values={values} errors={errors} class="form search-form">
      <div class="search-bar">
        <TextField
          name="q"
          label="住民検索（氏名・カナ・生年月日・番号）"
          type="search"
          width={offices ? 30 : 40}
          autofocus={autofocus ?? false}
        />
        {offices && (
          <>
            <SelectField
              name="sex"
              label="性別"
              empty="指定なし"
              options={[
                { value: "female", label: "女" },
                { value: "male", label: "男" },
              ]}
            />
            <SelectField
              name="office"
              label="区"
              empty="指定なし"
              options={offices.map(({ code, name }) => ({ value: code, label: name }))}
            />
            <TextField name="town" label="町名（先頭）" width={8} />
          </>
        )}
        <Button>検索</Button>
      </div>
    </Form>
  );
}
