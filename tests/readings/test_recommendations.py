"""The words of the checks."""

import re

from copehope_lib.recommendations import RECOMMENDATIONS


def texts() -> list[str]:
    return [
        text
        for asked in RECOMMENDATIONS.values()
        for text in (asked.sentence, asked.numerator, asked.denominator, asked.silent)
    ]


def test_there_are_27_and_each_goes_by_its_name() -> None:
    assert len(RECOMMENDATIONS) == 27
    assert all(asked.id == name for name, asked in RECOMMENDATIONS.items())


def test_a_section_lies_in_its_dimension() -> None:
    for asked in RECOMMENDATIONS.values():
        section = asked.dimension.section
        # What was learnt in one line of work (§4) belongs to the dimension that it tells of.
        in_work = asked.section.startswith("4.")
        assert in_work or asked.section == section or asked.section.startswith(f"{section}.")


def test_only_what_a_number_leaves_unsaid_is_a_whole_sentence() -> None:
    for asked in RECOMMENDATIONS.values():
        assert re.fullmatch(r"It does not [^.]+\.", asked.silent)
        for text in (asked.sentence, asked.numerator, asked.denominator):
            assert not text.endswith(".")


def test_no_word_judges_and_no_text_stands_twice_for_one_check() -> None:
    judging = re.compile(r"victim|drop-?out|failure|complian|must\b|should have", re.IGNORECASE)
    assert not [text for text in texts() if judging.search(text)]
    for asked in RECOMMENDATIONS.values():
        words = (asked.sentence, asked.numerator, asked.denominator, asked.silent)
        assert len(set(words)) == 4
