// What was typed but not saved outlives a reload and an expired session, in this tab alone.
const PREFIX = "draft:";

/** Restores and keeps the fields below `root` that have a `data-draft` name. */
export function startDrafts(root) {
  for (const field of root.querySelectorAll("[data-draft]")) {
    restore(field);
    field.addEventListener("input", () => keepDraft(field));
    // One form may hold the fields of many cards; the button says whose text is to be saved.
    const part = field.closest("[data-text-form]") ?? field.form;
    field.form.addEventListener("submit", ({ submitter }) => {
      if (part.contains(submitter)) {
        keepDraft(field, { sentOver: field.defaultValue });
      }
    });
  }
  for (const sent of root.querySelectorAll("[data-drafts-sent]")) {
    write(PREFIX + sent.dataset.draftsSent, null);
  }
}

/** Keeps the field's text; when it is sent, with the text that it is to replace. */
export function keepDraft(field, facts = {}) {
  const text = field.value;
  write(PREFIX + field.dataset.draft, text ? { text, ...facts } : null);
}

function restore(field) {
  const key = PREFIX + field.dataset.draft;
  const kept = read(key);
  if (!kept) {
    return;
  }
  const saved = kept.sentOver !== undefined && kept.sentOver !== field.defaultValue;
  if (saved || kept.text.trim() === field.defaultValue.trim()) {
    write(key, null);
    return;
  }
  field.value = kept.text;
  const details = field.closest("details");
  if (details) {
    details.open = true;
  }
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null; // storage is switched off
  }
}

function write(key, kept) {
  try {
    if (kept) {
      sessionStorage.setItem(key, JSON.stringify(kept));
    } else {
      sessionStorage.removeItem(key);
    }
  } catch {
    // Storage is full or switched off: the text still stands in its field.
  }
}
