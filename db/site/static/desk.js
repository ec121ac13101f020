// Triage by keyboard: the list on the left, the selected posting on the right.
import { post, writing } from "./common.js";
import { prepare } from "./excerpt.js";

const list = document.getElementById("finds");
const pane = document.getElementById("pane");
const status = document.getElementById("status");
const keys = document.getElementById("keys");
const SAID = { keep: "Kept", reject: "Rejected", snooze: "Snoozed", listed: "Marked as listed", undo: "Taken back" };

if (list) triage();
else document.querySelectorAll(".sheet").forEach(prepare);

function triage() {
  const sheets = new Map(); // posting -> promise of its HTML
  const done = []; // what was decided on this page, with the row, for undo
  let current = null;
  let busy = false;

  const rows = () => [...list.querySelectorAll(".find")];
  const split = () => pane.offsetParent !== null;

  function sheet(id) {
    if (!sheets.has(id)) {
      const asked = fetch(`${list.dataset.posting}${id}?fragment=1`).then((answer) => {
        if (!answer.ok) throw new Error(`The posting cannot be shown (${answer.status}).`);
        return answer.text();
      });
      asked.catch(() => sheets.delete(id));
      sheets.set(id, asked);
    }
    return sheets.get(id);
  }

  async function select(row, scroll = true) {
    if (current) { current.classList.remove("on"); current.removeAttribute("aria-current"); }
    current = row || null;
    if (!current) { pane.replaceChildren(); return; }
    current.classList.add("on");
    current.setAttribute("aria-current", "true");
    if (scroll) current.scrollIntoView({ block: "nearest" });
    if (!split()) return;
    const id = current.dataset.id;
    try {
      const html = await sheet(id);
      if (current?.dataset.id !== id) return;
      const parsed = new DOMParser().parseFromString(html, "text/html");
      pane.replaceChildren(...parsed.body.children);
      pane.scrollTop = 0;
      prepare(pane);
      const next = current.nextElementSibling;
      if (next?.dataset.id) sheet(next.dataset.id).catch(() => {});
    } catch (error) { say(error.message); }
  }

  function say(text) {
    status.textContent = text;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { status.textContent = ""; }, 6000);
  }

  const counter = document.getElementById("count");
  function count(by) {
    const number = Number(counter.textContent.replace(/,/g, ""));
    if (!Number.isNaN(number)) counter.textContent = (number + by).toLocaleString("en");
  }

  /** Decide about the current posting, with what its sheet says when it is open. */
  async function decide(decision, row = current) {
    if (!row || busy) return;
    busy = true;
    const id = row.dataset.id;
    const form = pane.querySelector(`.sheet[data-id="${id}"] .decide`);
    const fields = { csrftoken: list.dataset.csrf, posting: id, decision };
    if (form) {
      for (const name of ["excerpt", "note", "issue", "until"]) {
        fields[name] = form.elements[name]?.value ?? "";
      }
    }
    try {
      await post(list.dataset.mark, fields);
      done.push({ row, before: row.nextElementSibling });
      const next = row.nextElementSibling || row.previousElementSibling;
      const title = row.querySelector(".title").textContent;
      row.remove();
      sheets.delete(id);
      count(-1);
      say(`${SAID[decision]}: ${title}. u undoes it.`);
      await select(next?.classList.contains("find") ? next : null);
      if (!rows().length) say("That was the last one here. Reload for more.");
    } catch (error) { say(error.message); } finally { busy = false; }
  }

  async function undo() {
    const last = done.pop();
    if (!last || busy) { if (!last) say("Nothing to undo on this page; see the log."); return; }
    busy = true;
    try {
      await post(list.dataset.mark, { csrftoken: list.dataset.csrf, posting: last.row.dataset.id, decision: "undo" });
      if (last.before?.isConnected) last.before.before(last.row);
      else list.append(last.row);
      count(1);
      say(`Taken back: ${last.row.querySelector(".title").textContent}`);
      await select(last.row);
    } catch (error) { done.push(last); say(error.message); } finally { busy = false; }
  }

  function move(by) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(current);
    select(all[Math.min(Math.max(0, at + by), all.length - 1)]);
  }

  const field = (name) => pane.querySelector(`[name=${name}]`);
  const actions = {
    j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
    y: () => decide("keep"), x: () => decide("reject"), s: () => decide("snooze"), l: () => decide("listed"),
    u: undo,
    e: () => field("excerpt")?.focus(),
    n: () => { const note = field("note"); if (note) { note.closest("details").open = true; note.focus(); } },
    o: () => pane.querySelector("a.out")?.click(),
    "/": () => document.getElementById("search").focus(),
    "?": () => keys.showModal(),
    Enter: () => { if (!split()) current?.querySelector(".title").click(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && writing(event) && !keys.open) { event.target.blur(); return; }
    if (writing(event)) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary, label")) return;
    if (/^[1-9]$/.test(event.key)) {
      const box = pane.querySelectorAll(".para input")[Number(event.key) - 1];
      if (box) { event.preventDefault(); box.click(); }
      return;
    }
    const action = actions[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  list.addEventListener("click", (event) => {
    const row = event.target.closest(".find");
    if (!row) return;
    const verb = event.target.closest("button[name=decision]");
    if (verb) { event.preventDefault(); current = current || row; decide(verb.value, row); return; }
    const link = event.target.closest("a");
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (split() && plain && (!link || link.classList.contains("title"))) { event.preventDefault(); select(row, false); }
  });
  pane.addEventListener("submit", (event) => {
    if (!event.target.classList.contains("decide")) return;
    event.preventDefault();
    decide(event.submitter?.value || "keep");
  });
  document.getElementById("help").addEventListener("click", () => keys.showModal());
  select(rows()[0], false);
}
