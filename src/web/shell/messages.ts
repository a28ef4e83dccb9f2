import { fragment, redirect } from "../reply.ts";
import { defineRoute } from "../route.ts";
import { backTo } from "./sign-in.tsx";

/** Closes a message; the cookie that holds it is rewritten by `sendReply`. */
export const messageRead = defineRoute({
  method: "post",
  path: "/messages/read",
  right: "signed-in",
  purpose: "inquiry",
  audit: "nothing-personal",
  because: "closes a message of one's own",
  handle: async ({ form, partial }) => ({
    ...(partial ? fragment("") : redirect(backTo(form.text("back")))),
    closedMessage: form.text("message"),
  }),
});
