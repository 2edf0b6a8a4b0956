// The workbench: what each module does is at its top. Without any of them, every link and form is a page of its own.
//
//   <div data-workbench data-news="…/news/" data-newest="812" data-failed="That could not be sent…">
//     <div id="stage" data-stage="CODE OF THE VIDEO">…</div>
//     <section id="hand" data-line="UUID" data-address="…"><form data-write>…</form></section>
//     <section id="list"><ol><li id="line-UUID"><a data-line="UUID">…</a></li></ol></section>
//   </div>

import { bringBack } from "./workbench/parts.js";
import "./workbench/typing.js";
import "./workbench/keys.js";
import "./workbench/stage.js";
import "./workbench/cues.js";
import "./workbench/others.js";

for (const hidden of document.querySelectorAll("[data-with-script]")) hidden.hidden = false;
bringBack();
