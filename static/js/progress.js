// Live progress of a job or an audit: asks for the counts, and puts in the cards whose drafts have come.
import { startCopyButtons } from "./copy.js";
import { startDrafts } from "./drafts.js";
import { markGone, removeCard } from "./gone.js";
import { ProgressAnnouncer } from "./progress_announcer.js";
import { refreshReport } from "./report.js";
import { announce } from "./status.js";
import { startTextForms } from "./text_form.js";

const RETRY_MS = 5000;
const TIMEOUT_MS = 15000;
const GONE = "These pictures are no longer here. They were deleted, or this browser's session has ended.";

/** Starts on the page of a job: asks while drafts are made, and once whenever somebody comes back to the page. */
export function startProgress() {
  const head = document.querySelector("[data-progress]");
  if (!head) {
    return;
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") {
      look(head);
    }
  });
  if (head.hasAttribute("data-pending")) {
    head.querySelector("[data-progress-check]").hidden = true;
    const announcer = new ProgressAnnouncer(head.dataset, Date.now());
    announce(announcer.start(find(head, "heading").textContent));
    poll(head, announcer);
  }
}

/** Looks for what was done in another tab. No answer is no matter: the page stays as it is. */
async function look(head) {
  try {
    const now = await fetchOk(head.dataset.progress, (response) => response.json());
    markGone(now.states);
    showWords(head, now);
  } catch (error) {
    if (error instanceof GoneError) {
      markGone({}, head.dataset.gone ?? GONE);
    }
  }
}

async function poll(head, announcer) {
  let wait = RETRY_MS;
  try {
    const now = await fetchOk(head.dataset.progress, (response) => response.json());
    await replaceCards(now.states);
    show(head, now);
    await refreshReport(head, now);
    const sentence = announcer.update(now, Date.now());
    if (sentence) {
      announce(now.waiting === 0 ? `${sentence} ${onlyDraft()}`.trim() : sentence);
    }
    if (now.waiting === 0) {
      return;
    }
    wait = now.poll_after_ms;
  } catch (error) {
    if (error instanceof GoneError) {
      showProblem(head, head.dataset.gone ?? GONE);
      return;
    }
    showProblem(head, "The server does not answer. This page keeps trying; nothing is lost.");
  }
  setTimeout(() => poll(head, announcer), wait);
}

function show(head, now) {
  showWords(head, now);
  find(head, "queue").textContent = now.queue;
  find(head, "problem").hidden = true;
  const bar = head.querySelector("progress");
  bar.max = now.total;
  bar.value = now.done + now.failed;
  find(head, "panel").hidden = now.waiting === 0;
}

function showWords(head, now) {
  const problem = document.getElementById("error-summary") ? "Error: " : ""; // a refused text is still to be corrected
  document.title = `${problem}${now.title} – Captioner`;
  find(head, "heading").textContent = now.heading;
  find(head, "decided").textContent = now.decided;
}

function showProblem(head, sentence) {
  const problem = find(head, "problem");
  if (problem.hidden || problem.textContent !== sentence) {
    announce(sentence);
  }
  problem.textContent = sentence;
  problem.hidden = false;
}

function find(head, part) {
  return head.querySelector(`[data-progress-${part}]`);
}

/** Only a card that was waiting is replaced: nobody can have typed in it. */
async function replaceCards(states) {
  markGone(states);
  for (const card of document.querySelectorAll('[data-card][data-state="waiting"]')) {
    if (states[card.dataset.card] !== "waiting") {
      await fetchCard(card);
    }
  }
}

async function fetchCard(card) {
  try {
    replaceCard(card, await fetchOk(card.dataset.cardAddress, (response) => response.text()));
  } catch (error) {
    if (!(error instanceof GoneError)) {
      throw error;
    }
    removeCard(card); // deleted between the two questions
  }
}

function replaceCard(card, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const fresh = template.content.querySelector("[data-card]");
  const focused = card.contains(document.activeElement) ? document.activeElement.id : "";
  card.replaceWith(fresh);
  startDrafts(fresh);
  startTextForms(fresh);
  startCopyButtons(fresh);
  if (focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

/** With a single picture listeners hear its draft at once, or why there is none. */
function onlyDraft() {
  const cards = document.querySelectorAll("[data-card]");
  if (cards.length !== 1) {
    return "";
  }
  const draft = cards[0].querySelector(".choice-first label");
  return draft ? `Unchecked draft: ${draft.textContent}` : (cards[0].querySelector(".withheld")?.textContent ?? "");
}

class GoneError extends Error {}

async function fetchOk(address, read) {
  const response = await fetch(address, { credentials: "same-origin", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (response.status === 404) {
    throw new GoneError(address);
  }
  if (!response.ok) {
    throw new Error(`${response.status} ${address}`);
  }
  return read(response);
}
