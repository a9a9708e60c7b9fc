// Where the focus begins on a page that answers an action.

/** Puts the focus on the error summary or another marked place, or on the heading that the address names. */
export function startFocus() {
  const marked = document.querySelector("[data-focus]");
  const named = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  (marked ?? named)?.focus();
}
