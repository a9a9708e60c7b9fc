import { announce } from "./status.js";

/** Shows the copy buttons below `root` and lets them work. */
export function startCopyButtons(root) {
  for (const group of root.querySelectorAll("[data-copy-buttons]")) {
    group.hidden = false;
    for (const button of group.querySelectorAll("[data-copy]")) {
      button.addEventListener("click", () => copy(button, group.querySelector("[data-copy-result]")));
    }
  }
}

async function copy(button, result) {
  const source = document.getElementById(button.dataset.copy);
  const text = "value" in source ? source.value : source.textContent;
  try {
    await navigator.clipboard.writeText(text);
    result.textContent = "Copied";
    announce(button.dataset.copied);
  } catch {
    // No permission, or no secure connection: select it, so that one keystroke copies it.
    select(source);
    result.textContent = "Selected: press Ctrl+C or ⌘C";
    announce("The browser does not allow copying. The text is selected: press Control C, or Command C.");
  }
}

function select(source) {
  if ("select" in source) {
    source.focus();
    source.select();
  } else {
    getSelection().selectAllChildren(source);
  }
}
