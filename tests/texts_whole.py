"""Texts that are content from end to end, written for the tests, in many languages."""

PROSE = {
    "en": (
        "CHAPTER I. The Mill",
        "The mill stood where the two brooks met, and nobody in the village could say "
        "who had built it. Its wheel had not turned since the great frost.",
        "“You will not sleep there,” said my aunt, putting down her needle. “Not while "
        "the roof leaks.” But I had already carried up my books, and more than that.",
        "So the winter began, and with it the long evenings by the lamp.",
    ),
    "de": (
        "Erstes Kapitel",
        "Am Ende der Gasse, dort, wo der Weg zum Fluss hinabführt, wohnte ein alter "
        "Uhrmacher, der seit Jahren keine Uhr mehr verkauft hatte.",
        "„Kommen Sie herein“, sagte er, ohne aufzusehen, „die Tür ist offen, und mehr "
        "habe ich Ihnen nicht zu bieten.“ Draußen schlug es acht.",
    ),
    "fr": (
        "Chapitre premier",
        "La diligence arriva au village à la tombée du jour, couverte de poussière, et "
        "les enfants coururent derrière elle jusqu’à la place de l’église.",
        "— Vous êtes donc le nouveau maître ? demanda le curé en riant. On ne vous "
        "attendait plus avant le printemps, monsieur.",
    ),
    "es": (
        "Capítulo primero",
        "En lo alto del cerro había una ermita blanca, y al pie de ella un pozo del "
        "que los viejos contaban historias de moros y de tesoros.",
        "—No bajes allí de noche —dijo la abuela—, que el agua sabe tu nombre. Yo me "
        "reí, pero aquella noche dormí con la luz encendida.",
    ),
    "ru": (
        "Глава первая",
        "Дом стоял на самом краю оврага, и весной, когда таял снег, казалось, что он "
        "вот-вот поплывёт вместе с садом, банею и старой яблоней.",
        "— Не уедешь ты никуда, — сказал отец, разливая чай. — Все уезжают, да все и "
        "возвращаются. И он был прав, хотя понял я это поздно.",
    ),
    "zh": (
        "第一回",
        "话说城南有一条小河，河上有座石桥，桥头住着一个姓陆的老木匠。他年轻时走南闯北，"
        "什么样的屋子都盖过，到老了却只肯做些小凳子。",
        "“这凳子不卖。”老人摇摇头，把烟袋在鞋底上磕了磕，“要坐，就坐着听我讲个故事。”",
        "众人便都坐下了。那一夜月色很好，桥下的水声一直响到天亮。",
    ),
    "ja": (
        "一",
        "町はずれの坂の上に、古い写真館があった。看板の字はもう読めないほど薄れていたが、"
        "窓の中にはいつも一枚だけ、新しい写真が飾られていた。",
        "「明日も晴れますよ」と主人は言った。私は空を見上げたが、雲は低く、風は海の匂いが"
        "した。それでも彼の言葉は当たるのだった。",
    ),
    "ko": (
        "첫째 마당",
        "마을 어귀에는 오래된 느티나무 한 그루가 서 있었다. 여름이면 그 그늘에 "
        "모여 장기를 두고, 겨울이면 그 가지에 걸린 달을 보았다.",
        "“올해는 눈이 많이 오겠구나.” 할머니는 문을 닫으며 말했다. 나는 아무 대답도 "
        "하지 않고 아궁이에 장작을 더 넣었다.",
    ),
    "ar": (
        "الفصل الأول",
        "كان البيت القديم يقع عند طرف القرية، تحيط به أشجار الزيتون، ولم يكن "
        "يسكنه أحد منذ رحيل الجد.",
        "قالت أمي وهي تطوي الرسالة: لن يعود قبل الشتاء. ثم أطفأت المصباح وبقينا نسمع "
        "صوت المطر حتى الصباح.",
    ),
    "hi": (
        "पहला अध्याय",
        "गाँव के बाहर एक पुराना कुआँ था, जिसके पास शाम को सब औरतें पानी भरने आती थीं और "
        "दिन भर की बातें करती थीं।",
        "“आज फिर देर हो गई,” माँ ने कहा और दीया जला दिया। बाहर हवा तेज़ थी, पर मन में एक "
        "अजीब सी शांति थी।",
    ),
    "th": (
        "บทที่หนึ่ง",
        "บ้านไม้หลังเก่าตั้งอยู่ริมคลอง ทุกเช้ายายจะพายเรือออกไปขายขนม และกลับมาพร้อมเรื่องเล่า"
        "จากตลาดเสมอ",
        "“วันนี้น้ำขึ้นสูงนะ” ยายพูดพลางผูกเรือไว้กับเสา ฉันพยักหน้าแล้วช่วยยกตะกร้าขึ้นบ้าน",
    ),
}

LETTER = """Lisbon, 4 March 1871

My dear Anna,

Your letter of the 12th reached me only this morning, for the mail was kept back by
the storms. I read it twice on the stairs, and a third time by the window.

You ask about the house. It is small, and the garden smaller, but there is a fig tree.

Please write more often, and share the news with Martin.

With all my love,
Your brother
Edward

P.S. Comments on the drawing are welcome. More next week.
"""

POEM = """The tide comes in, the tide goes out,
  The boats lie on the sand;
The gulls go up with a cry and a shout
  And circle back to land.

The moon looks down, the moon looks on,
  The lamps are on the quay;
And all the songs of the day are gone
  With the tide to the open sea.
"""

CHINESE_POEM = """山中问答

一片云来一片山
半江流水半江闲
老翁不问今何世
只数门前白鹭还

小舟横在芦花里
月到天心夜正寒
"""

RECIPE = """Plum dumplings

- 500 g potatoes
- 150 g flour
- 1 egg
- 12 plums
- salt

1. Boil the potatoes and press them while hot.
2. Knead with flour, egg and salt.
3. Wrap each plum in dough.
4. Simmer for ten minutes.
"""

README = """tinyqueue
=========

A priority queue in forty lines.

Install
-------

    pip install tinyqueue

Usage
-----

    >>> queue = Queue()
    >>> queue.push(3)

Contact
-------

Comments and questions: see the issue tracker.

License
-------

MIT. Copyright (c) 2020 the authors. All rights reserved.
"""

CODE = """import sys

class Queue:
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)
        self.items.sort()

    def share(self, other):
        for item in self.items:
            other.push(item)

def main():
    queue = Queue()
    for line in sys.stdin:
        queue.push(line)
    print(queue.items)
"""

MAIL = """From: Anna Berg <anna@example.org>
To: list@example.org
Subject: Minutes of the meeting
Date: Tue, 3 Mar 2020 10:22:11 +0100

Dear all,

please find below what we agreed on. The archive moves to the new building in May.
Everybody packs their own boxes; labels are in the office.

Best wishes
Anna
"""

NAMES = (
    "\n".join(f"{name} Street" for name in ("Oak", "Elm", "Mill", "High", "Park")) * 3
)

OTHERS = {
    "letter": LETTER,
    "poem": POEM,
    "Chinese poem": CHINESE_POEM,
    "recipe": RECIPE,
    "README": README,
    "code": CODE,
    "mail": MAIL,
    "names": NAMES,
}
