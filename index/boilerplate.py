"""Lines of a saved page that are no part of the article: buttons, bylines, picture credits, notices.

A short list of what such lines say on most news sites, matched against a whole line. A line of running prose never
matches: the rules for labels are anchored at both ends, those for credits ask for a credit's own punctuation.
"""

from __future__ import annotations

import re

MAX_WORDS = 45
"""A longer line is always taken for prose."""

_NETWORKS = r"(?:facebook|twitter|x|whatsapp|linkedin|reddit|telegram|instagram|youtube|tiktok|e-?mail)"
_THIS = r"(?: this)?(?: (?:article|story|post|page|video))?"
_NAME = r"(?:[A-Z][\w.'’-]*|de|der|van|von|al|bin)"
_PICTURE = r"(?:(?:file|stock|handout) )?(?:photo(?:graph)?|picture|image|video|illustration|graphic)s?"

_LABELS = (
    r"(?:post|leave|add|write|submit)(?: a| your)? (?:comment|reply)s?",
    r"(?:view |show |hide |read )?(?:all )?comments?(?: \(?\d+\)?)?|\d+ (?:comments?|shares?|likes?|views?)",
    r"(?:previous|next|older|newer)(?: (?:post|article|story|page))?(?: (?:previous|next)(?: (?:post|article|story))?)?",
    rf"(?:share|print|save|e-?mail|bookmark|listen to|tweet){_THIS}",
    rf"(?:share|follow(?: us)?|find us|join us|like us) (?:on|via) {_NETWORKS}(?:(?:,| and|, and) {_NETWORKS})*|follow us",
    rf"{_NETWORKS}(?:(?:\s*[|,/·]\s*|\s+){_NETWORKS})*",
    r"(?:read|show|load|see|view) (?:more|less)(?: (?:stories|articles|here))?|continue reading(?: below)?|click here.*",
    r"(?:related|recommended|most read|popular|trending|latest|more)(?: (?:articles?|stories|story|posts?|topics?|news))",
    r"(?:article continues (?:after|below).*|story continues below.*)",
    r"advertisement|ad|sponsored(?: content| by.*)?|promoted(?: content)?|paid post",
    r"(?:subscribe|sign up|register|log ?in|sign ?in)(?: (?:now|here|today|free|to .*|for .*))?",
    r"(?:skip|jump|back) to (?:the )?(?:main )?(?:content|top|navigation)|menu|search|home|close|tags?(?:: .*)?",
    r"(?:we use|this (?:web)?site uses) cookies.*|accept(?: all)?(?: cookies)?|(?:cookie|privacy) (?:policy|settings|notice)",
    r"(?:copyright|©|\(c\)).*|all rights reserved.*|terms (?:of (?:use|service)|and conditions)",
    r"(?:\d+ )?min(?:ute)?s?(?: read)|reading time:? .*",
    rf"image (?:caption|source)(?:, .*)?|(?:getty|{_PICTURE}) (?:images?|credits?)|getty images.*",
    rf"{_PICTURE}(?: (?:credit|source|by|courtesy of|courtesy))*\s*[:|].*",
    rf"(?:credit|source)s?: (?:\S+ ?){{1,6}}|{_PICTURE} (?:by|courtesy of) (?:\S+ ?){{1,8}}",
    r"scroll (?:down )?(?:for|to) .*|(?:now|currently) (?:playing|watching)|up next|opens? in (?:a )?new (?:tab|window)",
    r"best viewed (?:at|with|in|on) .*|no part of this (?:page|site|article) may be .*",
    r"our standards: .*",
    r"(?:this story|this article|a version of this (?:article|story)) (?:first |originally )?"
    r"(?:appeared|appears|was (?:first )?published) (?:in|on|by|at) .*",
    r"(?:please )?(?:log ?in|sign ?in|register) or (?:register|log ?in|sign ?(?:in|up)).*",
    r"already (?:a )?(?:subscriber|member|registered)\?.*",
    r"(?:by clicking|by using this|by continuing to) .*(?:cookies|agree|consent).*|manage (?:cookies|consent|preferences)",
    r"(?:enable|turn on|please enable|this .* requires) javascript.*|your browser (?:does not|doesn.t) support .*",
    r"(?:read|see|watch|listen) (?:also|next|more|now)\s*[:|].*|(?:related|more) ?: .*",
    r"(?:get|want) (?:the latest|more|our) .*(?:inbox|newsletter|alerts?|app)\b.*",
    r"(?:to )?sign up (?:here|to|for) (?:our|the|free|my) .*|.{0,80}\bclick here",
    r"(?:click here to )?(?:view|read|open|see) (?:this |it )?(?:e-?mail|newsletter|message)?(?: online)? ?"
    r"(?:in|with) (?:your|a|the) (?:web ?)?browser.*",
    r"view (?:in browser|online)|(?:to )?unsubscribe\b.*",
    r"(?:manage|update|change) (?:your )?(?:e-?mail |subscription )?preferences.*",
    r"you(?:.re| are)? receiv(?:e|ed|ing) this (?:e-?mail|newsletter|message).*",
    r"sent from my (?:\w+ ?){1,4}|read the full (?:story|article)",
    r"(?:we|we and) (?:our|\d+|your|value) .*(?:partners|privacy).*(?:store|cookies|information|data|device).*",
    r"(?:please )?(?:subscribe|log ?in|sign up|register)(?: now)? to (?:continue|keep) reading.*|keep reading (?:for|with) .*",
    r"you(?:.ve| have) (?:read|reached|used) (?:your|all|the) .*(?:free|limit|complimentary)\b.*(?:articles?|stories|month).*",
    r"https?://\S+|www\.\S+|!\[[^\]]*\](?:\([^)]*\))?",
)
_LABEL = re.compile(rf"(?:{'|'.join(_LABELS)})[.!:]?", re.IGNORECASE)
_CREDIT_AT_END = re.compile(
    rf"[(\[](?:{_PICTURE})(?: (?:credit|source|by|courtesy of))*\s*[:/].*[)\]]\.?$"
    rf"|[.!?”\"] {_PICTURE}(?: (?:credit|source|by))*: [^.!?]{{1,60}}\.?$"
    r"|[/|] ?(?:getty images|afp|reuters|ap|epa)(?: via getty images)?[)\]]?\.?$|via getty images[)\]]?\.?$|\bap photo/.*",
    re.IGNORECASE,
)
_BYLINE = re.compile(rf"[Bb]y {_NAME}(?: {_NAME}){{0,4}}(?:(?:,| and| &) {_NAME}(?: {_NAME}){{0,4}}){{0,3}}")
_SIGN_OFF = re.compile(
    r"\(?(?:[Aa]dditional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Ee]dited)(?: and \w+)? by "
    rf"{_NAME}(?: {_NAME}){{0,4}}(?:(?:[,;]| and | in ).*)?\)?"
)
_TIMESTAMP = re.compile(
    r"(?:last )?(?:published|updated|posted|modified)(?: on| at)?:? (?:\S+ ?){1,8}[^.\s]", re.IGNORECASE
)
_DATED = re.compile(r"\d|ago\b|today|yesterday", re.IGNORECASE)


def is_boilerplate(line: str) -> bool:
    """Whether a line, without surrounding space, is page furniture and no part of the article."""
    bare = line.strip("*_ \t")
    if not any(character.isalnum() for character in bare):
        return True
    if len(bare) > 400 or len(bare.split()) > MAX_WORDS:
        return False
    if (
        _LABEL.fullmatch(bare)
        or _CREDIT_AT_END.search(bare)
        or _BYLINE.fullmatch(bare)
        or _SIGN_OFF.fullmatch(bare)
    ):
        return True
    return bool(_TIMESTAMP.fullmatch(bare) and _DATED.search(bare))
