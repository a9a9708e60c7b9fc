// A form that changes something is sent once, however often its button is pressed.

/** Guards every form of the page that is sent with POST, those included that come later. */
export function startSendingOnce() {
  let sent = new WeakSet();
  const guard = (event) => {
    const form = event.target;
    if (form.method !== "post") {
      return;
    }
    if (sent.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation(); // what else happens when it is sent has happened
    }
    sent.add(form);
  };
  document.addEventListener("submit", guard, { capture: true });
  // Who goes back may find the page as it was left: its forms can be sent again.
  window.addEventListener("pageshow", () => {
    sent = new WeakSet();
  });
}
