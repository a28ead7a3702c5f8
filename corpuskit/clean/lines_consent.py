"""Cookie and data protection notices that a page shows above or below its text.

They are made of whole sentences, so the form of their lines is that of an article; what
gives them away is that line after line speaks of the same few things.
"""

from typing import Final

from corpuskit.clean.lines_split import Lines
from corpuskit.clean.lines_words import count_units

_CORE: Final = (
    *("cookie", "consent", "opt-out", "opt out", "opting out", "einwillig", "consenso"),
    *("zgodę", "zgoda", "zgody", "toestemming", "samtykke", "samtycke", "согласи"),
    *("クッキー", "쿠키"),
)
_OTHER: Final = (
    *("privacy", "datenschutz", "prywatno", "конфиденциальн", "隐私", "隱私"),
    *("プライバシー", "同意", "동의", "third-part", "third part", "drittanbieter"),
    *("personal data", "personal information", "personenbezogen", "personopplysning"),
    *("données personnelles", "dati personali", "dados pessoais", "datos personales"),
    *("dane osobow", "danych osobow", "persoonsgegevens", "personuppgift"),
    *("персональн", "kişisel veri", "个人信息", "個人資料", "個人情報", "개인정보"),
    *("advertis", "werbung", "anzeigen", "publicit", "pubblicit", "reklam"),
    *("advertenti", "annons", "реклам", "广告", "廣告", "広告", "광고"),
    *("browser", "navigateur", "navegador", "przegląd", "браузер", "浏览器"),
    *("瀏覽器", "ブラウザ", "브라우저", "device", "gerät", "appareil", "dispositiv"),
    *("urządze", "enheter", "设备", "端末", "partner", "identifier", "kennung"),
    *("traceur", "tracking", "tracciament", "rastreo", "verarbeit", "speicher"),
    *("processing", "przetwarzan", "traitement", "trattamento", "tratamento"),
    *("preferences", "einstellungen", "settings", "préférences", "preferenze"),
    *("ustawien", "设置", "設定", "설정"),
)
_MIN_WORDS: Final = 3
_MIN_EVIDENCE: Final = 2
_MAX_GAP: Final = 4
_MAX_SHARE: Final = 0.6


def drop_consent(lines: Lines, keep: list[bool]) -> None:
    """Drops runs of lines that speak of cookies and consent, if most text does not."""
    kept = {i: lines.texts[i].lower() for i, is_kept in enumerate(keep) if is_kept}
    whole = "\n".join(kept.values())
    if not any(word in whole for word in _CORE):
        return
    core = {i: sum(word in text for word in _CORE) for i, text in kept.items()}
    marked = [
        i
        for i, text in kept.items()
        if core[i] + sum(word in text for word in _OTHER) >= _MIN_WORDS
    ]
    total = sum(map(count_units, kept.values()))
    for run in _near(marked):
        inside = [i for i in kept if run[0] <= i <= run[-1]]
        is_small = sum(count_units(kept[i]) for i in inside) <= _MAX_SHARE * total
        n_core = sum(core[i] for i in run)
        if is_small and n_core and len(run) + n_core > _MIN_EVIDENCE:
            for i in inside:
                keep[i] = False


def _near(numbers: list[int]) -> list[list[int]]:
    """Runs of line numbers that lie close together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number - runs[-1][-1] <= _MAX_GAP:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
