"""Vectors compared one by one and by their sketches: what is found, kept and opened again."""

import faiss
import numpy as np
import pytest

from index import Article, Collection, sketches, vectors
from index.articles import article_id
from index.errors import CollectionError
from index.mending import verify
from index.new_vectors import NewVectors, save_vectors
from index.vectors import VectorIndex

DIMENSIONS = 16
SUBJECTS = 40


def made(count, seed=0, subjects=SUBJECTS):
    """Vectors about some subjects, of length one."""
    draw = np.random.default_rng(seed)
    centres = np.random.default_rng(1).normal(size=(subjects, DIMENSIONS))
    found = centres[draw.integers(subjects, size=count)] + 0.4 * draw.normal(size=(count, DIMENSIONS))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def indexed(fresh, path, known=None, base=None):
    count = len(fresh) if known is None else len(known)
    known = np.full(count, -1) if known is None else known
    index = NewVectors(DIMENSIONS, count)
    for first in range(0, count, 700):
        part = known[first : first + 700]
        taken = int((known[:first] < 0).sum())
        index.add(fresh[taken : taken + int((part < 0).sum())], part, base)
    index.save(path)
    return VectorIndex.load(path)


@pytest.fixture
def small_limit(monkeypatch):
    """Sketches from 1,000 vectors on."""
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 1_000)


def recall(index, rows, questions, limit=10):
    exact = np.argsort(-(questions @ rows.T), axis=1)[:, :limit]
    found = [index.search(question, limit)[0] for question in questions]
    return np.mean([len(np.intersect1d(*pair)) / limit for pair in zip(exact, found, strict=True)])


def test_few_vectors_are_searched_exactly_and_opened_again(tmp_path):
    rows = made(800)
    index = indexed(rows, tmp_path / "v")
    assert not index.has_sketches
    assert recall(index, rows, made(20, seed=2)) > 0.98
    np.testing.assert_array_equal(
        index.take(np.array([3, 799])), VectorIndex.load(tmp_path / "v").take(np.array([3, 799]))
    )
    np.testing.assert_allclose(index.take(np.array([3, 799])), rows[[3, 799]], atol=1e-3)


def test_many_vectors_are_found_by_their_sketches(tmp_path, small_limit):
    rows = made(3_000)
    index = indexed(rows, tmp_path / "v")
    assert index.looked_at < len(index)
    assert recall(index, rows, made(50, seed=2)) >= 0.98
    np.testing.assert_allclose(index.take(np.array([7, 2_999])), rows[[7, 2_999]], atol=1e-3)


def test_more_are_compared_where_sketches_tell_little(tmp_path, small_limit, monkeypatch):
    monkeypatch.setattr(sketches, "LEAST", 16)
    rows = made(3_000)
    index = indexed(rows, tmp_path / "v")
    assert index.looked_at > 16
    assert recall(index, rows, made(50, seed=2)) >= 0.98


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


def test_vectors_come_and_go_and_the_rest_is_taken_over_as_it_is(tmp_path, small_limit, monkeypatch):
    rows = made(3_000)
    base = indexed(rows, tmp_path / "v")
    order = np.random.default_rng(3).permutation(3_000)[200:]
    fresh = made(100, seed=4)
    known = np.concatenate([order[:900], np.full(100, -1), order[900:]])
    index = indexed(fresh, tmp_path / "w", known, base)
    after = np.concatenate([base.take(order[:900]), fresh, base.take(order[900:])])
    assert recall(index, after, made(50, seed=2)) >= 0.98
    # As if all of them had been added at once.
    anew = indexed(after, tmp_path / "x")
    every = np.arange(len(index))
    np.testing.assert_array_equal(index.codes(every), anew.codes(every))
    np.testing.assert_array_equal(index.sketches(every), anew.sketches(every))


def test_a_collection_that_grows_is_given_sketches_and_one_that_shrinks_has_none(tmp_path, small_limit):
    base = indexed(made(800), tmp_path / "v")
    known = np.concatenate([np.arange(800), np.full(700, -1)])
    grown = indexed(made(700, seed=4), tmp_path / "w", known, base)
    every = np.arange(1_500)
    anew = indexed(grown.take(every), tmp_path / "x")
    np.testing.assert_array_equal(grown.sketches(every), anew.sketches(every))
    shrunk = indexed(made(0), tmp_path / "y", np.arange(500), grown)
    assert not shrunk.has_sketches
    np.testing.assert_array_equal(shrunk.codes(every[:500]), base.codes(every[:500]))


def grown(base, fresh, known, path):
    given = iter(fresh)
    save_vectors(path, known, lambda count: np.array([next(given) for _ in range(count)]), base)
    return VectorIndex.load(path)


def test_a_little_that_comes_and_goes_is_kept_beside_the_large_file(tmp_path, small_limit):
    rows, fresh = made(3_000), made(20, seed=4)
    base = indexed(rows, tmp_path / "v")
    stays = np.delete(np.arange(3_000), [0, 17, 2_400])
    known = np.concatenate([stays[:900], np.full(20, -1), stays[900:], [5]])
    first = grown(base, fresh, known, tmp_path / "w")
    assert (tmp_path / "w").samefile(tmp_path / "v")
    after = np.concatenate([base.take(stays[:900]), fresh, base.take(stays[900:]), base.take([5])])
    np.testing.assert_allclose(first.take(np.arange(len(first))), after, atol=1e-3)
    assert recall(first, after, made(50, seed=2)) >= 0.98
    # What came before may go, and more come.
    more = np.concatenate([np.arange(5, len(first)), np.full(4, -1)])
    second = grown(first, fresh[:4], more, tmp_path / "x")
    assert (tmp_path / "x").samefile(tmp_path / "v")
    after = np.concatenate([first.take(np.arange(5, len(first))), fresh[:4]])
    np.testing.assert_allclose(second.take(np.arange(len(second))), after, atol=1e-3)
    assert recall(second, after, made(50, seed=2)) >= 0.98
    for question in fresh[:4]:
        found, scores = second.search(question, len(second))
        assert sorted(found.tolist()) == list(range(len(second)))
        np.testing.assert_allclose(scores, after[found] @ question, atol=2e-3)


@pytest.mark.parametrize("few", [300, 1_800])
def test_only_what_is_allowed_is_found_in_a_shared_file_and_beside_it(tmp_path, small_limit, few):
    rows, fresh = made(3_000), made(30, seed=4)
    index = grown(
        indexed(rows, tmp_path / "v"), fresh, np.append(np.arange(10, 3_000), [-1] * 30), tmp_path / "w"
    )
    after, allowed = np.concatenate([rows[10:], fresh]), np.arange(len(index))[-few:]
    question = fresh[3]
    ordinals, _ = index.search(question, 10, allowed)
    best = allowed[np.argsort(-(after[allowed] @ question))[:10]]
    assert ordinals[0] == len(index) - 27
    assert len(np.intersect1d(ordinals, best)) >= (10 if few <= 1_000 else 9)


def test_what_has_changed_much_is_written_anew_with_what_was_beside_it(tmp_path, small_limit):
    base = indexed(made(3_000), tmp_path / "v")
    beside = grown(base, made(30, seed=4), np.append(np.arange(3_000), [-1] * 30), tmp_path / "w")
    much = grown(beside, made(100, seed=5), np.append(np.arange(3_030), [-1] * 100), tmp_path / "x")
    assert not (tmp_path / "x").samefile(tmp_path / "v")
    every = np.arange(3_130)
    anew = indexed(np.concatenate([beside.take(every[:3_030]), made(100, seed=5)]), tmp_path / "y")
    np.testing.assert_array_equal(much.codes(every), anew.codes(every))
    np.testing.assert_array_equal(much.sketches(every), anew.sketches(every))


@pytest.mark.parametrize("name", ["w-added.faiss", "w-rows.npy"])
def test_what_lies_beside_is_checked_when_it_is_opened(tmp_path, small_limit, name):
    base = indexed(made(3_000), tmp_path / "v")
    grown(base, made(20, seed=4), np.append(np.arange(3_000), [-1] * 20), tmp_path / "w")
    damaged = [b"", (tmp_path / name).read_bytes()[:-1]]
    if name == "w-rows.npy":
        np.save(tmp_path / "beyond.npy", np.arange(1, 3_021, dtype=np.int32))
        damaged.append((tmp_path / "beyond.npy").read_bytes())
    for content in damaged:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(CollectionError, match="missing or damaged"):
            VectorIndex.load(tmp_path / "w")


def test_an_index_of_another_kind_is_named(tmp_path):
    flat = faiss.IndexFlatIP(DIMENSIONS)
    faiss.write_index(flat, str(tmp_path / "v"))
    with pytest.raises(CollectionError, match="make them anew"):
        VectorIndex.load(tmp_path / "v")


@pytest.mark.parametrize("count", [800, 3_000])
def test_damage_is_named(tmp_path, small_limit, count):
    path = tmp_path / "v"
    indexed(made(count), path)
    path.write_bytes(path.read_bytes()[:-1_000])
    with pytest.raises(CollectionError, match="missing or damaged"):
        VectorIndex.load(path)
    with pytest.raises(CollectionError, match="missing or damaged"):
        VectorIndex.load(tmp_path / "none")


@pytest.mark.parametrize("shared", [0.0, 5.0])
def test_a_collection_with_sketches_takes_articles_in_and_out(
    tmp_path, folder, embedder, monkeypatch, shared
):
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 2)
    monkeypatch.setattr(vectors, "SHARED_BELOW", shared)
    with Collection.open(tmp_path / "c", create=True, embedder=embedder) as collection:
        collection.add([folder])
        text = "The ferry to the islands sails again from Friday, the harbour master said."
        collection.add_articles([Article(article_id(text), "ferry.txt", text, "Ferry")])
        collection.remove("bridge.md")
        assert collection._reader.vectors.has_sketches
        assert vectors.rows_file(collection._reader.vectors.path).exists() == (shared > 0)
        found = collection.search("When does the ferry sail again?", limit=10)
        assert collection.article(found[0].passage.article_id).name == "ferry.txt"
        assert {hit.passage.article_id for hit in found} == {article.id for article in collection.articles()}
    assert verify(tmp_path / "c", embedder=embedder).problems == ()


def test_damage_to_a_shared_file_is_not_taken_for_what_was_written(tmp_path, folder, embedder, monkeypatch):
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 2)
    monkeypatch.setattr(vectors, "SHARED_BELOW", 5.0)
    with Collection.open(tmp_path / "c", create=True, embedder=embedder) as collection:
        collection.add([folder])
        path = collection._reader.vectors.path
        code = collection._reader.vectors.codes(np.array([0])).tobytes()
    damaged = bytearray(path.read_bytes())
    damaged[damaged.find(code)] ^= 1
    path.write_bytes(damaged)
    with Collection.open(tmp_path / "c", embedder=embedder) as collection:
        collection.remove("bridge.md")
    report = verify(tmp_path / "c", embedder=embedder)
    assert any("not what was written" in problem.what for problem in report.problems)
    assert verify(tmp_path / "c", repair=True, embedder=embedder).problems == ()
