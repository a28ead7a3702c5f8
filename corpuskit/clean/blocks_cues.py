"""Short lines that say what follows them: related pages, comments, sharing, credits.

Words in about fifteen languages; a cue is evidence for the model, never a rule.
"""

import re

from corpuskit._patterns import pattern

RELATED, COMMENTS, SHARE, CREDIT, LEGAL = 1, 2, 3, 4, 5
_LONGEST = 60
_LINES = (
    (
        RELATED,
        "related|recommended|more (?:from|on|stories|news|in|like|articles)|"
        "read (?:more|also|next)|also read|see also|you (?:may|might)|don'?t miss|"
        "most (?:read|popular|viewed)|popular|trending|latest|up next|"
        "next (?:post|article|story)|"
        "previous (?:post|article)|recent|similar|editor'?s pick|sponsored|promoted|"
        "advertisement|around the web|what to read|keep reading|further reading|"
        "mehr (?:zum|aus|von)|lesen sie|auch interessant|das könnte|meistgelesen|"
        "weitere|ähnliche|anzeige|à lire|lire aussi|sur le même|les plus lus|"
        "más (?:noticias|leíd|sobre)|te puede|relacionad|lee también|leggi anche|"
        "articoli correlati|leia (?:também|mais)|mais lidas|lees ook|meer over|"
        "läs (?:mer|också)|les også|læs også|czytaj (?:też|także|więcej)|zobacz|"
        "polecane|читайте|смотрите также|похожие|по теме|популярн|ещё|διαβάστε|"
        "σχετικά|ilgili|相关|相關|推荐|推薦|热门|熱門|延伸阅读|延伸閱讀|更多|精彩|"
        "上一篇|下一篇|猜你喜欢|最新|排行|往期|関連|おすすめ|人気|ランキング|あわせて|"
        "新着|次の記事|前の記事|관련|추천|인기|많이 본|최신|이전|다음",
    ),
    (
        COMMENTS,
        "comment|leave a|post a comment|reply|replies|\\d+ (?:comments?|replies|"
        "responses|thoughts)|join the (?:discussion|conversation)|discussion|log in to|"
        "kommentar|diskut|commentaire|réagi|comentario|deja|commenti|reacties|"
        "komentarz|dodaj|комментари|оставить|σχόλια|yorum|评论|評論|网友|網友|发表|"
        "我来说|留言|回复|跟帖|コメント|댓글|의견",
    ),
    (
        SHARE,
        "share|follow|subscribe|sign up|newsletter|tweet|facebook|twitter|whatsapp|"
        "print|email|e-mail|save|like|click here|download|get the|join our|support us|"
        "donate|teilen|drucken|abonnieren|folgen|partager|suivez|s'abonner|compartir|"
        "suscr|síguenos|condividi|iscriviti|compartilh|delen|dela|del|udostępnij|"
        "поделиться|подпи|κοινοποίησε|paylaş|分享|打印|收藏|扫一扫|扫码|关注|关闭|"
        "字号|微信|シェア|ツイート|フォロー|印刷|공유|구독|인쇄|스크랩",
    ),
    (
        CREDIT,
        "by |written by|posted|published|updated|last updated|author|photo|image|"
        "credit|source|tags?\\b|filed under|categories|topics|editor|reporting|von |"
        "foto|quelle|par |publié|por |publicado|fuente|di |pubblicato|fonte|door |"
        "av |autor|źródło|автор|фото|источник|责任编辑|責任編輯|编辑|編輯|来源|來源|"
        "作者|记者|發布|发布|时间|关键词|标签|图片|撮影|記者|文・|写真|提供|기자|입력|"
        "수정|사진|출처",
    ),
    (
        LEGAL,
        "©|\\(c\\)|copyright|all rights|terms|privacy|cookie|disclaimer|contact|about|"
        "legal|imprint|impressum|datenschutz|alle rechte|mentions légales|tous droits|"
        "aviso legal|todos los|tutti i diritti|prawa|все права|版权|版權|声明|聲明|"
        "免责|备案|联系我们|关于|隐私|著作権|無断|お問い合わせ|저작권|무단|개인정보",
    ),
)
_BAR = re.compile(r"\|(?![^(]*\))")
_DIGITS = "0123456789"


def _by_first() -> dict[str, re.Pattern[str]]:
    """Patterns by the first character of the texts that they can match."""
    choices: dict[str, dict[int, list[str]]] = {}
    for kind, words in _LINES:
        for word in _BAR.split(words):
            for first in _DIGITS if word.startswith("\\d") else word.lstrip("\\")[0]:
                choices.setdefault(first, {}).setdefault(kind, []).append(word)
    return {
        first: pattern("|".join(f"(?P<c{k}>{'|'.join(w)})" for k, w in kinds.items()))
        for first, kinds in choices.items()
    }


_CUES = _by_first()
_OPENINGS = frozenset(
    word[:2] for _, words in _LINES for word in _BAR.split(words) if word[:2].isalpha()
)
"""How cues open, but for those with a sign there: few other texts open like that."""
_LEADING = " \t\"'“”‘’«»‹›<>[]【】（|/·•-–—_*#▶►■●◆★※→:：+"


def find_cues(texts: list[str]) -> list[int]:
    """The kind of cue at the start of each short text, 0 for none."""
    found = []
    for text in texts:
        cue = 0
        if len(text) <= _LONGEST:
            opening = text[:2].lower()
            if opening in _OPENINGS or not opening.isalpha():
                start = text.lstrip(_LEADING).lower()
                cues = _CUES.get(start[:1])
                match = cues.match(start) if cues else None
                cue = int((match.lastgroup or "")[1:]) if match else 0
        found.append(cue)
    return found
