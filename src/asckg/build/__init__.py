"""Builds: the corpus as an Oxigraph store with dumps and a manifest, swapped in whole or not at all."""

from asckg.build.home import Build, current, default_home, fresh
from asckg.build.make import build

__all__ = ["Build", "build", "current", "default_home", "fresh"]
