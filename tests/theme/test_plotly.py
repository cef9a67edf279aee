"""The script that draws: small, and of the version that charts are made for."""

import plotly.offline

from copehope_lib import theme


def test_it_is_the_version_that_the_python_library_speaks() -> None:
    head = theme.plotly_script()[:300].decode()
    assert f"(cartesian - minified) v{plotly.offline.get_plotlyjs_version()}" in head


def test_it_asks_no_other_host_unless_a_map_is_drawn() -> None:
    assert len(theme.plotly_script()) < 1_600_000
    assert b"mapbox" not in theme.plotly_script().lower()
