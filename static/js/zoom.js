// Looking closely at a picture: buttons enlarge it within a frame that scrolls by keys, wheel, touch and dragging.
import { announce } from "./status.js";

const STEP = 1.5;
const LARGEST = 8; // times the size at which the picture fits

/** Gives each picture below `root` that asks for it a frame and its buttons. */
export function startZoom(root) {
  for (const part of root.querySelectorAll("[data-zoom]")) {
    start(part, part.querySelector("img"));
  }
}

function start(part, picture) {
  const frame = document.createElement("div");
  frame.className = "zoom-frame";
  picture.before(frame);
  frame.append(picture);

  const buttons = document.createElement("p");
  buttons.className = "buttons";
  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    buttons.append(made);
    return made;
  };

  let times = 1;
  const zoom = (wanted) => {
    const before = times;
    times = Math.min(Math.max(wanted, 1), LARGEST);
    const middle = {
      x: (frame.scrollLeft + frame.clientWidth / 2) * (times / before),
      y: (frame.scrollTop + frame.clientHeight / 2) * (times / before),
    };
    if (before === 1 && times > 1) {
      frame.style.height = `${frame.offsetHeight}px`; // the page below stays where it is
      frame.style.setProperty("--fitting-width", `${picture.offsetWidth}px`);
    }
    const isLarge = times > 1;
    frame.classList.toggle("zoomed", isLarge);
    frame.style.setProperty("--times", times);
    if (!isLarge) {
      frame.style.height = "";
    }
    // A frame that scrolls must be reached by keys; one that does not would be a stop for nothing.
    frame.toggleAttribute("tabindex", isLarge);
    if (isLarge) {
      frame.tabIndex = 0;
      frame.setAttribute("role", "region");
      frame.setAttribute("aria-label", "The enlarged picture, to be moved with the arrow keys");
    } else {
      frame.removeAttribute("role");
      frame.removeAttribute("aria-label");
    }
    frame.scrollTo(middle.x - frame.clientWidth / 2, middle.y - frame.clientHeight / 2);
    closer.disabled = times === LARGEST;
    announce(isLarge ? `${Math.round(times * 100)} percent.` : "The whole picture.");
  };
  const closer = button("Zoom in", () => zoom(times * STEP));
  button("Zoom out", () => zoom(times / STEP));
  button("Whole picture", () => zoom(1));
  frame.after(buttons);
  startDragging(frame);
}

function startDragging(frame) {
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0 || !frame.classList.contains("zoomed")) {
      return; // a finger scrolls by itself
    }
    event.preventDefault();
    frame.focus({ preventScroll: true });
    frame.setPointerCapture(event.pointerId);
    const from = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop };
    const drag = (move) => frame.scrollTo(from.x - move.clientX, from.y - move.clientY);
    const stop = () => {
      frame.removeEventListener("pointermove", drag);
    };
    frame.addEventListener("pointermove", drag);
    frame.addEventListener("pointerup", stop, { once: true });
    frame.addEventListener("pointercancel", stop, { once: true });
  });
}
