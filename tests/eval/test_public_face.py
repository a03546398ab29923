from __future__ import annotations

from types import ModuleType

import pytest

import eval
import eval.bench


@pytest.mark.parametrize("package", [eval, eval.bench])
def test_all_is_sorted_as_ruff_sorts_it_and_every_name_is_there(package: ModuleType) -> None:
    def order(name: str) -> tuple[int, str]:
        return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)

    assert package.__all__ == sorted(package.__all__, key=order)
    assert all(hasattr(package, name) for name in package.__all__)
