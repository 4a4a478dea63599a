"""Two texts that differ by little: denied, one word another, two words swapped; and phrases."""

import random

WITHOUT_SPACES = frozenset({"zh-CN", "zh-TW", "ja", "th"})
LONGEST_PHRASE = 4  # words
LONGEST_RUN = 8  # characters, where words have no spaces between them
STOPS = " .,;:!?…\"'()«»„“”，。、！？「」『』；："

TEMPLATES = {  # said, and its opposite or denial
    "en": [("with {}", "without {}"), ("I love {}", "I hate {}"), ("I want {}", "I don't want {}"),
           ("books about {}", "no books about {}"), ("{} please", "anything except {}"), ("more {}", "no more {}")],
    "zh-CN": [("我喜欢{}", "我不喜欢{}"), ("想要{}", "不想要{}"), ("有{}", "没有{}"), ("要{}", "不要{}"), ("关于{}的书", "与{}无关的书")],
    "ja": [("{}が好き", "{}が嫌い"), ("{}が欲しい", "{}は欲しくない"), ("{}あり", "{}なし"), ("{}の本", "{}以外の本")],
    "ko": [("{} 좋아해요", "{} 싫어해요"), ("{} 있는", "{} 없는"), ("{} 원해요", "{} 원하지 않아요"), ("{} 책", "{} 말고 다른 책")],
    "de": [("mit {}", "ohne {}"), ("ich mag {}", "ich mag {} nicht"), ("ich will {}", "ich will kein {}"), ("Bücher über {}", "keine Bücher über {}")],
    "fr": [("avec {}", "sans {}"), ("j'aime {}", "je n'aime pas {}"), ("je veux {}", "je ne veux pas {}"), ("un livre sur {}", "pas de livre sur {}")],
    "es": [("con {}", "sin {}"), ("me gusta {}", "no me gusta {}"), ("quiero {}", "no quiero {}"), ("libros sobre {}", "nada sobre {}")],
    "it": [("con {}", "senza {}"), ("mi piace {}", "non mi piace {}"), ("voglio {}", "non voglio {}"), ("libri su {}", "niente libri su {}")],
    "pt": [("com {}", "sem {}"), ("gosto de {}", "não gosto de {}"), ("quero {}", "não quero {}"), ("livros sobre {}", "nada sobre {}")],
    "nl": [("met {}", "zonder {}"), ("ik hou van {}", "ik hou niet van {}"), ("ik wil {}", "ik wil geen {}"), ("boeken over {}", "geen boeken over {}")],
    "pl": [("z {}", "bez {}"), ("lubię {}", "nie lubię {}"), ("chcę {}", "nie chcę {}"), ("książki o {}", "żadnych książek o {}")],
    "ru": [("с {}", "без {}"), ("я люблю {}", "я не люблю {}"), ("хочу {}", "не хочу {}"), ("книги про {}", "только не про {}")],
    "uk": [("з {}", "без {}"), ("я люблю {}", "я не люблю {}"), ("хочу {}", "не хочу {}"), ("книги про {}", "тільки не про {}")],
    "tr": [("{} olan", "{} olmayan"), ("{} seviyorum", "{} sevmiyorum"), ("{} istiyorum", "{} istemiyorum"), ("{} ile", "{} olmadan")],
    "ar": [("مع {}", "بدون {}"), ("أحب {}", "لا أحب {}"), ("أريد {}", "لا أريد {}"), ("كتب عن {}", "لا كتب عن {}")],
    "hi": [("{} के साथ", "{} के बिना"), ("मुझे {} पसंद है", "मुझे {} पसंद नहीं है"), ("{} चाहिए", "{} नहीं चाहिए")],
    "vi": [("có {}", "không có {}"), ("tôi thích {}", "tôi không thích {}"), ("muốn {}", "không muốn {}"), ("sách về {}", "không phải sách về {}")],
    "id": [("dengan {}", "tanpa {}"), ("saya suka {}", "saya tidak suka {}"), ("mau {}", "tidak mau {}"), ("buku tentang {}", "bukan buku tentang {}")],
}


def phrase_of(text: str, language: str, chance: random.Random) -> str:
    """A few neighbouring words of a text, or characters where words have no spaces between them."""
    if language in WITHOUT_SPACES:
        length = chance.randint(2, LONGEST_RUN)
        start = chance.randrange(max(1, len(text) - length))
        return text[start : start + length].strip(STOPS)
    words = text.split()
    length = chance.randint(1, LONGEST_PHRASE)
    start = chance.randrange(max(1, len(words) - length))
    return " ".join(words[start : start + length]).strip(STOPS)


def pairs_by_template(texts: list[str], language: str, count: int, chance: random.Random) -> list[tuple[str, str]]:
    """A phrase in a sentence and in its opposite."""
    pairs = []
    for text in chance.sample(texts, min(count, len(texts))):
        said, denied = chance.choice(TEMPLATES[language])
        phrase = phrase_of(text, language, chance)
        if phrase:
            pairs.append((said.format(phrase), denied.format(phrase)))
    return pairs


def with_one_word_changed(text: str, texts: list[str], chance: random.Random) -> str | None:
    """One word put in from another text; nothing for texts of few words."""
    words, others = text.split(), chance.choice(texts).split()
    if len(words) < 3 or len(others) < 3:
        return None
    words[chance.randrange(len(words))] = chance.choice(others).strip(STOPS)
    return " ".join(words)


def with_words_swapped(text: str, _texts: list[str], chance: random.Random) -> str | None:
    """Two words of more than three letters in each other's place."""
    words = text.split()
    places = [place for place, word in enumerate(words) if len(word) > 3]
    if len(places) < 2:
        return None
    a, b = chance.sample(places, 2)
    words[a], words[b] = words[b], words[a]
    return " ".join(words)
