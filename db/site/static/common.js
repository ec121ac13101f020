// What the pages share. Everything here is an addition: without script the forms do the same.

document.documentElement.classList.add("scripted");

/** Post a form's fields and read the answer. Throws with a sentence for the editor. */
export async function post(address, fields) {
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(fields),
    });
  } catch {
    throw new Error("The desk does not answer. Is it still running?");
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error(said.reason || (answer.status === 403 ? "You are signed out. Open the sign-in link again." : `That failed (${answer.status}).`));
  }
  return said;
}

/** Is the keyboard writing into a field? */
export function writing(event) {
  return Boolean(event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]"));
}
