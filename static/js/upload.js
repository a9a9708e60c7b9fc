// Extras of the upload form: files can be dropped on it, and what is chosen is shown.
import { announce } from "./status.js";

/** Connects the form, on the page that has it. */
export function startUpload() {
  const form = document.querySelector("[data-upload]");
  if (!form) {
    return;
  }
  const input = form.querySelector("input[type=file]");
  startDropZone(form, input);
  input.addEventListener("change", () => showChosen(form, input));
  showChosen(form, input); // a browser may restore the choice when one goes back

  form.addEventListener("submit", () => announce("Sending the pictures."));
}

function startDropZone(form, input) {
  const zone = form.querySelector("[data-drop-zone]");
  form.querySelector("[data-drop-hint]").hidden = false;
  const mark = (over) => zone.classList.toggle("drop-zone-over", over);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  zone.addEventListener("dragleave", () => mark(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
    }
  });
}

function showChosen(form, input) {
  const list = form.querySelector("[data-chosen]");
  for (const picture of list.querySelectorAll("img")) {
    URL.revokeObjectURL(picture.src);
  }
  const files = [...input.files];
  list.replaceChildren(...files.map((file) => chosenItem(file, Number(form.dataset.maxMb))));
  list.hidden = files.length === 0;
  if (files.length) {
    announce(files.length === 1 ? `${files[0].name} chosen.` : `${files.length} pictures chosen.`);
  }
}

function chosenItem(file, maxMegabytes) {
  const item = document.createElement("li");
  const picture = document.createElement("img");
  picture.src = URL.createObjectURL(file);
  picture.alt = "";
  picture.addEventListener("error", () => picture.remove());
  const megabytes = file.size / 1e6;
  const text = document.createElement("span");
  text.textContent = `${file.name}, ${megabytes < 0.1 ? "under 0.1" : megabytes.toFixed(1)} MB`;
  if (megabytes > maxMegabytes) {
    text.textContent += `: larger than ${maxMegabytes} MB, it will be refused`;
  }
  item.append(picture, text);
  return item;
}
