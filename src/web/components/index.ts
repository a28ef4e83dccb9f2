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
export type { FieldErrors, ShownField } from "./context.ts";
export { RowDecision } from "./decision.tsx";
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
  NamedField,
  NumberField,
  PostalCodeField,
  ReasonField,
  TextArea,
  TextField,
} from "./fields.tsx";
export { FilterLinks } from "./filter-links.tsx";
export { type FlowStep, StepPicture, TimeLine } from "./flow.tsx";
export { Actions, AskedBy, FieldGroup, FieldRow, Form, GroupMistake } from "./form.tsx";
export { PickField } from "./pick.tsx";
export { SecurityKeyForm } from "./security-key.tsx";
export { shownFields } from "./shown-fields.ts";
export { FirstButton, ROWS_BUTTON, SpecFields } from "./spec-fields.tsx";
export { Columns, Disclosure, PageTitle, Panel, PrintPreview, Tabs } from "./structure.tsx";
export {
  type Column,
  DefinitionList,
  type Difference,
  DiffTable,
  EmptyState,
  Pagination,
  Table,
} from "./table.tsx";
