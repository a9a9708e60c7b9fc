// What was typed but not sent outlives a reload and an expired session, in this tab alone.
const PREFIX = "draft:";

/** Restores and keeps the fields below `root` that have a `data-draft` name. */
export function startDrafts(root) {
  for (const field of root.querySelectorAll("[data-draft]")) {
    const key = PREFIX + field.dataset.draft;
    const kept = read(key);
    if (kept !== null && !field.value) {
      field.value = kept;
    } else if (kept === field.value) {
      write(key, ""); // it was sent and saved
    }
    field.addEventListener("input", () => write(key, field.value));
  }
  for (const sent of root.querySelectorAll("[data-drafts-sent]")) {
    write(PREFIX + sent.dataset.draftsSent, "");
  }
}

/** Keeps a text that a script put into the field. */
export function keepDraft(field) {
  write(PREFIX + field.dataset.draft, field.value);
}

function read(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null; // storage is switched off
  }
}

function write(key, value) {
  try {
    if (value) {
      sessionStorage.setItem(key, value);
    } else {
      sessionStorage.removeItem(key);
    }
  } catch {
    // Storage is full or switched off: the text still stands in its field.
  }
}
