// The excerpt of one posting: ticked paragraphs fill the field, and it may be edited freely.

const words = (text) => (text.trim() ? text.trim().split(/\s+/).length : 0);

/** Wire up a sheet (the form of one posting). */
export function prepare(sheet) {
  const field = sheet.querySelector("[data-excerpt]");
  if (!field) return;
  const counter = sheet.querySelector("[data-words]");
  const count = () => {
    const n = words(field.value);
    counter.textContent = n ? `${n} words${n > 160 ? ", longer than any so far" : ""}` : "";
  };
  field.addEventListener("input", count);
  for (const box of sheet.querySelectorAll(".para input")) {
    box.addEventListener("change", () => toggle(sheet, box));
  }
  count();
}

function toggle(sheet, box) {
  const field = sheet.querySelector("[data-excerpt]");
  const text = box.parentElement.querySelector(".para-text").textContent.trim();
  if (box.checked) {
    // Where nothing was edited, paragraphs stand in the order of the advertisement.
    const ticked = [...sheet.querySelectorAll(".para input:checked")].map((one) =>
      one.parentElement.querySelector(".para-text").textContent.trim());
    const before = ticked.filter((one) => one !== text);
    const untouched = field.value.trim() === before.join("\n\n");
    field.value = untouched ? ticked.join("\n\n") : `${field.value.trim()}\n\n${text}`.trim();
  } else {
    field.value = field.value.split("\n\n").filter((one) => one.trim() !== text).join("\n\n");
  }
  field.dispatchEvent(new Event("input"));
}
