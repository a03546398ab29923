"""Vectors in one row and in cells: what is found, kept and opened again."""

import numpy as np
import pytest

from index import Article, Collection, cells, vectors
from index.articles import article_id
from index.errors import CollectionError
from index.vectors import VectorIndex

DIMENSIONS = 16
SUBJECTS = 40


def made(count, seed=0, subjects=SUBJECTS):
    """Vectors about some subjects, of length one."""
    draw = np.random.default_rng(seed)
    centres = np.random.default_rng(1).normal(size=(subjects, DIMENSIONS))
    found = centres[draw.integers(subjects, size=count)] + 0.4 * draw.normal(size=(count, DIMENSIONS))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def saved(index, path):
    index.save(path)
    return VectorIndex.load(path)


def indexed(rows, path, base=None, known=None):
    index = VectorIndex(DIMENSIONS, base)
    for first in range(0, len(rows), 700):
        part = slice(first, first + 700)
        index.add(rows[part], None if known is None else known[part])
    return saved(index, path)


@pytest.fixture
def small_limit(monkeypatch):
    """Cells from 1,000 vectors on."""
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 1_000)


def recall(index, rows, questions, limit=10):
    exact = np.argsort(-(questions @ rows.T), axis=1)[:, :limit]
    found = [index.search(question, limit)[0] for question in questions]
    return np.mean([len(np.intersect1d(*pair)) / limit for pair in zip(exact, found, strict=True)])


def test_few_vectors_are_searched_exactly_and_opened_again(tmp_path):
    rows = made(800)
    index = indexed(rows, tmp_path / "v")
    assert not index.in_cells
    assert recall(index, rows, made(20, seed=2)) > 0.98
    np.testing.assert_array_equal(
        index.take(np.array([3, 799])), VectorIndex.load(tmp_path / "v").take(np.array([3, 799]))
    )
    np.testing.assert_allclose(index.take(np.array([3, 799])), rows[[3, 799]], atol=1e-3)


def test_many_vectors_are_found_in_cells(tmp_path, small_limit):
    rows = made(3_000)
    index = indexed(rows, tmp_path / "v")
    assert index.in_cells
    assert index._index.nprobe < index._index.nlist
    assert recall(index, rows, made(50, seed=2)) >= 0.98
    np.testing.assert_allclose(index.take(np.array([7, 2_999])), rows[[7, 2_999]], atol=1e-3)


def test_a_search_gives_as_many_as_asked_for_best_first(tmp_path, small_limit):
    index = indexed(made(3_000), tmp_path / "v")
    ordinals, scores = index.search(made(1, seed=5)[0], 2_000)
    assert len(set(ordinals.tolist())) == 2_000
    assert (np.diff(scores) <= 0).all()


@pytest.mark.parametrize("few", [300, 1_800])
def test_only_what_is_allowed_is_found(tmp_path, small_limit, few):
    rows = made(3_000)
    index = indexed(rows, tmp_path / "v")
    allowed = np.arange(0, 3_000)[-few:]
    question = made(1, seed=6)[0]
    ordinals, _ = index.search(question, 10, allowed)
    best = allowed[np.argsort(-(rows[allowed] @ question))[:10]]
    assert len(np.intersect1d(ordinals, best)) >= (10 if few <= 1_000 else 9)


def test_cells_are_kept_while_vectors_come_and_go(tmp_path, small_limit, monkeypatch):
    rows = made(3_000)
    base = indexed(rows, tmp_path / "v")
    monkeypatch.setattr(cells, "_trained", lambda flat: pytest.fail("trained anew"))
    order = np.random.default_rng(3).permutation(3_000)[200:]
    fresh = made(100, seed=4)
    known = np.concatenate([order, np.full(100, -1)])
    after = np.concatenate([base.take(order), fresh])
    index = indexed(after, tmp_path / "w", base, known)
    assert recall(index, after, made(50, seed=2)) >= 0.98
    np.testing.assert_array_equal(index.take(np.arange(2_800)), base.take(order))
    np.testing.assert_array_equal(index.cells(np.arange(2_800)), base.cells(order))


def test_cells_are_made_anew_when_the_vectors_have_changed(tmp_path, small_limit):
    base = indexed(made(1_200), tmp_path / "v")
    rows = made(20_000, seed=8)
    index = indexed(rows, tmp_path / "w", base)
    assert index._index.nlist > 2 * base._index.nlist
    assert recall(index, rows, made(50, seed=2)) >= 0.98


@pytest.mark.parametrize("count", [800, 3_000])
def test_damage_is_named(tmp_path, small_limit, count):
    path = tmp_path / "v"
    indexed(made(count), path)
    path.write_bytes(path.read_bytes()[:-1_000])
    with pytest.raises(CollectionError, match="missing or damaged"):
        VectorIndex.load(path)
    with pytest.raises(CollectionError, match="missing or damaged"):
        VectorIndex.load(tmp_path / "none")


def test_a_collection_in_cells_takes_articles_in_and_out(tmp_path, folder, embedder, monkeypatch):
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 2)
    with Collection.open(tmp_path / "c", create=True, embedder=embedder) as collection:
        collection.add([folder])
        text = "The ferry to the islands sails again from Friday, the harbour master said."
        collection.add_articles([Article(article_id(text), "ferry.txt", text, "Ferry")])
        collection.remove("bridge.md")
        assert collection._reader.vectors.in_cells
        found = collection.search("When does the ferry sail again?", limit=10)
        assert collection.article(found[0].passage.article_id).name == "ferry.txt"
        assert {hit.passage.article_id for hit in found} == {article.id for article in collection.articles()}
