"""An e-mail (RFC 5322), in text and HTML; the sender adds From, To and Message-ID.

Alerts about one meeting refer to one another, so that mail programs show them together.
"""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from urllib.parse import quote

from services.notify.formats.brief import Brief
from services.notify.formats.fitting import shorter_and_shorter
from services.notify.formats.harmless import cut
from services.notify.formats.message import Message
from services.notify.formats.text import lines

_LONGEST_SUBJECT = 150


def email(brief: Brief) -> Message:
    """Return a whole message but for the addresses."""
    whole = next(shorter_and_shorter(brief))
    message = EmailMessage(policy=SMTP)
    message["Subject"] = cut(brief.subject, _LONGEST_SUBJECT)
    message["Date"] = brief.happened_at
    message["Content-Language"] = brief.voice.lang
    message["Auto-Submitted"] = "auto-generated"  # no out-of-office notes, please
    if brief.meeting_id:
        message["References"] = f"<meeting.{quote(brief.meeting_id, safe='')}@communique.invalid>"
    message.set_content(lines(whole).decode() + "\n", cte="base64")
    message.add_alternative(_page(whole), subtype="html", cte="base64")
    message.set_boundary("=_communique_alert")  # no part can hold it: both are base64
    return Message(message.as_bytes(), "message/rfc822")


def _page(brief: Brief) -> str:
    direction = "rtl" if brief.voice.is_rtl else "ltr"
    return (
        f'<!doctype html><html lang="{brief.voice.lang}" dir="{direction}"><meta charset="utf-8">'
        f"<title>{escape(brief.subject)}</title>"
        f'<body dir="{direction}"><p>{escape(brief.kind)}</p><h2>{escape(brief.title)}</h2>'
        f"<p>{escape(brief.when_where)}</p>{_news(brief)}<table>{_facts(brief)}</table>"
        f'<p><a href="{escape(brief.link)}">{escape(brief.read_on)}</a></p></body></html>\n'
    )


def _news(brief: Brief) -> str:
    return "".join(
        f"<h3>{escape(section.label)}</h3><ul>"
        + "".join(f"<li>{escape(line)}</li>" for line in brief.lines_of(section))
        + "</ul>"
        for section in brief.news
    )


def _facts(brief: Brief) -> str:
    return "".join(
        f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>" for label, value in brief.facts
    )
