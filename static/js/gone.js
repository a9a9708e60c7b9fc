// Pictures that were deleted elsewhere, in another tab or by somebody with the same browser.
import { announce } from "./status.js";

const DELETED = "This picture was deleted. What you see here is not kept any more: copy what you need.";

/** Says so in the cards of pictures that are not among `states`. A card that waits holds nothing, and goes. */
export function markGone(states, sentence = DELETED) {
  for (const card of document.querySelectorAll("[data-card]")) {
    if (card.dataset.card in states) {
      continue;
    }
    if (card.dataset.state === "waiting") {
      removeCard(card);
    } else {
      tell(card, sentence);
    }
  }
}

/** Takes a card away; the focus goes on to the next one. */
export function removeCard(card) {
  const neighbour = card.nextElementSibling ?? card.previousElementSibling;
  const focused = card.contains(document.activeElement);
  card.remove();
  if (focused) {
    neighbour?.querySelector("h2, h1")?.focus();
  }
}

function tell(card, sentence) {
  const heading = card.querySelector("h2, h1");
  const told = document.createElement("p");
  told.className = "failed";
  told.textContent = sentence;
  heading.after(told);
  for (const button of card.querySelectorAll("button[type=submit]")) {
    if (button === document.activeElement) {
      heading.focus();
    }
    button.disabled = true;
  }
  card.removeAttribute("data-card"); // nothing more is asked or said about it
  announce(`${heading.textContent}: ${sentence}`);
}
