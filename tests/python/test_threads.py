import pyarrow as pa
import pytest

import standpunt as sp


def test_results_are_the_same_for_any_number_of_threads(root):
    def rows():
        corpus = sp.read_reports(root / "tests/gold/seen", strict=True)
        return pa.table(corpus), pa.table(corpus.agreement())

    try:
        sp.set_threads(1)
        one = rows()
        for threads in (2, 5, None):
            sp.set_threads(threads)
            assert rows() == one
    finally:
        sp.set_threads(None)


@pytest.mark.parametrize("threads", [0, -1, 1025])
def test_a_wrong_number_of_threads_is_refused(threads):
    with pytest.raises(sp.InputError, match=rf"threads: expected 1 to 1024, or None, got {threads}"):
        sp.set_threads(threads)


def test_threads_are_a_whole_number():
    with pytest.raises(TypeError, match="threads: expected a whole number or None, got str"):
        sp.set_threads("2")
