// The keys of review: r right, w wrong, c correct, n next, u undo. Everything works without them.
"use strict";
const KEYS = { r: "right", w: "wrong", n: "next", u: "undo" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "Escape") {
    if (typing) typing.blur();
    else if (location.hash) location.hash = "main";
    return;
  }
  if (typing || event.repeat) return;
  if (event.key === "c") {
    const fields = document.getElementById("correct");
    if (!fields) return;
    event.preventDefault();
    fields.open = true;
    fields.querySelector("input:not([type=hidden]), select").focus();
  } else if (KEYS[event.key]) {
    const pressed = document.getElementById(KEYS[event.key]);
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  }
});

// A form is sent once, however often its button is pressed. One that comes back by the browser's history is as new.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[method=post]")) delete form.dataset.sent;
});

// In a form of review, Enter in a field of a correction corrects, and elsewhere does nothing: no verdict comes by mistake.
document.getElementById("say")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault();
  if (event.target.closest("#correct")) document.querySelector("#correct button").click();
});

// What is copied out of an article says where it stands.
document.addEventListener("copy", (event) => {
  const article = document.querySelector("[data-cite]");
  const chosen = document.getSelection();
  if (!article || !chosen || chosen.isCollapsed || !article.contains(chosen.anchorNode)) return;
  const sentence = (chosen.anchorNode.parentElement || article).closest(".s");
  const raw = sentence?.dataset.raw ? `, raw text from ${sentence.dataset.raw.split("–")[0]}` : "";
  event.clipboardData.setData("text/plain", `“${chosen.toString().trim()}”\n${article.dataset.cite}${raw}`);
  event.preventDefault();
});

// A field that is completed: what is typed is asked for a moment after the last key, and the answers are offered.
for (const field of document.querySelectorAll("[data-complete]")) {
  const offered = document.createElement("datalist");
  offered.id = `offered-${document.querySelectorAll("datalist").length}`;
  field.after(offered);
  field.setAttribute("list", offered.id);
  let waiting = 0, asked = "";
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const words = field.value.trim();
      if (words.length < 2 || words === asked) return;
      asked = words;
      const answer = await fetch(`${document.body.dataset.root}/complete/${field.dataset.complete}?q=${encodeURIComponent(words)}`);
      if (!answer.ok || words !== asked) return;
      offered.replaceChildren(...(await answer.json()).map((one) => {
        const option = document.createElement("option");
        option.value = one.value;
        option.label = one.label;
        return option;
      }));
    }, 150);
  });
}

// Words that are marked in an article are those of a claim to be added; `a` opens the form with them.
const missed = document.getElementById("missed");
document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection();
  const sentence = chosen?.anchorNode?.parentElement?.closest(".article .s");
  if (!missed || !sentence || chosen.isCollapsed) return;
  const last = chosen.focusNode?.parentElement?.closest(".article .s");
  const first = last && Number(last.id.slice(1)) < Number(sentence.id.slice(1)) ? last : sentence;
  missed.elements.words.value = chosen.toString().trim();
  missed.elements.sentence.value = first.id.slice(1);
});
document.addEventListener("keydown", (event) => {
  if (!missed || event.key !== "a" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  missed.closest("details").open = true;
  missed.elements.kind.focus();
});
