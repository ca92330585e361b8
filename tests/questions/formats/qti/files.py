"""Files as Canvas and other platforms write them, and packages of them."""

import io
import zipfile
from xml.sax.saxutils import escape

MANIFEST = '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources/></manifest>'


def canvas_item(
    html: str,
    *,
    ident: str = "g1",
    title: str = "Question",
    kind: str = "essay_question",
    style: str = "text/html",
    feedback: str = "",
) -> str:
    """A question as Canvas writes it."""
    fields = {"question_type": kind, "points_possible": "1.0", "original_answer_ids": ""}
    metadata = "".join(
        f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{entry}</fieldentry>"
        "</qtimetadatafield>"
        for label, entry in fields.items()
    )
    comments = (
        '<itemfeedback ident="general_fb"><flow_mat><material>'
        f'<mattext texttype="text/html">{escape(feedback)}</mattext>'
        "</material></flow_mat></itemfeedback>"
        if feedback
        else ""
    )
    return (
        f'<item ident="{ident}" title="{title}">\n<itemmetadata><qtimetadata>{metadata}'
        "</qtimetadata></itemmetadata><presentation><material>"
        f'<mattext texttype="{style}">{escape(html)}</mattext>'
        '</material><response_str ident="response1" rcardinality="Single"><render_fib>'
        '<response_label ident="answer1" rshuffle="No"/></render_fib></response_str></presentation>'
        f"{comments}</item>\n"
    )


def canvas_quiz(*items: str, title: str = "Week 3") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">\n'
        f'<assessment ident="a" title="{title}"><section ident="root_section">'
        f"{''.join(items)}</section></assessment></questestinterop>"
    ).encode()


def canvas_bank(*items: str, title: str = "Serving") -> bytes:
    return (
        '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">'
        '<objectbank ident="b"><qtimetadata><qtimetadatafield><fieldlabel>bank_title</fieldlabel>'
        f"<fieldentry>{title}</fieldentry></qtimetadatafield></qtimetadata>"
        f"{''.join(items)}</objectbank></questestinterop>"
    ).encode()


QTI_2 = """<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="{ident}" title="Tails"
  adaptive="false" timeDependent="false">
  <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string">{correct}
  </responseDeclaration>
  <itemBody>{body}</itemBody>
  {after}
</assessmentItem>"""

QTI_3 = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="q3"
  title="Tails"><qti-item-body><p>What is <em>tail</em> latency?</p>
  <qti-extended-text-interaction response-identifier="RESPONSE"/></qti-item-body>
  <qti-modal-feedback outcome-identifier="F" identifier="a" show-hide="show"><qti-content-body>
  <p>The slowest few.</p></qti-content-body></qti-modal-feedback></qti-assessment-item>"""


def qti_2(body: str, *, ident: str = "q2", correct: str = "", after: str = "") -> bytes:
    return QTI_2.format(body=body, ident=ident, correct=correct, after=after).encode()


def package(**files: bytes) -> bytes:
    """A zip archive with a manifest. __ in a name stands for a slash, ___ for a point."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", MANIFEST)
        for name, data in files.items():
            archive.writestr(name.replace("___", ".").replace("__", "/"), data)
    return out.getvalue()
