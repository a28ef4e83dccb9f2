import type { Form } from "../language/form.ts";
import { burdenCard } from "./burden-card.ts";
import { insuredCard } from "./insured-card.ts";
import { premiumNotice } from "./premium-notice.ts";

/** Forms of 介護保険, in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [insuredCard, burdenCard, premiumNotice];
