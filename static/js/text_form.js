// The choices and the text field of a card: a chosen sentence goes into the field, to be changed there.
import { keepDraft } from "./drafts.js";
import { startLint } from "./lint.js";
import { announce } from "./status.js";

const TYPING_STOPPED_MS = 1000;
const COUNT_FROM = 0.8; // of the soft limit: before that the count is of no interest to listeners

/** Connects the fields of each card below `root`. */
export function startTextForms(root) {
  for (const part of root.querySelectorAll("[data-text-form]")) {
    const field = part.querySelector("textarea");
    startCounter(part, field);
    startChoices(part, field);
    if (part.querySelector("[data-lint]")) {
      startLint(part, field);
    }
  }
}

function startChoices(part, field) {
  const choices = [...part.querySelectorAll("[data-choice]")];
  const own = part.querySelector("[data-choice-own]");
  if (!own) {
    return;
  }
  part.querySelector("[data-without-script]").hidden = true;
  part.querySelector("[data-with-script]").hidden = false;

  const sentence = (choice) => part.querySelector(`label[for="${choice.id}"]`).textContent;
  const matching = () => choices.find((choice) => sentence(choice) === field.value);
  let ownWords = matching() ? "" : field.value;

  const markChoice = () => {
    const match = matching();
    if (match) {
      match.checked = true;
    } else if (field.value) {
      own.checked = true;
      ownWords = field.value;
    }
  };
  const fill = (text) => {
    field.value = text;
    keepDraft(field);
    field.dispatchEvent(new Event("filled"));
  };

  for (const choice of choices) {
    choice.addEventListener("change", () => fill(sentence(choice)));
    if (choice.checked && !field.value) {
      fill(sentence(choice));
    }
  }
  // Own words are never lost: they come back when "my own" is chosen again.
  own.addEventListener("change", () => fill(ownWords));
  field.addEventListener("input", markChoice);
  markChoice();
}

function startCounter(part, field) {
  const limit = Number(field.dataset.counter);
  const count = part.querySelector("[data-count]");
  const show = () => {
    count.textContent = field.value ? `Now ${field.value.length}.` : "";
  };
  let timer;
  field.addEventListener("filled", show);
  field.addEventListener("input", () => {
    show();
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (field.value.length >= limit * COUNT_FROM) {
        announce(`${field.value.length} characters.`);
      }
    }, TYPING_STOPPED_MS);
  });
  show();
}
