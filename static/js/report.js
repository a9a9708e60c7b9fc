// The report of an audit that is still under way: what is found comes in where nothing can be disturbed by it.

/** Puts in the first findings by itself; what is found later is offered, as somebody may be reading. */
export async function refreshReport(head, now) {
  const report = document.querySelector("[data-report]");
  if (!report) {
    return;
  }
  const controls = head.querySelector("[data-report-controls]");
  if (controls && !now.looking && !controls.contains(document.activeElement)) {
    controls.hidden = true;
  }
  const known = Number(report.dataset.images);
  if (known === 0 && (now.images > 0 || now.waiting === 0) && !report.contains(document.activeElement)) {
    report.replaceWith(await fetchReport(head.dataset.reportAddress));
  } else if (now.images > known || (!now.looking && "again" in report.dataset)) {
    head.querySelector("[data-report-more]").hidden = false;
  }
}

async function fetchReport(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) {
    throw new Error(`${response.status} ${address}`);
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.querySelector("[data-report]");
}
