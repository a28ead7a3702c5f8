"""Made-up texts in four scripts, and edited copies of them."""

import random

ALPHABETS = {
    "zh": "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可",
    "ja": "のにはをたがでてとしれさあるいもすかまきこそくけうおりよらのを日本語文書",
    "ko": "이그저것수하있되사람우리나라말을를은는에서와과도만한다로부터까지처럼보다",
    "en": "abcdefghijklmnoprstuvwyz",
}


def words(language, n_words, seed):
    """A text of made-up words; texts of two seeds have little in common."""
    draw = random.Random(f"{language} {seed}")
    longest, space = (9, " ") if language == "en" else (3, "")
    return space.join(
        "".join(draw.choices(ALPHABETS[language], k=draw.randint(2, longest)))
        for _ in range(n_words)
    )


def edited(text, share, seed=0):
    """The text with this share of its characters replaced, in runs of four."""
    draw = random.Random(seed)
    letters = list(text)
    for _ in range(int(len(text) * share / 4)):
        place = draw.randrange(len(letters) - 4)
        letters[place : place + 4] = draw.choices(text, k=4)
    return "".join(letters)


def test_made_up_texts_are_the_same_every_time():
    assert words("zh", 5, 1) == words("zh", 5, 1) != words("zh", 5, 2)
    assert edited("abcdefgh" * 9, 0.2, 1) == edited("abcdefgh" * 9, 0.2, 1)
