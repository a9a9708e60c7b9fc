// Everything here is an extra: each page does its work without scripts.
import { startCopyButtons } from "./copy.js";
import { startDrafts } from "./drafts.js";
import { startFocus } from "./focus.js";
import { startProgress } from "./progress.js";
import { startSendingOnce } from "./send_once.js";
import { announceNotices } from "./status.js";
import { startTextForms } from "./text_form.js";
import { startUpload } from "./upload.js";
import { startZoom } from "./zoom.js";

startSendingOnce();
startUpload();
startDrafts(document);
startTextForms(document);
startCopyButtons(document);
startZoom(document);
startFocus();
startProgress();
announceNotices();
