from hypothesis import given
from hypothesis import strategies as st

from captioner.retrieval.prefix_tree import PrefixTree

SENTENCES = st.lists(st.lists(st.integers(4, 7), max_size=5), max_size=12)


@given(SENTENCES)
def test_every_sentence_can_be_read_back_from_the_tree(sentences):
    tree = PrefixTree(sentences)
    beginnings = [[()]]
    for level in tree.levels[1:]:
        pairs = zip(level.parents.tolist(), level.tokens.tolist(), strict=True)
        beginnings.append([(*beginnings[-1][parent], token) for parent, token in pairs])
    found = {}
    for level, own in zip(tree.levels, beginnings, strict=True):
        found |= {s: own[n] for s, n in zip(level.complete.tolist(), level.nodes.tolist(), strict=True)}
    assert found == {number: tuple(sentence) for number, sentence in enumerate(sentences)}


@given(SENTENCES)
def test_no_beginning_is_there_twice(sentences):
    distinct = {tuple(sentence[:end]) for sentence in sentences for end in range(len(sentence) + 1)} | {()}
    tree = PrefixTree(sentences)
    assert sum(len(level.tokens) for level in tree.levels) == len(distinct)
    assert tree.widest == max(sum(len(one) == size for one in distinct) for size in range(6))
