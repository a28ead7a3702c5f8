import pytest

from corpuskit.clean import CleanOptions
from corpuskit.document import Document
from corpuskit.run.steps import Clean, SelectLanguages


@pytest.mark.parametrize(
    ("language", "options", "reason"),
    [
        ("zh-Hans", {"only": ("zh",)}, ""),
        ("zh-Hant", {"only": ("zh-hans",)}, "detect.language"),
        ("zha", {"only": ("zh",)}, "detect.language"),
        ("ja", {"only": ("zh", "ja")}, ""),
        ("en", {"without": ("en",)}, "detect.language"),
        ("ko", {"without": ("en",)}, ""),
        ("und", {"only": ("zh",)}, "detect.language"),
        ("zh-Hans", {"only": ("zh",), "without": ("zh-hans",)}, "detect.language"),
        ("ja", {"min_score": 0.9}, "detect.score"),
        ("ja", {"min_score": 0.8}, ""),
        ("ja", {}, ""),
    ],
)
def test_languages_are_selected_with_a_reason(language, options, reason):
    document = Document("s/a#0", language=language, language_score=0.8)
    selected = SelectLanguages(**options)(document)
    assert selected.reason == reason
    assert selected.keep is not bool(reason)


def test_dropped_documents_keep_their_first_reason():
    document = Document("s/a#0").dropped("clean.empty")
    assert SelectLanguages(only=("zh",))(document) is document


@pytest.mark.parametrize(
    ("media_type", "extra", "keep", "takes", "takes_rows"),
    [
        ("text/plain", {}, True, False, True),
        ("", {"score": 3}, True, False, True),
        ("text/plain", {"size_bytes": 90}, True, True, True),
        ("text/plain", {"size_bytes": 90, "cleaned": True}, True, False, False),
        ("text/plain", {"what": {"size_bytes": 90}}, True, False, True),
        ("text/plain", {"size_bytes": 90}, False, False, False),
        ("text/html", {}, True, True, True),
        ("text/html", {"cleaned": True}, True, False, False),
        ("text/xml", {"n": 1}, True, True, True),
        ("text/markdown", {}, True, True, True),
    ],
)
def test_what_is_cleaned_first(media_type, extra, keep, takes, takes_rows):
    document = Document("a", keep=keep).with_text("好的文章。 Good text.")
    document = document.with_metadata(media_type=media_type).with_extra(**extra)
    assert Clean(CleanOptions(), rows=False).takes(document) is takes
    assert Clean(CleanOptions()).takes(document) is takes_rows
    if not takes:
        assert Clean(CleanOptions(), rows=False)(document) is document
