"""Words that lines around an article are made of, by kind, in many languages.

They are evidence, weighed by the fitted trees together with the form and place of a
line; no word decides by itself.
"""

import re
from functools import cache
from typing import Final

from corpuskit._patterns import pattern
from corpuskit.scripts import HANGUL, UNSPACED

KINDS: Final = (
    "rights", "share", "account", "related", "comment", "legal", "credit", "month",
)  # fmt: skip
"""The kinds of words, in the order of the bits that `find_kinds` gives."""

_SPACED: Final = {
    "rights": (
        "copyright rights reserved rechte vorbehalten derechos reservados droits "
        "réservés diritti riservati direitos права защищены prawa zastrzeżone "
        "hakları saklıdır powered ©"
    ),
    "share": (
        "share facebook twitter whatsapp linkedin pinterest email e-mail print "
        "tweet instagram telegram youtube reddit follow flipboard messenger teilen "
        "drucken folgen partager imprimer suivez compartir imprimir síguenos "
        "condividi stampa seguici compartilhar delen volg поделиться вконтакте "
        "udostępnij paylaş dela jaa del sdílet"
    ),
    "account": (
        "subscribe subscription newsletter newsletters sign signup login log "
        "register account password username membership donate anmelden registrieren "
        "abo abonnieren abonnement abonner abonnez connexion inscrivez suscríbete "
        "suscribirse iniciar iscriviti accedi abbonati assine entrar подписаться "
        "подписка войти zaloguj subskrybuj abonneren inloggen prenumerera tilaa "
        "kirjaudu abone giriş přihlásit"
    ),
    "related": (
        "related more recommended popular trending latest most also previous next "
        "stories topics tags tagged categories category archives recent mehr "
        "weitere weiterlesen auch meistgelesen themen thema verwandte lire aussi "
        "plus articles similaires más leer relacionadas relacionados noticias "
        "también etiquetas leggi anche altri correlati mais leia também lees ook "
        "meer читайте также похожие ещё новости теги czytaj także więcej polecane "
        "läs också mer lue myös lisää daha haberler přečtěte další tovább"
    ),
    "comment": (
        "comment comments reply replies kommentar kommentare commentaire "
        "commentaires comentario comentarios comentários commenti reacties "
        "комментарии комментарий komentarze yorum kommentit kommentarer komentáře "
        "hozzászólás"
    ),
    "legal": (
        "privacy terms policy cookie cookies contact about advertise advertisement "
        "sponsored sitemap careers faq help jobs imprint impressum datenschutz agb "
        "kontakt werbung anzeige mentions légales confidentialité publicité propos "
        "contacto publicidad aviso legal privacidad contatti pubblicità chi siamo "
        "publicidade contato voorwaarden adverteren реклама контакты "
        "конфиденциальности reklama regulamin iletişim reklam yhteystiedot "
        "tietosuoja mainos annons annonse skip menu search home top javascript "
        "browser"
    ),
    "credit": (
        "by photo photos image images credit source getty reuters afp editor author "
        "updated published posted written min foto fotos bild quelle von autor "
        "aktualisiert veröffentlicht dpa crédit publié modifié auteur fuente "
        "publicado actualizado fonte pubblicato aggiornato фото источник автор "
        "опубликовано źródło zdjęcie fotoğraf kaynak kuva kirjoittaja text gallery "
        "caption video videos views"
    ),
    "month": (
        "january february march april may june july august september october "
        "november december jan feb mar apr jun jul aug sep sept oct nov dec januar "
        "februar märz mai juni juli oktober dezember janvier février mars avril "
        "juin juillet août septembre octobre novembre décembre enero febrero marzo "
        "abril mayo junio julio agosto septiembre octubre noviembre diciembre "
        "gennaio febbraio maggio giugno luglio settembre ottobre dicembre января "
        "февраля марта апреля мая июня июля августа сентября октября ноября декабря "
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września "
        "października listopada grudnia ago ocak şubat mart nisan mayıs haziran "
        "temmuz ağustos eylül ekim kasım aralık januari februari maart"
    ),
}
_UNSPACED: Final = {
    "rights": (
        "版权 版權 著作権 無断転載 无断转载 转载 轉載 备案 許可證 许可证 copyright "
        "저작권 무단 전재 재배포 금지 ลิขสิทธิ์"
    ),
    "share": (
        "分享 微信 微博 朋友圈 空间 扫一扫 二维码 打印 收藏 关注 客户端 下载 シェア "
        "ツイート フォロー 印刷 共有 公式 공유 카카오 페이스북 트위터 인쇄 스크랩 "
        "แชร์"
    ),
    "account": (
        "登录 登錄 注册 註冊 订阅 訂閱 会员 會員 用户 密码 ログイン 会員 登録 購読 "
        "メルマガ 구독 로그인 회원 가입 สมัคร"
    ),
    "related": (
        "相关 相關 推荐 推薦 更多 热门 熱門 上一篇 下一篇 阅读 閱讀 热点 排行 专题 "
        "标签 标簽 频道 栏目 首页 返回 関連 人気 ランキング おすすめ 前の記事 "
        "次の記事 一覧 新着 もっと トップ 最新 관련 추천 인기 더보기 많이 본 뉴스 "
        "기사 목록 이전 다음 ข่าว อ่าน"
    ),
    "comment": "评论 評論 留言 回复 回覆 跟帖 网友 コメント 댓글 의견 ความคิดเห็น",
    "legal": (
        "关于我们 联系我们 联系方式 广告 廣告 免责 声明 聲明 隐私 条款 招聘 "
        "网站地图 友情链接 举报 不良信息 热线 邮箱 邮编 地址 电话 传真 プライバシー "
        "利用規約 問い合わせ 会社概要 広告 運営 개인정보 이용약관 광고 문의 대표 "
        "주소 전화 발행인 편집인 등록번호 사업자 청소년 ติดต่อ โฆษณา"
    ),
    "credit": (
        "记者 記者 编辑 編輯 来源 來源 作者 责任编辑 責任編輯 责编 通讯员 摄影 图片 "
        "图为 資料 写真 撮影 提供 文責 発表 사진 기자 출처 제공 특파원 입력 수정 "
        "浏览 点击 人气 次数 ภาพ"
    ),
    "month": "",
}
_MAX_CHARS: Final = 200
_WORD = pattern(r"[^\W\d_]+(?:-[^\W\d_]+)?|©")
_WIDE = pattern(f"[{UNSPACED}{HANGUL}]")


@cache
def _word_bits() -> dict[str, int]:
    bits: dict[str, int] = {}
    for number, kind in enumerate(KINDS):
        for word in _SPACED[kind].split():
            bits[word] = bits.get(word, 0) | 1 << number
    return bits


@cache
def _unspaced_bits() -> tuple[re.Pattern[str], dict[str, int]]:
    bits = {
        word: 1 << number
        for number, kind in enumerate(KINDS)
        for word in _UNSPACED[kind].split()
    }
    words = sorted(bits, key=lambda word: (-len(word), word))
    first = re.escape("".join(sorted({word[0] for word in words})))
    return re.compile(f"(?=[{first}])(?:{'|'.join(map(re.escape, words))})"), bits


def find_kinds(line: str) -> tuple[int, int]:
    """The kinds of words in a line, as a bit mask, and how many such words it has.

    Long lines have none: they are text or legal notices.
    """
    if len(line) > _MAX_CHARS:
        return 0, 0
    known = _word_bits()
    mask = count = 0
    line = line.lower()
    for word in _WORD.findall(line):
        if bit := known.get(word, 0):
            mask |= bit
            count += 1
    if not line.isascii() and _WIDE.search(line):
        pattern, bits = _unspaced_bits()
        for word in pattern.findall(line):
            mask |= bits[word]
            count += 1
    return mask, count


def count_units(line: str) -> float:
    """The number of words; about two and a half unspaced characters are one."""
    if line.isascii():
        return len(_WORD.findall(line))
    rest, wide = _WIDE.subn(" ", line)
    return len(_WORD.findall(rest)) + wide / 2.5
