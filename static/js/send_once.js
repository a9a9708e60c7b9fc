// A form that changes something is sent once, however often its button is pressed.

/** Guards every form of the page that is sent with POST, those included that come later. */
export function startSendingOnce() {
  let sent = new WeakSet();
  const guard = (event) => {
    const form = event.target;
    if ((event.submitter?.formMethod || form.method) !== "post") {
      return;
    }
    if (sent.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation(); // what else happens when it is sent has happened
    }
    sent.add(form);
  };
  document.addEventListener("submit", guard, { capture: true });
  const release = () => {
    sent = new WeakSet();
  };
  // Who goes back may find the page as it was left, and who presses Stop stays on it: its forms can be sent again.
  window.addEventListener("pageshow", release);
  window.navigation?.addEventListener("navigateerror", release);
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") {
      release(); // the key for Stop, where the browser does not tell that a page was stopped
    }
  });
}
