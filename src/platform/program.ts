import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Right } from "./access/rights.ts";
import type { RecordItem } from "./evidence/record-item.ts";
import type { JobHandler, ScheduledJob } from "./jobs/index.ts";
import type { ParameterTrial } from "./parameters/trial.ts";
import type { ProgramPapers } from "./printing/program-papers.ts";
import type { AnyTimelineSource } from "./timeline/index.ts";
import type { Work } from "./work.ts";

/** An entry of the left menu; shown only to those who hold the right. */
export interface MenuItem {
  title: string;
  path: `/${string}`;
  right: Right;
  /** Names a number of `menuCounts` shown beside the title. */
  count?: string;
  /** The part of a long menu under which it stands; entries of one part follow each other. */
  part?: string;
  /** Where further pages of it lie that do not begin with its address. */
  also?: readonly `/${string}`[];
}

/** Entries of a menu under the heading of a part. */
export function under(part: string, items: readonly MenuItem[]): MenuItem[] {
  return items.map((item) => ({ ...item, part }));
}

/** Something that waits for the person, was sent on by them, or came back to them. */
export interface WorkItem {
  /** `waiting`: my own work. `support`: I can stand in for others. `sent`: I sent it on. `returned`: it came back to me. */
  list: "waiting" | "support" | "sent" | "returned";
  /** What is to be done, such as 審査待ち, 決裁待ち; items of one kind are counted together. */
  kind: string;
  /** What it is about, such as 「こども医療費助成 申請 R8-001234」. */
  title: string;
  path: `/${string}`;
  /** Since when it waits. */
  since: Date;
  deadline?: IsoDate;
  /** Where it stands now, for what was sent on. */
  state?: string;
  /** The comment with which it came back. */
  comment?: string;
  /** Whom it is about; who that is has to be looked at. */
  personNumber?: string;
  /** 受付日, of what was received. */
  receivedOn?: IsoDate;
  /** Who has it (担当). */
  assigned?: string;
}

/** How many items of one kind stand in a list. */
export interface WorkItemCount {
  list: WorkItem["list"];
  kind: string;
  count: number;
  /** How many of them are past their deadline. */
  overdue: number;
  /** Since when the oldest waits. */
  since: Date;
  /** The nearest deadline. */
  nearest: IsoDate | null;
}

/** Items of the home page that are no cases; each source counts and cuts its own. */
export interface WorkSource {
  count(work: Work): Promise<WorkItemCount[]>;
  /** Some lines of a list, or of one kind in it: by deadline, then the oldest first. */
  read(
    work: Work,
    wanted: { list: WorkItem["list"]; kind?: string | undefined; from: number; size: number },
  ): Promise<WorkItem[]>;
}

/** A number of the day for the home page, such as 本日の受付 12件. */
export interface OfficeFigure {
  title: string;
  value: number;
  unit: string;
  path?: `/${string}`;
}

/** What the platform and the home page know of a 事務. Its screens stand in `src/web/screens.ts` terms beside it. */
export interface Program {
  /** Folder name and value in the database, such as `child-medical`. */
  id: string;
  /** Japanese title, such as こども医療費助成. */
  title: string;
  menu: readonly MenuItem[];
  /** 記録項目 of its published assessment, and where each stands. */
  recordItems?: readonly RecordItem[];
  /** What it prints, for the 帳票の設定. */
  papers?: ProgramPapers;
  /** What it does in the background when asked to. */
  handlers?: readonly JobHandler[];
  /** What it does by the clock. */
  scheduled?: readonly ScheduledJob[];
  /** How it tries 制度の数値 that somebody proposes on its cases. */
  parameterTrials?: readonly ParameterTrial[];
  /** What it knows of the past of a person (経過). */
  timeline?: readonly AnyTimelineSource[];
  /** What it keeps of its own of the person of a request about their own data (開示請求), a line each, in words. */
  held?(work: Work, request: number): Promise<readonly string[]>;
  /** What was entered of somebody in one of its cases (`subject`: whose case it is), in words. */
  entryWords?(piece: {
    data: object;
    personNumber: string;
    subject: string;
  }): readonly (readonly [label: string, value: string])[];
  /** Numbers beside the menu titles, by the `count` of the item; must be one cheap query. */
  menuCounts?(work: Work): Promise<Record<string, number>>;
  /** What waits and is no case, for the home page (`work-sources.ts`). */
  workItems?: readonly WorkSource[];
  officeFigures?(work: Work): Promise<OfficeFigure[]>;
}
