import pytest

from corpuskit.document import Document
from corpuskit.run.steps import SelectLanguages


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
