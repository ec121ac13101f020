// The order of the issue by drag, buttons or keys; the check of its links; copying the section.
import { post } from "./common.js";

const list = document.getElementById("kept");
if (list) {
  const rows = () => [...list.querySelectorAll(".kept-one")];
  const section = document.getElementById("section");
  const told = document.getElementById("copy-status");

  async function save() {
    const order = rows().map((row) => row.dataset.id).join(",");
    try {
      const said = await post(list.dataset.order, { csrftoken: list.dataset.csrf, order });
      section.value = said.markdown;
      told.textContent = "The order is saved.";
    } catch (error) { told.textContent = error.message; }
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest(".kept-one");
    if (button.dataset.move === "-1") row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    button.focus();
    save();
  });

  let dragged = null;
  for (const row of rows()) {
    const grip = row.querySelector(".grip");
    grip.addEventListener("pointerdown", () => { row.draggable = true; });
    grip.addEventListener("pointerup", () => { row.draggable = false; });
    row.addEventListener("dragstart", (event) => {
      dragged = row;
      row.classList.add("dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.id);
    });
    row.addEventListener("dragover", (event) => {
      if (!dragged || dragged === row) return;
      event.preventDefault();
      const box = row.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) row.before(dragged);
      else row.after(dragged);
    });
    row.addEventListener("drop", (event) => event.preventDefault());
    row.addEventListener("dragend", () => {
      row.draggable = false;
      row.classList.remove("dragged");
      dragged = null;
      save();
    });
  }

  const check = document.getElementById("check");
  const state = document.getElementById("check-status");
  check.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = check.querySelector("button");
    button.disabled = true;
    state.textContent = "Asking each site whether the posting is still there …";
    try {
      const said = await post(check.action, new FormData(check));
      if (!said.ok) throw new Error(`The check did not run: ${said.reason}`);
      const found = new Map(said.checked.map((one) => [one.url, one]));
      const counted = {};
      for (const row of rows()) {
        const one = found.get(row.dataset.url);
        const shown = row.querySelector("[data-state]");
        shown.className = `state ${one?.state ?? "unknown"}`;
        shown.textContent = one ? `${one.state}: ${one.evidence}${one.moved_to ? ` → ${one.moved_to}` : ""}` : "not checked";
        counted[one?.state ?? "not checked"] = (counted[one?.state ?? "not checked"] ?? 0) + 1;
      }
      state.textContent = Object.entries(counted).map(([name, n]) => `${n} ${name}`).join(", ");
    } catch (error) { state.textContent = error.message; } finally { button.disabled = false; }
  });

  document.getElementById("copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(section.value);
    } catch {
      section.select(); // without TLS a browser gives no clipboard
      document.execCommand("copy");
    }
    told.textContent = "Copied.";
  });
}
