"""Short lines that say what follows them: related pages, comments, sharing, credits.

Words in about fifteen languages; a cue is evidence for the model, never a rule.
"""

from corpuskit._patterns import pattern

RELATED, COMMENTS, SHARE, CREDIT, LEGAL = 1, 2, 3, 4, 5
_LONGEST = 60
_LINES = (
    (
        RELATED,
        "related|recommended|more from|more on|more stories|more news|more in|"
        "more like|more articles|read more|read also|read next|also read|see also|"
        "you may|you might|don't miss|dont miss|most read|most popular|most viewed|"
        "popular|trending|latest|up next|next post|next article|next story|"
        "previous post|previous article|recent|similar|editor's pick|editors pick|"
        "sponsored|promoted|advertisement|around the web|what to read|keep reading|"
        "further reading|mehr zum|mehr aus|mehr von|lesen sie|auch interessant|"
        "das könnte|meistgelesen|weitere|ähnliche|anzeige|à lire|lire aussi|"
        "sur le même|les plus lus|más noticias|más leíd|más sobre|te puede|"
        "relacionad|lee también|leggi anche|articoli correlati|leia também|"
        "leia mais|mais lidas|lees ook|meer over|läs mer|läs också|les også|"
        "læs også|czytaj też|czytaj także|czytaj więcej|zobacz|polecane|читайте|"
        "смотрите также|похожие|по теме|популярн|ещё|διαβάστε|σχετικά|ilgili|相关|相關|"
        "推荐|推薦|热门|熱門|延伸阅读|延伸閱讀|更多|精彩|上一篇|下一篇|猜你喜欢|最新|排行|往期|関連|おすすめ|人気|ランキング|あわせて|"
        "新着|次の記事|前の記事|관련|추천|인기|많이 본|최신|이전|다음",
    ),
    (
        COMMENTS,
        "comment|leave a|post a comment|reply|replies|join the discussion|"
        "join the conversation|discussion|log in to|kommentar|diskut|commentaire|"
        "réagi|comentario|deja|commenti|reacties|komentarz|dodaj|комментари|"
        "оставить|σχόλια|yorum|评论|評論|网友|網友|发表|我来说|留言|回复|跟帖|コメント|댓글|의견",
    ),
    (
        SHARE,
        "share|follow|subscribe|sign up|newsletter|tweet|facebook|twitter|whatsapp|"
        "print|email|e-mail|save|like|click here|download|get the|join our|"
        "support us|donate|teilen|drucken|abonnieren|folgen|partager|suivez|"
        "s'abonner|compartir|suscr|síguenos|condividi|iscriviti|compartilh|delen|"
        "dela|del|udostępnij|поделиться|подпи|κοινοποίησε|paylaş|分享|打印|收藏|扫一扫|扫码|"
        "关注|关闭|字号|微信|シェア|ツイート|フォロー|印刷|공유|구독|인쇄|스크랩",
    ),
    (
        CREDIT,
        "by |written by|posted|published|updated|last updated|author|photo|image|"
        "credit|source|filed under|categories|topics|editor|reporting|von |foto|"
        "quelle|par |publié|por |publicado|fuente|di |pubblicato|fonte|door |av |"
        "autor|źródło|автор|фото|источник|责任编辑|責任編輯|编辑|編輯|来源|來源|作者|记者|發布|发布|时间|关键词|"
        "标签|图片|撮影|記者|文・|写真|提供|기자|입력|수정|사진|출처",
    ),
    (
        LEGAL,
        "(c)|copyright|all rights|terms|privacy|cookie|disclaimer|contact|about|"
        "legal|imprint|impressum|datenschutz|alle rechte|mentions légales|"
        "tous droits|aviso legal|todos los|tutti i diritti|prawa|все права|版权|版權|"
        "声明|聲明|免责|备案|联系我们|关于|隐私|著作権|無断|お問い合わせ|저작권|무단|개인정보",
    ),
)
_PATTERNS = {
    **dict.fromkeys(
        "0123456789",
        (COMMENTS, pattern(r"\d+ (?:comments?|replies|responses|thoughts)")),
    ),
    "t": (CREDIT, pattern(r"tags?\b")),
    "©": (LEGAL, pattern("©")),
}
"""Cues that are more than a word, by their first character."""


def _by_opening() -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """The words of each kind by their first two characters."""
    found: dict[str, dict[int, list[str]]] = {"ta": {}}  # of `tags`, a pattern
    for kind, words in _LINES:
        for word in words.split("|"):
            found.setdefault(word[:2], {}).setdefault(kind, []).append(word)
    return {
        opening: [(kind, tuple(words)) for kind, words in kinds.items()]
        for opening, kinds in found.items()
    }


_CUES = _by_opening()
_NO_PATTERN = (0, pattern(""))
_LEADING = " \t\"'“”‘’«»‹›<>[]【】（|/·•-–—_*#▶►■●◆★※→:：+"


def find_cues(texts: list[str]) -> list[int]:
    """The kind of cue at the start of each short text, 0 for none."""
    # Plain words: patterns for all of them would take milliseconds to compile.
    known, patterns = _CUES.get, _PATTERNS.get
    found = []
    for text in texts:
        cue = 0
        if len(text) <= _LONGEST:
            opening = text[:2].lower()
            cues = known(opening)
            if cues is not None:
                start = text.lower()
            elif opening.isalpha():
                found.append(0)
                continue
            else:
                start = text.lstrip(_LEADING).lower()
                cues = known(start[:2])
            for kind, words in cues or ():
                if start.startswith(words):
                    cue = kind
                    break
            else:
                kind, others = patterns(start[:1], _NO_PATTERN)
                if kind and others.match(start):
                    cue = kind
        found.append(cue)
    return found
