// What is wrong with a text, told beside its field when typing stops.
import { announce } from "./status.js";

const TYPING_STOPPED_MS = 2000; // who thinks about the next word is not to be talked into

/** Has the service look at the text of `field` whenever it rests, and lists what it says below. */
export function startLint(part, field) {
  const list = part.querySelector("[data-lint]");
  let timer;
  let asked = 0;
  const look = async () => {
    const turn = ++asked;
    const says = await ask(list.dataset.lint, field);
    if (turn !== asked || says === null) {
      return; // typed on meanwhile; or not reachable, and then nothing is told
    }
    const told = [...list.children].map((item) => item.textContent);
    list.replaceChildren(...says.map(item));
    const news = says.filter((one) => !told.includes(one));
    if (news.length) {
      announce(news.join(" "));
    }
  };
  for (const event of ["input", "filled"]) {
    field.addEventListener(event, () => {
      clearTimeout(timer);
      timer = setTimeout(look, TYPING_STOPPED_MS);
    });
  }
}

async function ask(address, field) {
  const body = new FormData();
  body.set("text", field.value);
  body.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(address, { method: "POST", body });
    return answer.ok ? (await answer.json()).says : null;
  } catch {
    return null;
  }
}

function item(text) {
  const made = document.createElement("li");
  made.textContent = text;
  return made;
}
