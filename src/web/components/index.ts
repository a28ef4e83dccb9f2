export { Button, ButtonLink, DisabledAction } from "./buttons.tsx";
export {
  Checkbox,
  CheckboxGroup,
  type Choice,
  choicesOf,
  RadioGroup,
  RowChoice,
  SelectField,
} from "./choices.tsx";
export type { FieldErrors } from "./context.ts";
export {
  Badge,
  LiveRegion,
  Notification,
  Progress,
  ProtectedBanner,
  type Tone,
} from "./feedback.tsx";
export {
  ColourField,
  DateField,
  FileField,
  KanaField,
  NumberField,
  PostalCodeField,
  TextArea,
  TextField,
} from "./fields.tsx";
export { type FlowStep, StepPicture, TimeLine } from "./flow.tsx";
export { Actions, FieldGroup, FieldRow, Form } from "./form.tsx";
export { Columns, Disclosure, PageTitle, Panel, PrintPreview, Tabs } from "./structure.tsx";
export {
  DefinitionList,
  type Difference,
  DiffTable,
  EmptyState,
  Pagination,
  Table,
} from "./table.tsx";
