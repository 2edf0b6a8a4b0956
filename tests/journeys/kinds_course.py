"""A small course with a unit for each kind of question whose fields are out of the ordinary, and its Arabic."""

from pathlib import Path

from polylect import olx
from polylect.course.files import open_folder
from polylect.messages import Target, po
from polylect.messages.blocks import find_all

TRUE_FALSE = """<truefalseresponse>
<label>Which of these are true of every partnership?</label>
<choicegroup>
<choice correct="true" name="both">Both sides put something in.
<choicehint>Yes: who puts nothing in, is a guest.</choicehint></choice>
<choice correct="false" name="money">Money changes hands.<choicehint>Time or a good name will do.</choicehint></choice>
<choice correct="true" name="goal">They share a goal.</choice>
</choicegroup>
</truefalseresponse>
<solution><p>Each side puts something in, gets something out, and both want the same.</p></solution>"""

NOTHING_TRUE = """<truefalseresponse>
<label>Which of these are partnerships? It may be none.</label>
<choicegroup>
<choice correct="false">A club pays for a hall.</choice><choice correct="false">A baker gives bread away.</choice>
</choicegroup>
</truefalseresponse>"""

NUMBERS = """<choicetextresponse>
<label>A hall has 12 rows of 10 seats. Will 100 guests find a seat?</label>
<radiotextgroup>
<choice correct="true" name="yes">Yes, and <numtolerance_input answer="20" tolerance="0"/> seats stay free.
<choicehint>There are 120 seats.</choicehint></choice>
<choice correct="false" name="no">No, <decoy_input/> seats are missing.</choice>
<choice correct="false" name="unknown">Nobody can tell.</choice>
</radiotextgroup>
</choicetextresponse>"""

MORE_NUMBERS = """<choicetextresponse>
<label>The library gives its hall for two evenings of three hours. What does the club get?</label>
<checkboxtextgroup>
<choice correct="true" name="evenings"><numtolerance_input answer="2"/> evenings in the hall</choice>
<choice correct="true" name="hours">about <numtolerance_input answer="6" tolerance="10%"/> hours, that is
<numtolerance_input answer="360" tolerance="10%"/> minutes</choice>
<choice correct="false" name="fee">a fee of <decoy_input/> euros</choice>
</checkboxtextgroup>
</choicetextresponse>"""

PICTURE = """<p>The plan shows the ground floor.</p>
<imageresponse>
<label>Where on the plan do readers and pupils meet?</label>
<imageinput src="/static/plan.svg" width="600" height="360" rectangle="(230,60)-(370,300)"
alt="A plan, 600 pixels wide and 360 high: the library fills the left third, the school the right third. Between them
lies a courtyard."/>
</imageresponse>"""

ANNOTATION = """<annotationresponse>
<annotationinput>
<title>What the sides gain</title>
<text>The library lends its room on Mondays. Since then, twice as many pupils have asked for a card.</text>
<comment>Read it as the librarian would.</comment>
<comment_prompt>What does the library gain?</comment_prompt>
<tag_prompt>What is it about, above all?</tag_prompt>
<options>
<option choice="correct">an exchange<optionhint>Yes: a room for readers.</optionhint></option>
<option choice="partially-correct">generosity</option>
<option choice="incorrect">rent</option>
</options>
</annotationinput>
</annotationresponse>"""

SCRIPTED = """<script type="loncapa/python">
rows, seats = 12, 10
def check_shares(expect, ans):
    try:
        members, guests = int(ans[0]), int(ans[1])
    except ValueError:
        raise ValueError("Write two whole numbers.")
    if members + guests == rows * seats:
        return True
    return {"ok": False, "msg": "Together they do not fill the hall."}
</script>
<customresponse cfn="check_shares">
<p>A hall has $rows rows of $seats seats. Fill it with members and guests.</p>
<textline label="Members"/><textline label="Guests"/>
</customresponse>"""

FORMULA = r"""<formularesponse type="ci" samples="n,p@1,1:9,9#10" answer="n*p">
<label>What do n tickets at the price p bring in?</label>
<responseparam type="tolerance" default="1%"/><formulaequationinput/>
</formularesponse>
<solution><p>As many times the price as there are tickets: [mathjaxinline]n \cdot p[/mathjaxinline]</p></solution>"""

UNITS = {
    "statements": ("True or false", (TRUE_FALSE, NOTHING_TRUE)),
    "numbers": ("Choices with numbers", (NUMBERS, MORE_NUMBERS)),
    "picture": ("A place in a picture", (PICTURE,)),
    "annotation": ("An annotation", (ANNOTATION,)),
    "sums": ("Sums", (SCRIPTED, FORMULA)),
}
RUN = "Bridges+Kinds+run"

_PLAN = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 360" width="600" height="360">
<rect width="600" height="360" fill="#efe9dc"/>
<g stroke="#5c5346" stroke-width="3"><path d="M20 20h200v320H20z" fill="#cfdbe6"/>
<path d="M380 20h200v320H380z" fill="#e6d3cf"/><path d="M220 60h160v240H220z" fill="#d4e2c8" stroke-dasharray="8 6"/>
</g><g fill="#7a8f63"><circle cx="270" cy="120" r="22"/><circle cx="330" cy="230" r="26"/>
<circle cx="265" cy="245" r="16"/></g><g fill="none" stroke="#5c5346" stroke-width="3">
<path d="M220 160v40M380 160v40" stroke="#efe9dc" stroke-width="7"/>
<path d="M60 60v240M100 60v240M140 60v240M180 60v240" stroke="#8fa4b8" stroke-width="9"/>
<path d="M410 70h60v40h-60zM490 70h60v40h-60zM410 160h60v40h-60zM490 160h60v40h-60z" stroke="#b08f88"/>
<path d="M410 250h60v40h-60zM490 250h60v40h-60z" stroke="#b08f88"/></g></svg>
"""

_ARABIC = {
    "Kinds of questions": "أنواع الأسئلة",
    "Practice": "تمرين",
    "Kinds": "الأنواع",
    "Question 1": "السؤال الأول",
    "Question 2": "السؤال الثاني",
    "True or false": "صواب أم خطأ",
    "Which of these are true of every partnership?": "أيّ من هذه يصحّ في كل شراكة؟",
    "Both sides put something in.": "كلا الطرفين يُسهم بشيء.",
    "Yes: who puts nothing in, is a guest.": "نعم: من لا يُسهم بشيء فهو ضيف.",
    "Money changes hands.": "ينتقل مال من يد إلى يد.",
    "Time or a good name will do.": "يكفي الوقت أو حسن السمعة.",
    "They share a goal.": "لهما هدف مشترك.",
    "Each side puts something in, gets something out, and both want the same.": (
        "كل طرف يُسهم بشيء وينال شيئًا، وكلاهما يريد الأمر نفسه."
    ),
    "Which of these are partnerships? It may be none.": "أيّ من هذه شراكة؟ قد لا يكون أيٌّ منها كذلك.",
    "A club pays for a hall.": "نادٍ يدفع أجرة قاعة.",
    "A baker gives bread away.": "خبّاز يتبرّع بالخبز.",
    "Choices with numbers": "خيارات فيها أعداد",
    "A hall has 12 rows of 10 seats. Will 100 guests find a seat?": (
        "في القاعة ١٢ صفًّا في كل منها ١٠ مقاعد. هل يجد ١٠٠ ضيف مقاعد؟"
    ),
    "Yes, and <field1/> seats stay free.": "نعم، ويبقى <field1/> مقعدًا خاليًا.",
    "There are 120 seats.": "المقاعد ١٢٠ مقعدًا.",
    "No, <field1/> seats are missing.": "لا، ينقص <field1/> مقعدًا.",
    "Nobody can tell.": "لا أحد يعلم.",
    "The library gives its hall for two evenings of three hours. What does the club get?": (
        "تُعير المكتبة قاعتها أمسيتين، كلٌّ منهما ثلاث ساعات. على ماذا يحصل النادي؟"
    ),
    "<field1/> evenings in the hall": "<field1/> أمسية في القاعة",
    "about <field1/> hours, that is <field2/> minutes": "نحو <field1/> ساعات، أي <field2/> دقيقة",
    "a fee of <field1/> euros": "أجر قدره <field1/> يورو",
    "A place in a picture": "مكان في صورة",
    "The plan shows the ground floor.": "يُظهر المخطط الطابق الأرضي.",
    "Where on the plan do readers and pupils meet?": "أين يلتقي القرّاء والتلاميذ على المخطط؟",
    "A plan, 600 pixels wide and 360 high: the library fills the left third, the school the right third. Between them "
    "lies a courtyard.": (
        "مخطط عرضه ٦٠٠ بكسل وارتفاعه ٣٦٠: المكتبة في الثلث الأيسر والمدرسة في الثلث الأيمن، وبينهما فناء."
    ),
    "An annotation": "تعليق على نص",
    "What the sides gain": "ما يكسبه الطرفان",
    "The library lends its room on Mondays. Since then, twice as many pupils have asked for a card.": (
        "تُعير المكتبة قاعتها أيام الاثنين، ومنذ ذلك الحين تضاعف عدد التلاميذ الذين طلبوا بطاقة."
    ),
    "Read it as the librarian would.": "اقرأه كما يقرؤه أمين المكتبة.",
    "What does the library gain?": "ماذا تكسب المكتبة؟",
    "What is it about, above all?": "عمّ يدور الأمر قبل كل شيء؟",
    "an exchange": "تبادل",
    "Yes: a room for readers.": "نعم: قاعة مقابل قرّاء.",
    "generosity": "كرم",
    "rent": "إيجار",
    "Sums": "حساب",
    "A hall has <var1/> rows of <var2/> seats. Fill it with members and guests.": (
        "في القاعة <var1/> صفًّا في كل منها <var2/> مقاعد. املأها بالأعضاء والضيوف."
    ),
    "Members": "الأعضاء",
    "Guests": "الضيوف",
    "Write two whole numbers.": "اكتب عددين صحيحين.",
    "Together they do not fill the hall.": "معًا لا يملؤون القاعة.",
    "What do n tickets at the price p bring in?": "كم تُدخل n تذكرة بسعر p؟",
    "As many times the price as there are tickets: <math1/>": "السعر مضروبًا في عدد التذاكر: <math1/>",
}


def olx_folder(folder: Path) -> Path:
    """The course as an Open edX export."""
    verticals = "".join(
        f'<vertical url_name="{code}" display_name="{title}">'
        + "".join(f'<problem url_name="{code}-{number}"/>' for number, _ in enumerate(problems, start=1))
        + "</vertical>"
        for code, (title, problems) in UNITS.items()
    )
    files = {
        "course.xml": '<course url_name="run" org="Bridges" course="Kinds"/>',
        "course/run.xml": '<course display_name="Kinds of questions" language="en"><chapter url_name="c" '
        f'display_name="Practice"><sequential url_name="s" display_name="Kinds">{verticals}</sequential>'
        "</chapter></course>",
        "static/plan.svg": _PLAN,
        "policies/assets.json": "{}",
    }
    for code, (_title, problems) in UNITS.items():
        for number, problem in enumerate(problems, start=1):
            files[f"problem/{code}-{number}.xml"] = (
                f'<problem display_name="Question {number}" showanswer="attempted">{problem}</problem>'
            )
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return folder


def arabic(folder: Path) -> Path:
    """The Arabic of the course in this folder, as a PO file beside it."""
    with open_folder(folder) as opened:
        course, _issues = olx.read(opened)
    assert course is not None
    targets = {
        (code, message.role): Target(_ARABIC[message.text], "ar")
        for code, message in find_all(course)
        if message.text in _ARABIC
    }
    path = folder.with_name("ar.po")
    path.write_text(po.write(course, "ar", targets), "utf-8")
    return path
