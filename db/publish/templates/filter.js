// Filters the list. Without it the list is complete, page by page.
"use strict";
(() => {
  const form = document.querySelector("form.filter");
  const list = document.querySelector("ol.postings");
  if (!form || !list) return;
  const count = form.querySelector(".count");
  const here = location.pathname.split("/").pop() || "index.html";
  const others = form.dataset.pages.split(" ").filter((name) => name !== here);
  let loaded = null;

  // The postings of the other pages, once; a page that cannot be read is left out.
  const load = () => loaded ??= Promise.all(others.map(async (name) => {
    const answer = await fetch(name).catch(() => null);
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    list.append(...page.querySelectorAll("ol.postings > li"));
  }));

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const apply = async () => {
    const words = plain(form.words.value).split(/\s+/).filter(Boolean);
    const wanted = ["country", "category", "workplace"]
      .filter((name) => form.elements[name] && form.elements[name].value)
      .map((name) => [name, form.elements[name].value]);
    const filtering = words.length > 0 || wanted.length > 0;
    if (filtering) await load();
    let shown = 0;
    for (const item of list.children) {
      const text = plain(item.textContent);
      const fits = words.every((word) => text.includes(word))
        && wanted.every(([name, value]) => item.dataset[name].split("|").includes(value));
      item.hidden = !fits;
      shown += fits;
    }
    count.textContent = filtering ? `${shown} of ${list.children.length} postings` : "";
  };

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();  // a browser that goes back fills the fields again
})();
