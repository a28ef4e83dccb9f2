import type { Form } from "../language/form.ts";
import { bundleCover } from "./bundle-cover.ts";
import { dispatchList } from "./dispatch-list.ts";
import { handoverBook } from "./handover-book.ts";

/** Forms of mailings, in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [bundleCover, dispatchList, handoverBook];
