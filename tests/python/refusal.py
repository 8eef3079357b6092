"""What a refused call says."""

import pytest


def refused(kind, call, *args, **options):
    with pytest.raises(kind) as caught:
        call(*args, **options)
    assert type(caught.value) is kind
    return str(caught.value)
