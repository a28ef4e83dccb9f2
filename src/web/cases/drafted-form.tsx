import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { DraftMark } from "#src/platform/intake/index.ts";
import {
  Actions,
  Button,
  ButtonLink,
  Disclosure,
  Form,
  Notification,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import type { Values } from "../values.ts";
import { useSent } from "./sent.tsx";

/** The drafts of a person in the forms of a page of a case. */
export interface FormDrafts {
  /** The case, and the page behind its address on which the forms stand; none for its own page. */
  path: `/${string}`;
  page?: FormPage | undefined;
  /** By event or panel. */
  marks: ReadonlyMap<string, DraftMark>;
  /** The one that is gone on with. */
  opened?: { event: string; form: Values } | undefined;
}

/** Pages with forms of their own, besides the page of the case. */
export const formPages = ["decision", "issue", "inquiry"] as const;
type FormPage = (typeof formPages)[number];

export const DraftsContext = createContext<FormDrafts | undefined>(undefined);

interface Props {
  /** What it sends: the event of the machine, or the form of a panel (`useSent`). */
  event: string;
  action: string;
  /** What it does, where its place does not say so. */
  title?: string;
  class?: string;
  children: ComponentChildren;
}

/**
 * One of several forms on a page of a case: comes back filled in when it was refused, and keeps a draft of its own where drafts
 * are kept. A draft is gone on with or given up before anything else is typed into it.
 */
export function DraftedForm({ event, title, ...form }: Props) {
  const { values, errors, sent } = useSent(event);
  const drafts = useContext(DraftsContext);
  const mark = drafts?.marks.get(event);
  const opened = drafts?.opened?.event === event ? drafts.opened.form : undefined;
  if (drafts && mark && !sent && !opened)
    return <Offer drafts={drafts} event={event} title={title} mark={mark} />;
  return (
    <Form
      {...form}
      id={`form-${event}`}
      values={values ?? opened}
      errors={errors}
      {...(drafts ? { draft: `${drafts.path}/drafts/${event}` } : {})}
      focusFirst={opened !== undefined}
    />
  );
}

/** The same behind its title; open where it was refused or a draft waits. */
export function DraftedDisclosure({ title, ...form }: Omit<Props, "title"> & { title: string }) {
  const { sent } = useSent(form.event);
  const waits = useContext(DraftsContext)?.marks.has(form.event) ?? false;
  return (
    <Disclosure title={title} open={sent || waits}>
      <DraftedForm {...form} />
    </Disclosure>
  );
}

function Offer(props: {
  drafts: FormDrafts;
  event: string;
  title: string | undefined;
  mark: DraftMark;
}) {
  const { path, page } = props.drafts;
  const query = new URLSearchParams({ draft: props.event });
  return (
    <Notification
      tone="info"
      title={`${props.title ? `「${props.title}」の` : ""}保存していない下書きがあります（${showMoment(props.mark.keptAt)}）。`}
    >
      <Form action={`${path}/drafts/${props.event}/discard`} keys="search">
        {page && <input type="hidden" name="page" value={page} />}
        <Actions>
          <ButtonLink href={`${path}${page ? `/${page}` : ""}?${query}#form-${props.event}`}>
            続きから入力する
          </ButtonLink>
          <Button look="danger" confirm="下書きを破棄します。元に戻せません。よろしいですか。">
            下書きを破棄する
          </Button>
        </Actions>
      </Form>
    </Notification>
  );
}
