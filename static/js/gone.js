// Pictures that were deleted elsewhere, in another tab or by somebody with the same browser.
import { announce } from "./status.js";

/** Says so in the cards of pictures that are not among `states`. A card that waits holds nothing, and goes. */
export function markGone(states) {
  for (const card of document.querySelectorAll("[data-card]")) {
    if (card.dataset.card in states) {
      continue;
    }
    if (card.dataset.state === "waiting") {
      removeCard(card);
    } else {
      tell(card);
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

function tell(card) {
  const heading = card.querySelector("h2, h1");
  const field = card.querySelector("textarea[data-draft]");
  const typed = field && field.value !== field.defaultValue ? field.value : "";
  const focused = card.contains(document.activeElement);
  const sentence = "This picture was deleted, with its texts.";
  const parts = [paragraph(sentence)];
  if (typed) {
    parts.push(paragraph(`You had typed: ${typed}`));
  }
  card.querySelector(".card-body").replaceChildren(...parts);
  card.removeAttribute("data-card"); // nothing more is asked or said about it
  if (focused) {
    heading.focus();
  }
  announce(`${heading.textContent}: ${sentence}`);
}

function paragraph(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}
