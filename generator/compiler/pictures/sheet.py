"""A sheet that is drawn from top to bottom: words that wrap, boxes around what was drawn, light and dark."""

from collections.abc import Sequence
from html import escape

from generator.compiler.pictures.letters import wrapped

WIDE, MARGIN = 860, 32
"""How wide a picture is, and what stays free at its edges."""

STYLE = """
.ground{fill:#ffffff}.card{fill:#f8fafc;stroke:#d5dbe5}.maybe{fill:#fffcf3;stroke:#d4a72c;stroke-dasharray:6 4}
.band{fill:#eef2fd;stroke:#c3d0f5}.ink{fill:#16191e}.soft{fill:#565f6c}.when{fill:#8a5300}.way{fill:#2747b0}
.line{stroke:#dee2e8}.spine{stroke:#aab4c3;stroke-width:2}.dot{fill:#3257d6}.hollow{fill:#ffffff;stroke:#b7791f;stroke-width:2}
.number{fill:#ffffff}.numbered{fill:#8a5300}.tag{fill:#e6ebf3}.end{fill:#15803d}
@media (prefers-color-scheme:dark){
.ground{fill:#0f1318}.card{fill:#181e26;stroke:#323c49}.maybe{fill:#211d12;stroke:#8f7426}.band{fill:#18213a;stroke:#33457f}
.ink{fill:#eef1f5}.soft{fill:#a6b0be}.when{fill:#f0c25c}.way{fill:#9db5ff}.line{stroke:#2b343f}.spine{stroke:#4b5766}
.dot{fill:#4a6df0}.hollow{fill:#0f1318;stroke:#d9a53a}.numbered{fill:#f0c25c}.tag{fill:#27303c}.end{fill:#3fb56a}}
"""

MONO = 0.61
"""How wide any letter of a font for code is, in the size of its letters."""

SPACING = 1.42
"""How high a line is, in the size of its letters."""


class Sheet:
    """`y` is where the next thing is drawn; it only ever grows."""

    def __init__(self) -> None:
        self.y: float = MARGIN
        self._drawn: list[str] = []

    def words(self, x: float, says: str, size: float, room: float, kind: str = "ink", bold: bool = False) -> None:
        """Words from here down, in as many lines as they need."""
        for line in wrapped(says, size, room, bold):
            self.y += size * SPACING
            self._text(x, self.y - size * 0.38, line, size, kind, bold)

    def beside(self, columns: Sequence[tuple[float, str, float, float, str]]) -> None:
        """Several columns that begin at the same height: x, words, size, room and kind of each."""
        top = lowest = self.y
        for x, says, size, room, kind in columns:
            self.y = top
            self.words(x, says, size, room, kind)
            lowest = max(lowest, self.y)
        self.y = lowest

    def tag(self, right: float, top: float, says: str) -> float:
        """A small label whose right end is here; says how wide it is."""
        wide = MONO * 11.5 * len(says) + 18
        self._drawn.append(
            f'<rect class="tag" x="{right - wide:.1f}" y="{top:.1f}" width="{wide:.1f}" height="21" rx="10.5"/>'
        )
        self._text(right - wide + 9, top + 14.5, says, 11.5, "soft", style=' font-family="ui-monospace, monospace"')
        return wide

    def begin(self) -> int:
        """Where a box begins that is closed when its height is known."""
        self._drawn.append("")
        return len(self._drawn) - 1

    def close(self, began: int, top: float, x: float, kind: str) -> None:
        """The box around all that was drawn since."""
        self._drawn[began] = (
            f'<rect class="{kind}" x="{x}" y="{top:.1f}" width="{WIDE - MARGIN - x}" '
            f'height="{self.y - top:.1f}" rx="10"/>'
        )

    def line(self, x: float, kind: str = "line") -> None:
        self._drawn.append(
            f'<line class="{kind}" x1="{x}" x2="{WIDE - MARGIN - 18}" y1="{self.y:.1f}" y2="{self.y:.1f}"/>'
        )

    def spine(self, x: float, top: float, bottom: float) -> None:
        """The way down, behind all else."""
        line = f'<line class="spine" x1="{x}" x2="{x}" y1="{top:.1f}" y2="{bottom:.1f}"/>'
        self._drawn.insert(0, line)

    def stop(self, x: float, y: float, number: str, sure: bool) -> None:
        """A stop on the way: full where everybody comes to it, hollow where only some do."""
        self._drawn.append(f'<circle class="{"dot" if sure else "hollow"}" cx="{x}" cy="{y:.1f}" r="14"/>')
        self._text(x, y + 4.5, number, 13, "number" if sure else "numbered", True, ' text-anchor="middle"')

    def _text(self, x: float, y: float, says: str, size: float, kind: str, bold: bool = False, style: str = "") -> None:
        style += ' font-weight="600"' if bold else ""
        self._drawn.append(
            f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" font-size="{size}"{style}>{escape(says)}</text>'
        )

    def svg(self, title: str, describes: str) -> str:
        """The whole picture. `describes` is what it says to who cannot see it."""
        high = round(self.y + MARGIN)
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" width="{WIDE}" height="{high}" '
                'role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif">',
                f'<title id="title">{escape(title)}</title>',
                f'<desc id="desc">{escape(describes)}</desc>',
                f"<style>{STYLE}</style>",
                f'<rect class="ground" width="{WIDE}" height="{high}" rx="12"/>',
                *filter(None, self._drawn),
                "</svg>",
                "",
            ]
        )
