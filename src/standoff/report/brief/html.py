"""A brief as one HTML file: everything inlined, nothing loaded, all that comes from a model escaped."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from standoff.report.brief.value import Brief
from standoff.report.figures import style


def brief_html(brief: Brief) -> str:
    """Return a brief as an HTML document."""
    look, script = _style(), _script()
    return (
        _environment()
        .get_template("brief.html")
        .render(
            brief=brief,
            model=Markup(brief.model),  # noqa: S704 - escaped where it is made
            style=Markup(look),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704
            policy=f"default-src 'none'; style-src {_source(look)}; script-src {_source(script)}; "
            "base-uri 'none'; form-action 'none'",
        )
    )


def _style() -> str:
    return style() + _text("brief.css")


def _script() -> str:
    """Return the script without indentation; it has no text that runs over lines."""
    return "".join(f"{line.lstrip()}\n" for line in _text("brief.js").splitlines())


def _text(name: str) -> str:
    return files("standoff.report.brief").joinpath("templates", name).read_text(encoding="utf-8")


def _source(text: str) -> str:
    """Return the hash by which a content security policy allows an element with this text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("standoff.report.brief"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["asdict"] = asdict
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    return environment
