"""A spaCy pipeline of the small English model's design, untrained: it costs about what the model does, knowing nothing.

What a neural pipeline takes for a text is a matter of its architecture, hardly of its weights. So where no model can be
fetched, one is made anew: embeddings and convolutions of the model's sizes, shared by tagger and parser, and once more
for the entity recogniser; each with as many labels as the model has. The lemmatiser and the rules for attributes, which
take little, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

__all__ = ["untrained_pipeline"]

# The layout is told in spaCy's documentation of its trained pipelines (the entity recogniser shares no embeddings); the
# sizes are those that `spacy init config` proposes for a quick pipeline, where it proposes two the lesser.
WIDTH, DEPTH, HIDDEN = 96, 4, 64
ATTRIBUTES = {"NORM": 5000, "PREFIX": 1000, "SUFFIX": 2500, "SHAPE": 2500, "SPACY": 50, "IS_SPACE": 50}
TAGS, RELATIONS, ENTITIES = 50, 45, 18


def untrained_pipeline() -> Language:
    """Return the pipeline: embeddings, tagger, parser and entity recogniser, with weights that were drawn at random."""
    import spacy

    pipeline = spacy.blank("en")
    vectors = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": list(ATTRIBUTES),
            "rows": list(ATTRIBUTES.values()),
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": DEPTH,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    pipeline.add_pipe("tok2vec", config={"model": vectors})
    pipeline.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    pipeline.add_pipe("parser", config={"model": _transitions("parser", shared), "min_action_freq": 1})
    pipeline.add_pipe("ner", config={"model": _transitions("ner", vectors)})
    pipeline.initialize(lambda: _examples(pipeline))
    return pipeline


def _transitions(state_type: str, tok2vec: Mapping[str, object]) -> dict[str, object]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state_type,
        "extra_state_tokens": False,
        "hidden_width": HIDDEN,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": tok2vec,
    }


def _examples(pipeline: Language) -> Iterator[Example]:
    """Yield sentences that have each label once or more: from them the layers take their sizes."""
    from spacy.training import Example

    sentence = pipeline.make_doc(" ".join(["word"] * TAGS))
    for entity in range(ENTITIES):
        labels = {
            "tags": [f"TAG{n}" for n in range(TAGS)],
            "heads": [max(0, n - 1) for n in range(TAGS)],
            "deps": ["ROOT", *(f"relation{n % RELATIONS}" for n in range(1, TAGS))],
            "entities": [f"U-ENTITY{entity}", *["O"] * (TAGS - 1)],
        }
        yield Example.from_dict(sentence, labels)
