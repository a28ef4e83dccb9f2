import type { Form as PaperForm } from "#forms/index.ts";
import {
  type Faults,
  isColour,
  largestImage,
  placesOf,
  purposes,
  reductionPart,
  type Settings,
  textPart,
} from "#src/platform/printing/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  Actions,
  Button,
  ButtonLink,
  Checkbox,
  CheckboxGroup,
  ColourField,
  Columns,
  DateField,
  Disclosure,
  FieldGroup,
  FileField,
  Form,
  Panel,
  PrintPreview,
  TextArea,
  TextField,
} from "../../components/index.ts";
import { showDateShort } from "../../dates.ts";
import type { Values } from "../../values.ts";
import { Lines, Picture } from "./parts.tsx";
import { imageFields } from "./read-proposal.ts";
import {
  type PrintingProgram,
  paths,
  placesInWords,
  previewFrame,
  purposeTitles,
  textTitle,
} from "./words.ts";

interface EntryProps {
  program: PrintingProgram;
  today: IsoDate;
  settings: Settings;
  values: Values | undefined;
  faults: Faults;
}

/** All that a city sets for the papers of a 事務, with the paper beside it. */
export function EntryForm({ program, today, settings, values, faults }: EntryProps) {
  const { id, papers } = program;
  const { issuer, reduceTo } = settings.content;
  return (
    <Columns wide="first">
      <Form action={paths.entry(id)} files values={values} errors={faults}>
        <FieldGroup title="発行者">
          <TextField name="issuerTitle" label="職名" required value={issuer.title} width={20} />
          <TextField name="issuerName" label="氏名" required value={issuer.name} width={20} />
          <ImageField
            name="seal"
            label="公印"
            png={settings.seal}
            hint="縦と横が同じ長さの PNG 画像。印影は 21 mm 角で印字します。ないときは（公印省略）と印字します。"
          />
          <ImageField
            name="logo"
            label="ロゴ"
            png={settings.logo}
            hint="PNG 画像。通知の右上に、高さ 8 mm までで印字します。"
          />
        </FieldGroup>
        <FieldGroup title="帳票の文言">
          {papers.forms.map((form) => (
            <FormTexts
              key={form.id}
              program={id}
              form={form}
              settings={settings}
              opened={isOpen(form, settings, faults)}
            />
          ))}
        </FieldGroup>
        <FieldGroup title="縮退・適用">
          <TextArea
            name="reduceTo"
            label="縮退で置き換える字"
            rows={3}
            value={Object.entries(reduceTo)
              .map((pair) => pair.join(" "))
              .join("\n")}
            hint="1行に、もとの1字と置き換える1字を空白で分けて入力します。例: 髙 高　縮退を認めた帳票と項目だけで置き換えます。"
          />
          <DateField
            name="validFrom"
            label="適用開始日"
            required
            value={showDateShort(today)}
            hint="この日から発行する帳票に使います。発行した帳票は変わりません。"
          />
        </FieldGroup>
        <Actions>
          <Button shortcut="Ctrl+Enter">起案する</Button>
          <ButtonLink href={paths.program(id)}>やめる</ButtonLink>
        </Actions>
      </Form>
      <div class="beside">
        <Panel title="見本">
          <PrintPreview
            src={paths.preview(id, papers.forms[0]?.id ?? "")}
            title="見本"
            frame={previewFrame}
          />
        </Panel>
      </div>
    </Columns>
  );
}

/** A form is open where the city has its own words, or something is wrong. */
function isOpen({ id, wording = {} }: PaperForm<unknown>, settings: Settings, faults: Faults) {
  const { content } = settings;
  const wrong = Object.keys(wording).some((key) => textPart(id, key) in faults);
  return wrong || reductionPart(id) in faults || id in content.wording || id in content.reduceFor;
}

function FormTexts(props: {
  program: string;
  form: PaperForm<unknown>;
  settings: Settings;
  opened: boolean;
}) {
  const { program, form, settings, opened } = props;
  const { wording, reduceFor } = settings.content;
  const changed = Object.keys(wording[form.id] ?? {}).length;
  return (
    <Disclosure
      title={`${form.title}${changed > 0 ? `（市の文言 ${changed}か所）` : ""}`}
      open={opened}
    >
      <div class="standing-texts">
        {Object.entries(form.wording ?? {}).map(([key, builtIn]) => (
          <StandingText
            key={key}
            name={textPart(form.id, key)}
            label={textTitle(key)}
            builtIn={builtIn}
            own={wording[form.id]?.[key]}
          />
        ))}
        <CheckboxGroup
          name={reductionPart(form.id)}
          label="縮退を認める"
          values={reduceFor[form.id] ?? []}
          options={purposes.map((value) => ({ value, label: purposeTitles[value] }))}
        />
        <div class="inline-buttons">
          <Button
            look="secondary"
            name="preview"
            value={form.id}
            formAction={paths.entryPreview(program)}
            formTarget={previewFrame}
          >
            {form.title}の見本を見る
          </Button>
        </div>
      </div>
    </Disclosure>
  );
}

function StandingText(props: {
  name: string;
  label: string;
  builtIn: string;
  own: string | undefined;
}) {
  const { name, label, builtIn, own } = props;
  if (isColour(builtIn)) return <ColourField name={name} label={label} value={own ?? builtIn} />;
  const places = [...new Set(placesOf(builtIn))].map((place) => placesInWords(`{${place}}`));
  const rows = Math.min(8, Math.ceil((own ?? builtIn).length / 32) + 1);
  return (
    <>
      <TextArea
        name={name}
        label={label}
        rows={rows}
        value={placesInWords(own ?? builtIn)}
        hint={places.length > 0 ? `差し込み: ${places.join("、")}` : undefined}
      />
      <div class="built-in">
        <span class="built-in-title">付属の文言</span>
        <Lines>{placesInWords(builtIn)}</Lines>
      </div>
    </>
  );
}

function ImageField(props: {
  name: "seal" | "logo";
  label: string;
  png: Uint8Array | null;
  hint: string;
}) {
  const { name, label, png, hint } = props;
  const { kept, removed } = imageFields(name);
  return (
    <>
      {png && (
        <>
          <input type="hidden" name={kept} value={Buffer.from(png).toString("base64")} />
          <div class="field">
            <span class="field-label">{label}の画像</span>
            <div class="field-body">
              <Picture png={png} label={label} />
            </div>
          </div>
        </>
      )}
      <FileField
        name={name}
        label={png ? `${label}を替える` : label}
        accept="image/png"
        hint={`${hint}${largestImage / 1024} KB以内。`}
      />
      {png && <Checkbox name={removed} label={`${label}を使わない`} />}
    </>
  );
}
