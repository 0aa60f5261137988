"""What a page is made of is kept whole: charsets, lists, tables, live blogs, unshown text, threads and what only looks like one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.flows.wiring import lexicon
from copydesk.transforms.cleaning.comments import comments_begin
from copydesk.transforms.cleaning.decode import decode
from copydesk.transforms.cleaning.page import furniture_roles
from copydesk.transforms.cleaning.pieces import split_pieces
from copydesk.transforms.cleaning.printed_dates import DateReader
from copydesk.transforms.cleaning.sites import short_lines, site_of
from tests.extractions import made

PROSE = (
    "The council of Sellin met on Monday evening to hear from the harbour crews about the flood that came last week.",
    "“We lost the old quay and two boats,” said Nora Castell, the harbour master, who has run the port for nine years.",
    "Officials said 45 people were hurt and 1,200 homes lost power when the river rose, and that schools would stay closed.",
    "The council will meet again next week to hear about the repairs from the engineers who looked at the sea wall.",
)
BODY = "".join(f"<p>{text}</p>" for text in PROSE)
RUSSIAN = "Жители города Озёрное в четверг вышли на улицы, когда мэр Павел Громов объявил о закрытии больницы. " * 3
TEXTS = {
    "windows-1251": RUSSIAN,
    "koi8-r": RUSSIAN,
    "iso-8859-7": "Ο δήμαρχος της πόλης ανακοίνωσε την Πέμπτη το κλείσιμο του νοσοκομείου χωρίς γιατρό. " * 3,
    "windows-1256": "أعلن رئيس البلدية يوم الخميس إغلاق المستشفى مما يترك السكان بلا طبيب في المدينة كلها. " * 3,
    "windows-1255": "ראש העיר הודיע ביום חמישי על סגירת בית החולים ותושבים רבים יישארו בלי רופא בעירם. " * 3,
    "tis-620": "นายกเทศมนตรีประกาศเมื่อวันพฤหัสบดีว่าจะปิดโรงพยาบาลทำให้ประชาชนไม่มีแพทย์ในเมืองของตน " * 3,
    "iso-8859-9": "Belediye Başkanı perşembe günü hastanenin kapatılacağını açıkladı, şehirde doktor kalmayacak. " * 3,
    "iso-8859-2": "Burmistrz ogłosił w czwartek zamknięcie szpitala, przez co tysiące osób zostanie bez lekarza. " * 3,
    "windows-1250": "Starosta ve čtvrtek oznámil zavření nemocnice, takže tisíce lidí zůstane bez lékaře. " * 3,
    "shift_jis": "市長は木曜日、市立病院を六月末に閉鎖すると発表した。住民は隣の町に通う。" * 3,
    "euc-jp": "市長は木曜日、市立病院を六月末に閉鎖すると発表した。住民は隣の町に通う。" * 3,
    "iso-2022-jp": "市長は木曜日、市立病院を六月末に閉鎖すると発表した。住民は隣の町に通う。" * 3,
    "euc-kr": "시장은 목요일 시립 병원을 유월 말에 폐쇄한다고 발표했다. 주민은 이웃 도시로 간다. " * 3,
    "gb2312": "市长星期四宣布，市立医院将在六月底关闭，居民将不得不到邻近的地区就医。" * 3,
    "big5": "市長星期四宣布，市立醫院將在六月底關閉，居民將不得不到鄰近的地區就醫。" * 3,
}
STYLE = "<style>" + "\n".join(f".menu-{n} {{ margin: {n}px; }}" for n in range(120)) + "</style>"


def article(content: str, media: str = "text/html") -> str:
    found = made(content, media).article
    assert found is not None
    return found.text


def page(body: str) -> str:
    return f"<html><head><title>Flood at Sellin</title></head><body><article><h1>Flood at Sellin</h1>{body}</article></body></html>"


@pytest.mark.parametrize("charset", TEXTS)
@pytest.mark.parametrize("style", ["", STYLE], ids=["light", "heavy"])
@pytest.mark.parametrize("form", ["<meta charset={}>", "<meta http-equiv=content-type content='text/html; charset={}'>"])
def test_a_page_is_read_in_the_charset_that_it_names(charset: str, style: str, form: str) -> None:
    text = f"<html><head>{form.format(charset)}{style}</head><body><p>{TEXTS[charset]}</p></body></html>"
    assert decode(text.encode(charset)) == text


@pytest.mark.parametrize("charset", TEXTS)
def test_a_media_types_charset_comes_before_the_pages(charset: str) -> None:
    text = f"<html><head><meta charset=windows-1252></head><body><p>{TEXTS[charset]}</p></body></html>"
    assert decode(text.encode(charset), charset) == text


@pytest.mark.parametrize("charset", ["windows-1251", "iso-8859-9", "shift_jis", "iso-2022-jp", "euc-kr"])
def test_a_text_that_names_no_charset_is_told_by_its_letters(charset: str) -> None:
    assert decode(TEXTS[charset].encode(charset)) == TEXTS[charset]


def test_utf8_with_a_damaged_letter_stays_utf8() -> None:
    whole = f"<meta charset=utf-8><p>{RUSSIAN}</p>"
    found = decode(whole.encode() + b"\xe9")
    assert found == whole + "\N{REPLACEMENT CHARACTER}"


def test_utf8_is_believed_against_the_name_that_a_page_gives() -> None:
    text = f"<meta charset=windows-1251><p>{RUSSIAN}</p>"
    assert decode(text.encode()) == text


@pytest.mark.parametrize("tag", ["ul", "ol"])
def test_a_list_among_paragraphs_is_kept(tag: str) -> None:
    items = "".join(
        f"<li>{text}</li>" for text in ("The quay will be mended by June", "Owners get 500 euros", "Buses are free")
    )
    text = article(
        page(f"<p>{PROSE[0]}</p><p>The council decided that:</p><{tag}>{items}</{tag}><p>{PROSE[2]}</p><p>{PROSE[3]}</p>")
    )
    assert "that:\n\nThe quay will be mended by June\n\nOwners get 500 euros\n\nBuses are free\n\nOfficials" in text


def test_rows_with_figures_are_kept_in_their_place() -> None:
    rows = "<tr><th>Village</th><th>Hurt</th></tr><tr><td><a href='/a'>Osterby</a></td><td>12</td></tr><tr><td>Holm</td><td>3</td></tr>"
    text = article(page(f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p><table>{rows}</table><p>{PROSE[2]}</p><p>{PROSE[3]}</p>"))
    assert "Village | Hurt\n\nOsterby | 12\n\nHolm | 3" in text


@pytest.mark.parametrize("tag", ["article", "div", "section", "li"])
def test_every_post_of_a_live_blog_is_kept_with_its_time(tag: str) -> None:
    posts = "".join(
        f"<{tag} class=post><time>{9 + n}:15</time><h3>Post {n}</h3><p>{text}</p></{tag}>" for n, text in enumerate(PROSE)
    )
    text = article(page(f"<p>Follow the flood at Sellin with us through the day.</p>{posts}"))
    for n, prose in enumerate(PROSE):
        assert f"{9 + n}:15" in text and prose in text


def test_text_that_is_hidden_is_left_out() -> None:
    advert = "This notice about cheap holidays by the sea is never shown to any reader of the page."
    for how in ("hidden", "style='display: none'", "style='visibility:hidden'"):
        assert advert not in article(page(f"<p>{PROSE[0]}</p><p {how}>{advert}</p>{''.join(f'<p>{t}</p>' for t in PROSE[1:])}"))


def test_text_in_noscript_stands_for_a_page_without_any() -> None:
    assert article(f"<html><body><div id=app></div><noscript>{BODY}</noscript></body></html>").split("\n\n") == list(PROSE)


def test_the_body_in_linked_data_stands_for_a_page_without_any() -> None:
    linked = json.dumps({"@type": "NewsArticle", "headline": "Flood", "articleBody": "\n\n".join(PROSE)})
    shown = page(f"<p>{PROSE[0]}</p><p>Subscribe to read on.</p>")
    text = article(shown.replace("<title>", f"<script type='application/ld+json'>{linked}</script><title>"))
    assert text.split("\n\n") == list(PROSE)


def test_a_form_around_a_page_costs_no_text() -> None:
    assert article(f"<html><body><form action='/'><h1>Flood at Sellin</h1>{BODY}</form></body></html>").split("\n\n") == list(
        PROSE
    )


@pytest.mark.parametrize(
    "text", ["နိုင်ငံတော်အစိုးရသည် ဆေးရုံကို ပိတ်မည်ဟု ကြေညာသည်။ ", "ក្រុមប្រឹក្សាក្រុងបានប្រកាសបិទមន្ទីរពេទ្យ។ ", "ນະຄອນປະກາດປິດໂຮງໝໍໃນເດືອນມິຖຸນາ "]
)
def test_scripts_without_blanks_count_letters(text: str) -> None:
    assert made(text * 6, "text/plain").article is not None


REPORT = (
    "The ministry said on Sunday that two bridges at Sellin would be closed until Friday.",
    "Police said the road to Holm was blocked, a spokesman added in a statement on Monday.",
    "The minister told the council that the bridges were old, officials said.",
)
THREADS = {
    "untidy answers": ["You are wrong about this.", "yes,and who pays for it??", "Thanks for that, I needed a laugh...", "i dont believe a word", "No, you read it again!", "Nobody asked me, did they..."],
    "quotes the report": [REPORT[1], "I doubt that you can call it blocked!", "Exactly, you said it!", "No, I drove there, you did not!", "You should look again, my friend!", "I think you are right!"],
    "names and times": ["Ida 3 hours ago", "You are right, I saw it!", "Tom 2 hours ago", "No, I was there, you were not!", "Olga 1 hour ago", "Thanks, you made my day!", "I agree with you!", "Lol, you must be joking!"],
}  # fmt: skip
WHOLE = {
    "opinion": [*REPORT, *("I do not think that the bridges can wait, and I have said so in this column before." for _ in range(6))],
    "interview": [*REPORT, *("Castell: I told you that we would close them, and I meant it." for _ in range(6))],
    "interview in questions": [*REPORT, *("Do you think that you can mend them? I am sure that we can, and you will see it soon." for _ in range(6))],
    "letter": [*REPORT, *("I write to you because I have lived beside the bridge for years, and I ask you to think again." for _ in range(6))],
    "idle boats": [*REPORT, *("Four boats lay idle near the fish dock. Nets were left to dry." for _ in range(6))],
    "transcript": [*REPORT, *("MAYOR: Thanks, you all know why I am here!" for _ in range(6))],
}  # fmt: skip


@pytest.mark.parametrize("name", THREADS)
def test_a_thread_that_nothing_marks_is_told_by_several_signs(name: str) -> None:
    assert comments_begin([*REPORT, *THREADS[name]]) == len(REPORT)


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_argued_in_good_order_stays(name: str) -> None:
    assert comments_begin(WHOLE[name]) is None


def test_no_gold_article_is_cut_as_a_thread(shared: Path) -> None:
    paths = sorted((shared / "corpora" / "pages").glob("*.article.json"))
    cut = [
        path.name for path in paths if comments_begin(json.loads(path.read_text(encoding="utf-8"))["paragraphs"]) is not None
    ]
    assert paths
    assert cut == []


def test_sentences_and_rows_do_not_repeat_over_a_site() -> None:
    text = "A further 120 people were taken to hospital.\n\nDeaths: 120\n\nMore from the harbour desk\n\nMost read"
    lines = short_lines(text, DateReader(lexicon()))
    assert lines == {"deaths 120", "more from the harbour desk", "most read"}
    learnt = frozenset({"a further # people were taken to hospital", "deaths #", "deaths 3", "most read"})
    found = furniture_roles(split_pieces(text), lexicon(), learnt)
    assert [at for at, (_, reason) in found.items() if reason == "repeats_over_site"] == [3]


def test_texts_of_no_known_site_share_no_memory() -> None:
    assert site_of(None, None) == ""
