"""States of a store for others to read: published to a folder or an address, followed from there.

A *place* holds, all of it plain files that a web server can give out:

files/<sha256>       the database's files, by what is in them: states share those that are alike
states/<state>.json  a manifest for each state: which files it has, and what their names are in the database
current.json         the manifest of the newest; written last, in one step

Only current.json ever changes. So the rest can be cached for good, a fetch can go on where it was cut off, and a state
that comes after another costs what is new in it.
"""

from __future__ import annotations

from kg.store.snapshot.follow import Follower
from kg.store.snapshot.manifest import Manifest
from kg.store.snapshot.place import Place, place_at
from kg.store.snapshot.publish import publish, published

__all__ = ["Follower", "Manifest", "Place", "place_at", "publish", "published"]
