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
      isWanted(element) &&
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

/** The fields of a part that nobody asked for are passed over; its box is not. */
function isWanted(field) {
  const box = field.closest("fieldset.field-group")?.querySelector("[data-of-group]");
  return !box || box === field || box.checked;
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
  delete form.dataset.confirmed;
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
  tickBoxOf(field);
  if (field.form?.dataset.keep) keepEntry(field.form);
});

const usualCharacters = /^[\u0020-\u007e\u3000-\u30ff\u4e00-\u9fff\uff01-\uffef\n]*$/;

/** A reason is judged when the field is left, and again while it is mended; of characters only unusual ones are asked for. */
function isAskedNow(field) {
  const told = outputOf(field)?.textContent !== "";
  if (field.dataset.echo === "reason") return told;
  return field.dataset.echo !== "characters" || told || !usualCharacters.test(field.value);
}

const outputOf = (field) => field.parentElement.querySelector("output.echo");

/** What is typed into a box of the form that has to be asked for is meant to be taken. */
function tickBoxOf(field) {
  const box = field.closest("fieldset.field-group")?.querySelector("[data-of-group]");
  if (box && box !== field && field.value.trim()) box.checked = true;
}

/** Asks the server how it reads the field: the same code that will read it when it is sent. */
async function echo(field) {
  const output = outputOf(field);
  if (!field.value.trim()) {
    output.textContent = "";
    return;
  }
  const asked = field.value;
  const answer = await fetch(`/entry/${field.dataset.echo}`, {
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
  const wanted = sessionStorage.getItem("carry") === location.pathname + location.search;
  sessionStorage.removeItem("sent");
  sessionStorage.removeItem("carry");
  const form =
    wanted && sent && document.querySelector(`form[action="${CSS.escape(sent.action)}"]`);
  if (form) fill(form, sent.entries);
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
  document.querySelector(".menu")?.replaceWith(fresh.querySelector(".menu"));
  document.getElementById("main").replaceWith(main);
  htmx.process(main);
  prepare(main);
}

// --- start ------------------------------------------------------------------------------------

/** A table wider than its frame can be scrolled by keyboard too. */
function reachScrolled(root) {
  for (const frame of root.querySelectorAll(".table-frame")) {
    if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
  }
}

/** One mistake: its field. Several: their list, each line of which leads to its field. Else where the page begins. */
function focusFirst(root) {
  const wrong = root.querySelectorAll("[aria-invalid=true]");
  const listed = root.querySelectorAll("[data-focus] li");
  const wanted =
    wrong.length === 1 && listed.length === 1 ? wrong[0] : root.querySelector("[data-focus]");
  const begin =
    root.querySelector("[data-autofocus]") ??
    firstToFill(root.querySelector("form[data-focus-first]"));
  (wanted ?? begin)?.focus();
}

function prepare(root) {
  reachScrolled(root);
  for (const form of root.querySelectorAll("form[data-keep]")) restoreEntry(form);
  for (const field of root.querySelectorAll("[data-echo]"))
    if (field.value && isAskedNow(field)) echo(field);
  for (const region of root.querySelectorAll("[data-events]")) follow(region);
  focusFirst(root);
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
