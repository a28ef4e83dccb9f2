// Keys, echoes, confirmations and progress of the screens; the lock stands in session.js. Everything works without it, only slower.

const isField = (element) =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLSelectElement ||
  element instanceof HTMLTextAreaElement;

const kinds = { text: ["button", "submit", "hidden", "file"] };
const isTyped = (element) => isField(element) && !kinds.text.includes(element.type);

// --- keys -------------------------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const target = event.target;
  if (event.altKey && !event.ctrlKey && !event.metaKey) return altKey(event);
  if (event.key === "F1") return openHelp(event);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return sendForm(event);
  if (event.key === "Enter" && isField(target) && target.form) return enterKey(event, target);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") return arrowKey(event, target);
  if (isTyped(target) && !["checkbox", "radio"].includes(target.type)) return;
  if (event.ctrlKey || event.metaKey) return;
  if (event.key === " ") tickRow(event, target);
  if (event.key === "/") focusSearch(event);
  if (event.key === "?") toggleShortcuts(event);
});

function altKey(event) {
  const key = event.code;
  if (key === "KeyH") go(event, "/");
  if (key === "KeyP") go(event, "/people");
  if (key === "KeyU") nextOpening(event);
}

/** On the page of a person: to where an application is received, and on to that of the next 事務. */
function nextOpening(event) {
  const forms = [...document.querySelectorAll("form[id^=opening-]")];
  const at = forms.indexOf(document.activeElement?.form);
  const wanted = forms[(at + 1) % forms.length];
  if (!wanted) return;
  event.preventDefault();
  [...wanted.elements].find(isTyped)?.focus();
}

function go(event, path) {
  const link = document.querySelector(`.menu a[href="${path}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
}

/** Ctrl+Enter: the form in which the person is, else the main one of the page, wherever the focus is. */
function sendForm(event) {
  if (document.querySelector("dialog[open]")) return;
  const target = event.target;
  const own = isField(target) && target.form;
  const button = own
    ? own.querySelector("button[type=submit].button-primary")
    : [...document.querySelectorAll("main button[type=submit].button-primary")].find(
        (one) => one.offsetParent !== null,
      );
  const form = own || button?.form;
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(button ?? undefined);
}

/** Entry forms: Enter goes on, Shift+Enter back. Search forms: Enter sends. */
function enterKey(event, field) {
  if (field.form.dataset.keys !== "entry" || field instanceof HTMLTextAreaElement) return;
  event.preventDefault();
  moveInForm(field, event.shiftKey ? -1 : 1);
}

function moveInForm(field, step) {
  const fields = [...field.form.elements].filter(
    (element) =>
      (isTyped(element) ||
        element.type === "file" ||
        element.matches("button[type=submit].button")) &&
      !element.disabled &&
      element.offsetParent !== null &&
      (element.type !== "radio" || element.checked || !groupHasChoice(element)),
  );
  let at = fields.indexOf(field);
  if (at === -1) at = fields.findIndex((element) => element.name === field.name);
  const next = fields
    .slice(...(step > 0 ? [at + 1] : [0, at]))
    .filter((element) => element.type !== "radio" || element.name !== field.name);
  const wanted = step > 0 ? next[0] : next.at(-1);
  if (!wanted) return;
  wanted.focus();
  if (wanted instanceof HTMLInputElement && wanted.select) wanted.select();
}

/** Of a group of radio buttons only the chosen one is stopped at, or the first when none is. */
function groupHasChoice(radio) {
  const [first] = [...radio.form.elements].filter((element) => element.name === radio.name);
  return chosenIn(radio) || first !== radio;
}

const chosenIn = (radio) => radio.form.elements[radio.name].value !== "";

/** Arrows move between the rows of a list. */
function arrowKey(event, target) {
  const link = target instanceof Element && target.closest("table[data-rows] td a");
  const step = event.key === "ArrowDown" ? 1 : -1;
  if (link) {
    const links = [...link.closest("table").querySelectorAll("tbody tr")].flatMap(
      (row) => row.querySelector("a") ?? [],
    );
    const at = links.findIndex((other) => other.closest("tr") === link.closest("tr"));
    links[at + step]?.focus();
    event.preventDefault();
  } else if (
    step === 1 &&
    (target === document.body || target?.id === "main" || target?.type === "search")
  ) {
    const first = document.querySelector("table[data-rows] tbody a");
    if (first) {
      first.focus();
      event.preventDefault();
    }
  }
}

/** In a tab of its own: what was typed here stays. */
function openHelp(event) {
  event.preventDefault();
  document.querySelector("[data-help]")?.click();
}

/** Space on the link of a row ticks it. */
function tickRow(event, target) {
  const row =
    target instanceof HTMLAnchorElement ? target.closest("table[data-rows] tbody tr") : null;
  const box = row?.querySelector("input[type=checkbox]");
  if (!box) return;
  event.preventDefault();
  box.click();
}

/** The box of the heading ticks all rows of its form, or none. */
document.addEventListener("change", (event) => {
  const form = event.target instanceof HTMLInputElement && event.target.dataset.tickAll;
  if (!form) return;
  for (const box of document.querySelectorAll(
    `tbody input[type=checkbox][form="${CSS.escape(form)}"]`,
  ))
    box.checked = event.target.checked;
});

function focusSearch(event) {
  const search = document.querySelector("input[type=search]");
  event.preventDefault();
  if (search) {
    search.focus();
    search.select();
  } else go(event, "/people");
}

function toggleShortcuts(event) {
  const dialog = document.getElementById("shortcuts");
  if (!dialog) return;
  event.preventDefault();
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

// --- sending ----------------------------------------------------------------------------------

/** Asks `data-confirm` of its button first; a form is sent once. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  const question = event.submitter?.dataset.confirm;
  if (question && !form.dataset.confirmed) {
    event.preventDefault();
    confirmFirst(form, event.submitter, question);
    return;
  }
  if (form.dataset.draft && !form.dataset.flushed && isUnsaved(form)) {
    event.preventDefault();
    sendKept(form, event.submitter);
    return;
  }
  delete form.dataset.confirmed;
  delete form.dataset.flushed;
  // Answered in a frame of the page: the form stays and may be sent again.
  if (event.submitter?.formTarget) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.querySelectorAll("[data-fold=kana]").forEach(fold);
  if (form.dataset.keep) sessionStorage.setItem(keepKey(form), "sent");
  if (form.dataset.keys === "entry") {
    const sent = { action: form.getAttribute("action"), entries: entriesOf(form) };
    sessionStorage.setItem("sent", JSON.stringify(sent));
  }
});

// Back from another page, or after a download, the form may be sent again.
for (const moment of ["pageshow", "focus"]) {
  window.addEventListener(moment, () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    openAsked(document);
  });
}

function confirmFirst(form, submitter, question) {
  const dialog = document.getElementById("confirm");
  document.getElementById("confirm-question").textContent = question;
  dialog.returnValue = "";
  dialog.addEventListener(
    "close",
    () => {
      if (dialog.returnValue !== "yes") return;
      form.dataset.confirmed = "yes";
      form.requestSubmit(submitter ?? undefined);
    },
    { once: true },
  );
  dialog.showModal();
}

// --- echoes -----------------------------------------------------------------------------------

const waiting = new WeakMap();

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!isField(field)) return;
  if (field.dataset.echo && isAskedNow(field)) {
    clearTimeout(waiting.get(field));
    waiting.set(field, setTimeout(echo, 200, field));
  }
  tellLimit(field);
  if (field.form) openAsked(field.form);
  if (field.form) sumUp(field.form);
  if (kept.has(field.form)) kept.get(field.form).touched = true;
  if (field.form?.dataset.keep) keepEntry(field.form);
  if (field.form?.dataset.draft) keepDraftSoon(field.form);
});

/** Running totals: of all fields whose name ends as the total says. */
function sumUp(root) {
  for (const total of root.querySelectorAll("[data-sum]")) {
    const fields = [...total.closest("form").elements].filter(({ name }) =>
      name?.endsWith(`.${total.dataset.sum}`),
    );
    const numbers = fields.map(({ value }) => Number(value.normalize("NFKC").replaceAll(",", "")));
    const sum = numbers.reduce((all, one) => all + (Number.isFinite(one) ? one : 0), 0);
    total.textContent = sum.toLocaleString("ja-JP");
    total.closest("[hidden]")?.removeAttribute("hidden");
  }
}

const usualCharacters = /^[\u0020-\u007e\u3000-\u30ff\u4e00-\u9fff\uff01-\uffef\n]*$/;

/** A reason is judged when the field is left, and again while it is mended; of characters only unusual ones are asked for. */
function isAskedNow(field) {
  const told = outputOf(field)?.textContent !== "";
  if (field.dataset.echo === "reason") return told;
  return field.dataset.echo !== "characters" || told || !usualCharacters.test(field.value);
}

const outputOf = (field) => field.parentElement.querySelector("output.echo");

/** A field that is full takes no more, of what is pasted too: said, so that nothing is cut off unseen. */
function tellLimit(field) {
  const full = field.maxLength > 0 && field.value.length >= field.maxLength;
  const frame = field.closest(".field-body");
  let note = frame?.querySelector(".limit-note");
  if (!frame || (!note && !full)) return;
  if (!note) {
    note = document.createElement("p");
    note.className = "limit-note field-hint";
    note.setAttribute("role", "status");
    frame.append(note);
  }
  note.textContent = full ? `${field.maxLength}字までです。これより後は入りません。` : "";
}

/** Asks the server how it reads the field: the same code that will read it when it is sent. */
async function echo(field) {
  const output = outputOf(field);
  if (!field.value.trim()) {
    output.textContent = "";
    return;
  }
  const asked = field.value;
  const answer = await fetch(field.dataset.echoAt ?? `/entry/${field.dataset.echo}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "X-CSRF-Token": field.form.elements._csrf.value,
      "HX-Request": "true",
    },
    body: new URLSearchParams({ value: asked, ...alongWith(field) }),
  });
  if (answer.status !== 200 || field.value !== asked) return;
  const { text, wrong, fill } = await answer.json();
  output.replaceChildren(Object.assign(document.createElement("span"), { textContent: text }));
  output.firstChild.className = wrong ? "echo-wrong" : "echo-right";
  const fills = JSON.parse(field.dataset.fills ?? "{}");
  for (const [told, name] of Object.entries(fills)) fillIn(field.form.elements[name], fill?.[told]);
}

/** What is known or was typed already stays; only what was filled in here before is replaced. */
function fillIn(field, value) {
  if (!value || !field) return;
  if (field.value !== "" && field.value !== field.dataset.filled) return;
  field.value = value;
  field.dataset.filled = value;
}

/** Somebody of the household is picked: the fields take what the register knows of them. */
document.addEventListener("change", (event) => {
  const chosen = event.target.closest?.("select[data-pick]")?.selectedOptions[0];
  if (!chosen?.dataset.fill) return;
  const fields = event.target.form.elements;
  for (const [name, value] of Object.entries(JSON.parse(chosen.dataset.fill)))
    if (fields[name]) fields[name].value = value;
});

/** What the server has to know beside the field: the days that bound it, how it is called, other fields of the form. */
function alongWith({ dataset, form }) {
  const { notBefore = "", notAfter = "", what = "", along = "" } = dataset;
  const others = along.split(" ").filter(Boolean);
  return {
    notBefore,
    notAfter,
    what,
    ...Object.fromEntries(others.map((name) => [name, form.elements[name]?.value ?? ""])),
  };
}

/** Readings are folded to full-width katakana when the field is left or sent, never refused. */
function fold(field) {
  field.value = field.value
    .normalize("NFKC")
    .replace(/[\u3041-\u3096]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60))
    .replace(/[\s\u3000]+/g, "\u3000")
    .trim();
}

document.addEventListener("change", (event) => {
  if (!isField(event.target)) return;
  if (event.target.dataset.fold === "kana") fold(event.target);
  if (event.target.dataset.echo === "reason") echo(event.target);
});

// --- fields that a box or choice asks for --------------------------------------------------------

/** Opens the fields that count now and closes the others, which are then neither stopped at nor sent. */
function openAsked(root) {
  for (const part of root.querySelectorAll("fieldset.asked")) {
    const wanted = part.dataset.askedValues.split(" ");
    const form = part.closest("form");
    const open = [...form.elements].some(
      (field) =>
        field.name === part.dataset.askedBy &&
        (!["checkbox", "radio"].includes(field.type) || field.checked) &&
        wanted.includes(field.value),
    );
    part.disabled = part.hidden = !open;
    tellClosed(part, !open && [...part.elements].some(isTypedInto));
  }
}

/** Whether somebody typed into a field: text other than what the page brought along. */
const isTypedInto = (field) =>
  (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) &&
  !["checkbox", "radio", "hidden"].includes(field.type) &&
  field.value.trim() !== "" &&
  field.value !== field.defaultValue;

/** What was typed before the fields were closed is not lost, and the person is told that it is not taken. */
function tellClosed(part, told) {
  let note = part.nextElementSibling;
  if (!note?.matches(".asked-note")) {
    if (!told) return;
    note = document.createElement("p");
    note.className = "asked-note field-hint";
    note.setAttribute("role", "status");
    part.after(note);
  }
  note.textContent = told
    ? "この欄に入力した内容は登録されません。選び直すと、入力したまま戻ります。"
    : "";
}

// --- entries kept until they are sent ----------------------------------------------------------

const keepKey = (form) => `entry:${form.dataset.keep}`;

/** What a person entered; passwords and what the page itself brings along are left out. */
function entriesOf(form) {
  const typed = [...form.elements].filter(
    (field) => isTyped(field) && field.name && field.type !== "password",
  );
  return typed
    .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
    .map((field) => [field.name, field.value]);
}

function keepEntry(form) {
  sessionStorage.setItem(keepKey(form), JSON.stringify(entriesOf(form)));
}

/** Somebody else was faster: what was entered is carried over to the page as it is now. */
function carryOver() {
  if (document.querySelector("[data-carry-over]")) return;
  const sent = JSON.parse(sessionStorage.getItem("sent") ?? "null");
  const wanted = sessionStorage.getItem("carry")?.split("?")[0] === location.pathname;
  const form =
    wanted && sent && document.querySelector(`form[action="${CSS.escape(sent.action)}"]`);
  // A draft that is offered first hides the form; it is filled when it comes.
  if (wanted && sent && !form) return;
  sessionStorage.removeItem("sent");
  sessionStorage.removeItem("carry");
  if (!form) return;
  fill(form, sent.entries);
  form.dataset.typed = "";
}

function fill(form, entries) {
  for (const [name, value] of entries) {
    const fields = [...form.elements].filter((field) => field.name === name && isTyped(field));
    for (const field of fields) {
      if (["checkbox", "radio"].includes(field.type)) field.checked ||= field.value === value;
      else field.value = value;
    }
  }
}

function restoreEntry(form) {
  const kept = sessionStorage.getItem(keepKey(form));
  if (!kept) return;
  if (kept === "sent") {
    sessionStorage.removeItem(keepKey(form));
    return;
  }
  fill(form, JSON.parse(kept));
}

// --- what is typed and not sent ------------------------------------------------------------------

/** Of a form: what of it is safe (brought by the page, or kept as a draft), and the keeping that is under way. */
const kept = new WeakMap();

/** Forms that staff fill in; not searches, and not those of the page's own dialogs. */
const isFilledIn = (form) =>
  form.dataset.keys === "entry" &&
  !form.dataset.keep &&
  !form.closest("dialog") &&
  !form.querySelector("input[type=password]");

/** What a form would send of what a person entered. */
function contentOf(form) {
  const entries = [...new FormData(form)].filter(([name]) => !["_csrf", "key"].includes(name));
  return new URLSearchParams(
    entries.map(([name, value]) => [name, typeof value === "string" ? value : value.name]),
  ).toString();
}

/** Notes what a form brought along. What was sent before and not taken is not safe yet. */
function watch(form) {
  if (!isFilledIn(form) || kept.has(form)) return;
  const typed = "typed" in form.dataset;
  kept.set(form, { touched: typed, safe: typed ? undefined : contentOf(form) });
  if (form.dataset.draft && typed) keepDraftSoon(form);
}

/** Whether something typed is neither on its way nor safe; what the script filled in does not count. */
function isUnsaved(form) {
  const state = kept.get(form);
  return Boolean(state?.touched) && !form.dataset.sent && state.safe !== contentOf(form);
}

function keepDraftSoon(form) {
  const state = kept.get(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(keepDraft, 2000, form);
}

/** Keeps a draft on the server, one after another; gives what was in the way of it. */
function keepDraft(form) {
  const state = kept.get(form);
  clearTimeout(state.timer);
  state.keeping = (state.keeping ?? Promise.resolve()).then(async () => {
    const content = contentOf(form);
    if (form.dataset.sent || state.safe === content) return undefined;
    const answer = await sendDraft(form, content).catch(() => undefined);
    const trouble = troubleOf(answer);
    if (!trouble) state.safe = content;
    else if (trouble === "locked") document.dispatchEvent(new Event("session:locked"));
    const text = trouble ? troubles[trouble] : await answer.text();
    const told = form.querySelector(".draft-state");
    told.textContent = text;
    told.classList.toggle("draft-trouble", Boolean(trouble));
    if (trouble) told.setAttribute("role", "alert");
    else told.removeAttribute("role");
    // Tried again by itself, so that what was typed is safe once the cause is gone.
    if (trouble) state.timer = setTimeout(keepDraft, 15_000, form);
    return trouble;
  });
  return state.keeping;
}

const troubles = {
  unreachable: "サーバーに届かないため、下書きを保存できません。画面を閉じないでください。",
  ended: "サインインが終わったため、下書きを保存できません。別の画面でサインインしてください。",
  locked: "画面がロックされたため、下書きを保存できません。",
  refused: "下書きを保存できません。",
};

function troubleOf(answer) {
  if (!answer) return "unreachable";
  if (answer.headers.has("HX-Redirect")) return "ended";
  if (answer.status === 423) return "locked";
  return answer.ok ? undefined : "refused";
}

function sendDraft(form, content) {
  return fetch(form.dataset.draft, {
    method: "POST",
    // Goes on when the page is left meanwhile.
    keepalive: true,
    headers: {
      ...JSON.parse(document.body.getAttribute("hx-headers")),
      "HX-Request": "true",
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: content,
  });
}

/** Sends the form after its draft is safe: where the session is over or the server away, all that was typed stays. */
async function sendKept(form, submitter) {
  const trouble = await keepDraft(form);
  if (trouble && trouble !== "refused") return;
  form.dataset.flushed = "yes";
  form.requestSubmit(submitter);
}

// Leaving asks where something typed is neither sent nor safe as a draft; drafts are kept all the same.
window.addEventListener("beforeunload", (event) => {
  const left = [...document.forms].filter(isUnsaved);
  for (const form of left) if (form.dataset.draft) keepDraft(form);
  if (left.length > 0) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const form of document.querySelectorAll("form[data-draft]"))
    if (isUnsaved(form)) keepDraft(form);
});

// --- progress ---------------------------------------------------------------------------------

function follow(region) {
  const source = new EventSource(region.dataset.events);
  document.addEventListener("session:open", () => again(source, region), { once: true });
  source.addEventListener("message", (event) => {
    // Markup of our own server, escaped there.
    region.innerHTML = event.data;
  });
  source.addEventListener("finished", () => {
    source.close();
    renew();
  });
  source.addEventListener("stopped", () => source.close());
}

/** The lock cut the stream off; after it the page is followed on. */
function again(source, region) {
  source.close();
  if (region.isConnected) follow(region);
}

/** The page as it is now. It is the page that asks, not the person: the session is not prolonged. */
async function renew() {
  const answer = await fetch(location.href, { headers: { "X-Asked-By-Page": "yes" } });
  if (answer.status !== 200) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = fresh.getElementById("main");
  if (!main) return location.reload();
  document.title = fresh.title;
  renewMenu(fresh.querySelector(".menu"));
  document.getElementById("main").replaceWith(main);
  htmx.process(main);
  prepare(main);
}

/** Numbers of the menu as they are now; what the person has unfolded stays so. */
function renewMenu(fresh) {
  const menu = document.querySelector(".menu");
  if (!menu || !fresh) return;
  for (const group of fresh.querySelectorAll("details")) {
    const before = menu.querySelector(`details[data-group="${CSS.escape(group.dataset.group)}"]`);
    if (before) group.open = before.open;
  }
  menu.replaceWith(fresh);
}

// --- start ------------------------------------------------------------------------------------

/** A table wider than its frame can be scrolled by keyboard too. */
function reachScrolled(root) {
  for (const frame of root.querySelectorAll(".table-frame")) {
    if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
  }
}

/** The first field with a mistake, all of them opened where they are folded away; else what the page wants to be read or filled in first. */
function firstToFocus(root) {
  const mistakes = root.querySelectorAll(
    "#main .field-wrong :is(input, select, textarea), #main p.field-error[tabindex]",
  );
  for (const field of mistakes) field.closest("details:not([open])")?.setAttribute("open", "");
  const wrong = [...mistakes].find((field) => !field.closest("fieldset[hidden]"));
  return (
    wrong ??
    root.querySelector("[data-focus]") ??
    root.querySelector("[data-autofocus]") ??
    firstToFill(root.querySelector("form[data-focus-first]"))
  );
}

function prepare(root) {
  reachScrolled(root);
  openAsked(root);
  for (const form of root.querySelectorAll("form[data-keep]")) restoreEntry(form);
  for (const field of root.querySelectorAll("[data-echo]"))
    if (field.value && isAskedNow(field)) echo(field);
  sumUp(root);
  for (const region of root.querySelectorAll("[data-events]")) follow(region);
  for (const form of document.forms) watch(form);
  firstToFocus(root)?.focus();
}

/** Where typing begins: the first field that has to be filled in and is not, else the first of the form. */
function firstToFill(form) {
  const fields = [...(form?.elements ?? [])].filter(
    (field) => isTyped(field) && !field.disabled && field.offsetParent !== null,
  );
  const isOpen = (field) =>
    field.type === "radio"
      ? field.closest("fieldset")?.querySelector(".mark-required") && !chosenIn(field)
      : field.getAttribute("aria-required") === "true" && field.value === "";
  return fields.find(isOpen) ?? fields[0];
}

document.addEventListener("DOMContentLoaded", () => {
  carryOver();
  prepare(document);
  returnToList();
});

/** How a list was left: with its filter and page, and the row that was opened. */
const leftList = (path) => JSON.parse(sessionStorage.getItem(`list:${path}`) ?? "null");

/** Back in a list the row that was opened has the focus; the ways back lead to the list as it was left. */
function returnToList() {
  const here = leftList(location.pathname);
  const rows = document.querySelector("table[data-rows]");
  if (rows && here?.address === location.pathname + location.search)
    rows.querySelector(`a[href="${CSS.escape(here.row)}"]`)?.focus();
  for (const link of document.querySelectorAll(".breadcrumb a")) {
    const left = leftList(link.getAttribute("href"));
    if (left) link.setAttribute("href", left.address);
  }
  const back = document.querySelector("[data-back-to]");
  const [latest] = (back?.dataset.backTo.split(" ") ?? [])
    .flatMap((path) => leftList(path) ?? [])
    .sort((a, b) => b.at - a.at);
  if (latest) back.setAttribute("href", latest.address);
}

document.addEventListener("htmx:afterSwap", (event) => prepare(event.target));
document.addEventListener("click", (event) => {
  const link =
    event.target instanceof Element && event.target.closest("table[data-rows] tbody a[href]");
  const carry = event.target instanceof Element && event.target.closest("[data-carry-over]");
  if (carry) sessionStorage.setItem("carry", carry.getAttribute("href"));
  if (link) {
    const left = {
      address: location.pathname + location.search,
      row: link.getAttribute("href"),
      at: Date.now(),
    };
    sessionStorage.setItem(`list:${location.pathname}`, JSON.stringify(left));
  }
});
