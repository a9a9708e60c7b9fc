// The one live region of a page: an empty role=status in the HTML, into which plain text is put.
const REPEAT_DELAY_MS = 100;
const AFTER_LOAD_MS = 800;

/** Has screen readers say a sentence, without moving the focus. */
export function announce(text) {
  const status = document.getElementById("status");
  status.textContent = "";
  // A sentence equal to the last one is announced only if the region was empty in between.
  setTimeout(() => {
    status.textContent = text;
  }, REPEAT_DELAY_MS);
}

/** Says what the last action did. The page was loaded with it, and what a page is loaded with is not announced. */
export function announceNotices() {
  const texts = [...document.querySelectorAll("[data-announce]")].map((notice) => notice.textContent.trim());
  if (texts.length) {
    setTimeout(() => announce(texts.join(" ")), AFTER_LOAD_MS);
  }
}
