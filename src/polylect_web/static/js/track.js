// The caption editor: what each module does is at its top. Without any of them, every button loads the page anew.
//
//   <form data-track data-failed="That could not be sent…">
//     <video data-film></video> <button data-play-cue>…</button> <button data-tap>…</button>
//     <div id="state"><input name="seen" value="7">…</div>
//     <section id="cues" data-count="90" data-first="40"><input name="cue" value="41">
//       <ol><li id="cue-41" data-cue="41"><input id="start-41" name="start-41"> <input id="end-41" name="end-41">
//         <textarea id="text-41" name="text-41"></textarea> <div id="wrong-41" data-start="…" data-end="…"></div>
//         <div id="tools">…</div></li></ol>
//     </section>
//   </form>

import { showScripted } from "./workbench/track.js";
import "./workbench/track-film.js";
import "./workbench/track-keys.js";

showScripted();
